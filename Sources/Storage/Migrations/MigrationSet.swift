import Crypto
import Glibc
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

    /// Reads the files `NNNN_name.sql` of a folder; others in it are left alone.
    ///
    /// - Throws: when there is no such folder, no migration in it, or a gap between their numbers.
    package init(folder: String) throws(StoreOpeningError) {
        guard let names = FileSystem.names(inFolder: folder) else {
            throw StoreOpeningError("the folder of the migrations cannot be read: \(folder)")
        }
        var files: [(name: String, script: String)] = []
        for name in names where MigrationSet.number(of: name) != nil {
            guard let bytes = FileSystem.contents(of: folder + "/" + name) else {
                throw StoreOpeningError("a migration cannot be read: \(folder)/\(name)")
            }
            files.append((name, String(decoding: bytes, as: UTF8.self)))
        }
        guard !files.isEmpty else { throw StoreOpeningError("there are no migrations (NNNN_name.sql) in \(folder)") }
        try self.init(files: files)
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
