import Glibc
import JSON
import Testing

@testable import dateline

/// `docs/operations.md` says what the program does.
@Suite(.serialized, .ownThread, .timeLimit(.minutes(15))) struct OperationsTests {
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

    @Test func `the members of a request's line in the document are those that are logged`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        #expect(try server.get("/livez").status == 200)
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

    /// The rows of the first table of a section, without its head.
    private static func rows(under heading: String) throws -> [String] {
        let path = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/docs/operations.md"
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1_000_000)
        let text = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
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
