import HTTP
import Newsroom
import Testing
import dateline

/// What users rely on is in the documents: every setting, every error code, every route.
@Suite struct DocumentationTests {
    @Test func `docs settings.md has a row for every setting`() {
        let lines = Set(SourceTree.lines(of: "docs/settings.md").map(String.init))
        expectNone(Setting.allCases.map(Self.row).filter { !lines.contains($0) }.map { "docs/settings.md lacks the row: \($0)" })
    }

    @Test func `config dateline.json has every setting at its default`() {
        let isSame = SourceTree.text(of: "config/dateline.json") == String(decoding: SettingsFile.standardText(), as: UTF8.self)
        #expect(isSame, "write it anew: dateline config --defaults > config/dateline.json")
    }

    @Test func `docs errors.md has every code of a problem and of a failing member`() {
        let text = SourceTree.text(of: "docs/errors.md") ?? ""
        let codes = ProblemCode.allCases.map(\.rawValue) + MemberFailure.Rule.allCases.map(\.rawValue)
        expectNone(codes.filter { !text.contains("`\($0)`") }.map { "docs/errors.md lacks `\($0)`" })
    }

    @Test func `docs api.md has a row for every route, with its methods`() {
        let rows = SourceTree.lines(of: "docs/api.md").filter { $0.hasPrefix("|") }
        let missing = RouteList.rows.filter { route in
            !rows.contains { $0.contains("`\(route.pattern)`") && $0.contains(route.method) }
        }
        expectNone(missing.map { "docs/api.md has no row with \($0.method) and `\($0.pattern)`" })
    }

    /// `` | `http.port` | `8080` | bytes | 431 | what it means | ``
    private static func row(of setting: Setting) -> String {
        let facts = setting.facts
        let names = ([setting.rawValue] + (facts.short.map { ["--\($0)"] } ?? [])).map { "`\($0)`" }.joined(separator: " ")
        return "| \(names) | \(facts.standard.map { "`\($0)`" } ?? "–") | \(facts.unit?.rawValue ?? "–") | "
            + "\(facts.status.map(String.init) ?? "–") | \(facts.meaning) |"
    }
}
