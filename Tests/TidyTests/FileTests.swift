import Testing

/// The shape of the files.
@Suite struct FileTests {
    static let swiftFiles = ["Sources", "Tests", "Fuzz", "migrations"].flatMap { SourceTree.files(under: $0, suffix: ".swift") }

    @Test func `files are short`() {
        expectNone(Self.swiftFiles.flatMap { Self.lengthFaults($0, lineCount: SourceTree.lines(of: $0).count) })
        #expect(Self.lengthFaults("A.swift", lineCount: 400).isEmpty)
        #expect(Self.lengthFaults("A.swift", lineCount: 401).count == 1)
    }

    @Test func `lines are short, end without spaces, and are indented by spaces`() {
        expectNone(Self.swiftFiles.flatMap { Self.lineFaults($0, SourceTree.lines(of: $0)) })
        let long = String(repeating: "x", count: 141)[...]
        for line in [long, "a ", "\ta", "a\r"] { #expect(Self.lineFaults("Sources/A.swift", [line]).count == 1, "\(line)") }
        #expect(Self.lineFaults("Sources/A.swift", ["", "    a", String(repeating: "é", count: 140)[...]]).isEmpty)
        #expect(Self.lineFaults("Tests/A.swift", ["\"\(long)\""]).isEmpty)
    }

    @Test func `tests stand in the folder of their target`() {
        let folders = SourceTree.entries(of: "Tests").filter { !ImportTests.elsewhere.values.contains("Tests/\($0)") }
        for folder in folders { #expect(Self.isTestFolder(folder), "Tests/\(folder) tests no target") }
        #expect(["HTTP", "HTTTPTests", "Tests"].allSatisfy { !Self.isTestFolder($0) })
    }

    @Test func `suites that hold databases and servers run in turn`() {
        let folders = ["Curl", "HTTPServer", "NewsroomAPI", "SQLite", "Storage", "Webhooks", "dateline"].map { "Tests/\($0)Tests" }
        let files = folders.flatMap { SourceTree.files(under: $0) }.map { ($0, SourceTree.lines(of: $0)) }
        expectNone(files.flatMap(Self.suitesOutOfTurn))
        let suites = [
            "@Suite struct ATests {", "@Suite(.serialized) struct ATests {", "struct ATests {", "@Suite(.inTurn) struct ATests {",
        ]
        #expect(suites.map { Self.suitesOutOfTurn("A.swift", ["    @Test func a() {}", $0[...]]).count } == [1, 1, 1, 0])
    }

    @Test func `the tree does not speak of where it was made`() throws {
        let folders = ["Sources", "Tests", "docs", "scripts", "migrations", "config", "demo", "Benchmarks", ".ci"]
        let files = folders.flatMap { SourceTree.files(under: $0) } + ["Package.swift", "README.md", "CHANGELOG.md", "Dockerfile"]
        expectNone(try files.filter { !$0.hasSuffix(".ndjson") }.flatMap { try Self.placeFaults($0, SourceTree.lines(of: $0)) })
        for text in [["see is", "sue 12"], ["cd /wo", "rk/main"], ["/opt/", "swift/usr"], ["/ro", "ot/.cache"]] {
            #expect(try Self.placeFaults("A.swift", [text.joined()[...]]).count == 1, "\(text)")
        }
        #expect(try Self.placeFaults("A.swift", ["tissue 7, /works/x, /optimal, /roots"]).isEmpty)
    }

    private static func lengthFaults(_ path: String, lineCount: Int) -> [String] {
        lineCount > 400 ? ["\(path): \(lineCount) lines, 400 are the most: split it by aspect"] : []
    }

    private static func lineFaults(_ path: String, _ lines: [Substring]) -> [String] {
        var findings: [String] = []
        for (index, line) in lines.enumerated() {
            // Bytes in a test are literals, and some texts cannot be broken.
            if line.utf8.count > 140, line.count > 140, !(path.hasPrefix("Tests/") && line.contains("\"")) {
                findings.append("\(path):\(index + 1): \(line.count) characters, 140 are the most")
            }
            if line.last == " " || line.contains("\t") || line.last == "\r" {
                findings.append("\(path):\(index + 1): a tab, a carriage return, or spaces at the end")
            }
        }
        return findings
    }

    private static func isTestFolder(_ folder: String) -> Bool {
        folder == "TidyTests" || folder.hasSuffix("Tests") && ImportTests.allowed[String(folder.dropLast("Tests".count))] != nil
    }

    private static func suitesOutOfTurn(_ path: String, _ lines: [Substring]) -> [String] {
        zip(lines, [""] + lines).enumerated().filter { _, line in
            let isSuite = line.0.hasPrefix("@Suite") || line.0.hasPrefix("struct ") && line.0.contains("Tests {")
            return isSuite && ![line.0, line.1].contains { $0.hasPrefix("@Suite(.inTurn") }
        }
        .map { "\(path):\($0.offset + 1): a suite that does not run in turn" }
    }

    private static func placeFaults(_ path: String, _ lines: [Substring]) throws -> [String] {
        // Put together here, so that this file does not find itself.
        let parts = [[#"\b[Ii]ssues? "#, #"#?\d+"#], ["/wo", "rk/"], ["/opt/", "swift"], ["/ro", "ot/"]]
        let patterns = try parts.map { try Regex($0.joined()) }
        return lines.enumerated().filter { line in
            ["ssue", "/wo", "/opt", "/ro"].contains { line.element.contains($0) } && patterns.contains { line.element.contains($0) }
        }
        .map { "\(path):\($0.offset + 1): say it without the place or the number: \($0.element.prefix(100))" }
    }
}
