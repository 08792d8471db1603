import Crypto
import Migrations
import SQLite

/// The steps from an empty file to the tables that this program works with: `0001_log.sql`, `0002_…`, numbered without gaps.
package struct MigrationSet: Sendable {
    package struct Migration: Sendable {
        package let number: Int
        package let name: String
        package let script: String
        /// Of the script, 64 hexadecimal digits.
        package let sha256: String
    }

    /// In the order of their numbers, which are 1, 2, 3 …
    package let migrations: [Migration]

    /// Those of this program.
    ///
    /// - Throws: when they are misnamed, or there is a gap between their numbers.
    package static func embedded() throws(StoreOpeningError) -> MigrationSet {
        try MigrationSet(files: Migrations.files.map { ($0.name, String(decoding: $0.script, as: UTF8.self)) })
    }

    /// From the names and texts of files, in any order.
    package init(files: [(name: String, script: String)]) throws(StoreOpeningError) {
        var migrations: [Migration] = []
        for file in files.sorted(by: { $0.name < $1.name }) {
            guard let number = MigrationSet.number(of: file.name) else {
                throw StoreOpeningError("not a migration's name (NNNN_name.sql): \(file.name)")
            }
            guard number == migrations.count + 1 else {
                throw StoreOpeningError("migration \(migrations.count + 1) is missing: \(file.name) cannot follow \(migrations.count)")
            }
            let digits = SHA256.hash(data: Array(file.script.utf8)).flatMap { [$0 >> 4, $0 & 15] }
            migrations.append(
                Migration(
                    number: number, name: String(file.name.dropFirst(5).dropLast(4)), script: file.script,
                    sha256: String(decoding: digits.map { $0 < 10 ? 0x30 + $0 : 0x57 + $0 }, as: UTF8.self)))
        }
        self.migrations = migrations
    }

    /// 12 of `0012_name.sql`; nil for other names.
    private static func number(of name: String) -> Int? {
        let bytes = Array(name.utf8)
        guard bytes.count > 9, name.hasSuffix(".sql"), bytes[4] == UInt8(ascii: "_") else { return nil }
        guard bytes[..<4].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(name.prefix(4))
    }
}
