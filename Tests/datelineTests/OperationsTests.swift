import Glibc
import JSON
import Testing
import Turns

@testable import dateline

/// `docs/operations.md` says what the program does.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct OperationsTests {
    @Test func `the metrics in the document are those that are shown`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let lines = try server.get("/metrics").body.split(separator: "\n").filter { $0.hasPrefix("# ") }
        var shown: [String] = []
        for line in lines where line.hasPrefix("# HELP ") {
            let (name, help) = Self.halves(line.dropFirst("# HELP ".count))
            let type = try #require(lines.first { $0.hasPrefix("# TYPE \(name) ") }).split(separator: " ")[3]
            shown.append("| `\(name)` | \(type) | \(help) |")
        }
        #expect(shown.count > 10)
        expectSame(shown, try Self.rows(under: "## Metrics"))
    }

    @Test func `alerts rest on metrics that are shown, and the document says of each what it means`() throws {
        let alerts = try Self.text(of: "config/alerts.yaml")
        let folder = try TemporaryFolder()
        let shown = try RunningServer(in: folder).get("/metrics").body.matches(of: /# TYPE (\w+)/).map { String($0.1) }
        let asked = Set(alerts.matches(of: /\b(?:dateline|process)_\w+/).map { String($0.output).replacing("_bucket", with: "") })
        #expect(asked.count > 8 && asked.isSubset(of: shown), "\(asked.subtracting(shown))")
        let names = alerts.matches(of: /- alert: (\w+)/).map { "`\($0.1)`" }
        expectSame(names, try Self.rows(under: "## Alerts").map(Self.firstCell))
    }

    @Test func `the manifest for Kubernetes sets what can be set, and asks for paths that there are`() throws {
        let manifest = try Self.text(of: "config/kubernetes.yaml")
        let settings = try #require(manifest.firstMatch(of: /dateline\.json: \|\n((?: {4}.*\n)+)/)).1
        let folder = try TemporaryFolder()
        try folder.write(String(settings), to: "settings.json")
        let variables = manifest.matches(of: /name: (DATELINE_\w+)/).map { String($0.1) }.filter { $0 != "DATELINE_CONFIG" }
        #expect(variables == ["DATELINE_ADMIN_TOKEN"])
        let ending = try Program.run(
            ["config", "--config", "settings.json"], in: folder, environment: ["DATELINE_ADMIN_TOKEN": RunningServer.token])
        #expect(ending.status == 0, "\(ending.errors)")
        let server = try RunningServer(in: folder)
        let paths = Set(manifest.matches(of: /path: (\/\w+)/).map { String($0.1) })
        #expect(paths == ["/livez", "/readyz"])
        for path in paths { #expect(try server.get(path).status == 200) }
    }

    @Test func `the members of a request's line in the document are those that are logged`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let traced = ["traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]
        #expect(try Client.send("GET", "/livez", port: server.port, fields: traced).status == 200)
        let errors = try server.stop().errors
        let line = try #require(errors.split(separator: "\n").first { $0.contains("\"request\"") })
        guard case .object(let object) = try JSONReader.read(Array(line.utf8)) else { throw Failed("not an object") }
        expectSame(object.members.map { "`\($0.name)`" }, try Self.rows(under: "## The log").map(Self.firstCell))
    }

    @Test func `the exit statuses in the document are those that the program has`() throws {
        let statuses = ([0] + Failure.Status.allCases.map(\.rawValue)).map(String.init)
        expectSame(statuses, try Self.rows(under: "## Exit statuses").map(Self.firstCell))
    }

    private static func firstCell(of row: String) -> String {
        row.split(separator: "|")[0].split(separator: " ").joined()
    }

    private static func halves(_ text: Substring) -> (Substring, Substring) {
        let space = text.firstIndex(of: " ") ?? text.endIndex
        return (text[..<space], text[space...].dropFirst())
    }

    private static func text(of name: String) throws -> String {
        let file = try #require(fopen("\(SourceFolder.path)/\(name)", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1_000_000)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }

    /// The rows of the first table of a section, without its head.
    private static func rows(under heading: String) throws -> [String] {
        let text = try text(of: "docs/operations.md")
        let lines = text.split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex(of: heading), "there is no \(heading)")
        return Array(lines[start...].drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2))
    }
}

/// The same texts in any order, with what differs in the message.
private func expectSame(_ actual: [String], _ documented: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    let missing = actual.filter { !documented.contains($0) }.map { "docs/operations.md lacks \($0)" }
    let stale = documented.filter { !actual.contains($0) }.map { "docs/operations.md has \($0)" }
    #expect(Set(actual) == Set(documented), "\n\((missing + stale).joined(separator: "\n"))", sourceLocation: sourceLocation)
}
