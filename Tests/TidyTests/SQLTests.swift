import Glibc
import Migrations
import Testing

/// The rules for SQL text and migrations.
@Suite struct SQLTests {
    @Test func `placeholders first appear in numeric order`() {
        var findings: [String] = []
        for file in SourceTree.sources {
            for literal in file.literals where literal.text.utf8.contains(UInt8(ascii: "$")) {
                if let fault = Self.orderFault(in: literal.text) { findings.append("\(file.path):\(literal.line): \(fault)") }
            }
        }
        expectNone(findings)
    }

    @Test func `pages are found by key, never by counting`() {
        var findings: [String] = []
        for file in SourceTree.sources {
            for literal in file.literals where Self.counts(literal.text) {
                findings.append("\(file.path):\(literal.line): no OFFSET: page by (sort key, id)")
            }
        }
        expectNone(findings)
    }

    @Test func `counting is found in a whole statement and in a fragment`() {
        #expect(
            ["SELECT a FROM b LIMIT 5 OFFSET 5", "OFFSET $3", "limit 5 offset 5", "LIMIT 10, 5", "LIMIT $1, $2"].allSatisfy(Self.counts))
        #expect(!["LIMIT 5", "SELECT byte_offset FROM b", "the offset is wrong", ""].contains(where: Self.counts))
    }

    /// `OFFSET` or the other form of it, `LIMIT skipped, count`; a sentence that speaks of an offset is none.
    private static func counts(_ text: String) -> Bool {
        guard (["OFFSET", "offset", "LIMIT", "limit"] as [String]).contains(where: { strstr(text, $0) != nil }) else { return false }
        return text.contains(/\bOFFSET\b/) || text.contains(/(?i:\boffset\s+[$\d]|\blimit\s+[$\d]+\s*,)/)
    }

    @Test func `migrations are numbered without gaps and say why first`() {
        let names = SourceTree.entries(of: "migrations").filter { $0.hasSuffix(".sql") }
        #expect(!names.isEmpty)
        expectNone(Self.migrationFaults(names.map { ($0, SourceTree.lines(of: "migrations/\($0)").first ?? "") }))
        #expect(Migrations.files.map(\.name) == names, "migrations/Migrations.swift names each")
        for file in Migrations.files {
            #expect(String(decoding: file.script, as: UTF8.self) == SourceTree.text(of: "migrations/\(file.name)"), "\(file.name)")
        }
    }

    @Test func `a migration that is out of order or says nothing is found`() {
        #expect(Self.migrationFaults([("0001_log.sql", "-- Why."), ("0002_more.sql", "-- Why.")]).isEmpty)
        #expect(Self.migrationFaults([("0001_log.sql", "-- Why."), ("0003_more.sql", "-- Why.")]) == ["0003_more.sql: number 2 is due"])
        #expect(Self.migrationFaults([("1_log.sql", "-- Why.")]) == ["1_log.sql: NNNN_name.sql is the form"])
        #expect(Self.migrationFaults([("0001_log.sql", "CREATE")]) == ["0001_log.sql: the first line says why, as a comment"])
    }

    private static func migrationFaults(_ files: [(name: String, firstLine: Substring)]) -> [String] {
        files.enumerated().compactMap { index, file in
            guard let match = file.name.wholeMatch(of: /(?<number>\d{4})_[a-z0-9_]+\.sql/) else {
                return "\(file.name): NNNN_name.sql is the form"
            }
            if Int(match.number) != index + 1 { return "\(file.name): number \(index + 1) is due" }
            return file.firstLine.hasPrefix("-- ") ? nil : "\(file.name): the first line says why, as a comment"
        }
    }

    @Test func `a placeholder out of order is found`() {
        #expect(Self.orderFault(in: "SELECT a FROM b WHERE c = $1 AND d = $2 AND e = $1") == nil)
        #expect(Self.orderFault(in: "AND d = $4 AND e = $5") == nil)
        #expect(Self.orderFault(in: "SELECT a FROM b WHERE c = $2 AND d = $1") != nil)
        #expect(Self.orderFault(in: "INSERT INTO a VALUES ($1, $3)") != nil)
        #expect(Self.orderFault(in: "DELETE FROM a WHERE b = $2") != nil)
    }

    /// A whole statement begins at `$1`; a fragment may begin later. From there each new number is the next.
    private static func orderFault(in text: String) -> String? {
        var seen: [Int] = []
        for match in text.matches(of: /\$(\d+)/) {
            if let number = Int(match.1), !seen.contains(number) { seen.append(number) }
        }
        guard let first = seen.first else { return nil }
        let isWhole = text.contains(/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\b/)
        if isWhole, first != 1 { return "the first placeholder is $\(first), it should be $1" }
        return seen == Array(first..<first + seen.count) ? nil : "placeholders appear as \(seen.map { "$\($0)" }.joined(separator: ", "))"
    }
}
