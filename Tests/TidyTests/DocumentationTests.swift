import HTTP
import HTTPTypes
import JSON
import Newsroom
import NewsroomAPI
import Testing
import dateline

/// What users rely on is in the documents, and what is in the documents is so: every setting, every error code, every route.
@Suite struct DocumentationTests {
    @Test func `docs settings.md is made of the table of settings`() {
        #expect(
            SourceTree.text(of: "docs/settings.md") == SettingsDocument.text, "write it anew: dateline config --markdown > docs/settings.md"
        )
    }

    @Test func `config dateline.json has every setting at its default`() {
        let isSame = SourceTree.text(of: "config/dateline.json") == String(decoding: SettingsFile.standardText(), as: UTF8.self)
        #expect(isSame, "write it anew: dateline config --defaults > config/dateline.json")
    }

    @Test func `docs errors.md has the row of every code of a problem, in the order of the table, and no other`() {
        let facts = ProblemCode.allCases.map { "| `\($0.rawValue)` | \($0.status.code) | \($0.meaning) |" }
        let rows = Self.rows(of: "docs/errors.md", under: "| code | status | meaning |")
        expectNone(Self.differences(facts, rows))
        #expect(facts == rows, "the order is that of ProblemCode")
    }

    @Test func `docs errors.md has every code of a failing member, and no other`() {
        // What fails in a query stands in the same list.
        let codes = MemberFailure.Rule.allCases.map(\.rawValue) + [ProblemCode.unknownParameter, .invalidParameter].map(\.rawValue)
        let facts = codes.map { "| `\($0)` |" }
        let rows = Self.rows(of: "docs/errors.md", under: "| code | meaning |")
        expectNone(Self.differences(facts, rows.map { Self.cells($0, 1) }))
    }

    @Test func `docs api.md has every route with its methods, and no other`() {
        let facts = RouteList.rows.map { "\($0.method) \($0.pattern)" }
        let documented = Self.rows(of: "docs/api.md", under: "| route | methods | what it does |").flatMap { row -> [String] in
            let cells = row.split(separator: "|")
            let methods = cells[1].split(separator: ",").map { $0.drop { $0 == " " }.prefix { $0 != " " } }
            return cells[0].matches(of: /`([^`]+)`/).flatMap { route in methods.map { "\($0) \(route.1)" } }
        }
        expectNone(Self.differences(facts, documented))
    }

    @Test func `what a document lacks and what it has too much of is found`() {
        #expect(Self.differences(["| a |", "| b |"], ["| b |", "| a |"]).isEmpty)
        #expect(Self.differences(["| a |", "| b |"], ["| a |", "| c |"]) == ["missing: | b |", "not so: | c |"])
        #expect(Self.differences(["| a |"], ["| a |", "| a |"]) == ["twice: | a |"])
        let text = "| x |\n|---|\n| 1 |\n\n| y |\n|---|\n| 2 |\n| 3 |\ntext\n| x |\n|--:|\n| 4 |"
        #expect(Self.rows(in: text, under: "| x |") == ["| 1 |", "| 4 |"])
        #expect(Self.cells("| a | b | c |", 2) == "| a | b |")
    }

    private static func rows(of path: String, under head: String) -> [String] {
        rows(in: SourceTree.text(of: path) ?? "", under: head)
    }

    /// The rows of every table that has this head.
    private static func rows(in text: String, under head: String) -> [String] {
        var rows: [String] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == head {
                isInside = true
            } else if !line.hasPrefix("|") {
                isInside = false
            } else if isInside, !line.hasPrefix("|-") {
                rows.append(String(line))
            }
        }
        return rows
    }

    private static func cells(_ row: String, _ count: Int) -> String {
        "|" + row.split(separator: "|").prefix(count).joined(separator: "|") + "|"
    }

    private static func differences(_ facts: [String], _ documented: [String]) -> [String] {
        let twice = Set(documented.filter { row in documented.count { $0 == row } > 1 }).sorted()
        return facts.filter { !documented.contains($0) }.map { "missing: \($0)" }
            + documented.filter { !facts.contains($0) }.map { "not so: \($0)" } + twice.map { "twice: \($0)" }
    }
}
