import Testing

/// The shape of the files.
@Suite struct FileTests {
    static let swiftFiles = (SourceTree.files(under: "Sources", suffix: ".swift") + SourceTree.files(under: "Tests", suffix: ".swift"))

    @Test func `files are short`() {
        var findings: [String] = []
        for path in Self.swiftFiles {
            let count = SourceTree.lines(of: path).count
            if count > 400 { findings.append("\(path): \(count) lines, 400 are the most: split it by aspect") }
        }
        expectNone(findings)
    }

    @Test func `lines are short, end without spaces, and are indented by spaces`() {
        var findings: [String] = []
        for path in Self.swiftFiles {
            for (index, line) in SourceTree.lines(of: path).enumerated() {
                // Bytes in a test are literals, and some texts cannot be broken.
                if line.utf8.count > 140, line.count > 140, !(path.hasPrefix("Tests/") && line.contains("\"")) {
                    findings.append("\(path):\(index + 1): \(line.count) characters, 140 are the most")
                }
                if line.last == " " || line.contains("\t") || line.last == "\r" {
                    findings.append("\(path):\(index + 1): a tab, a carriage return, or spaces at the end")
                }
            }
        }
        expectNone(findings)
    }

    @Test func `tests stand in the folder of their target`() {
        for folder in SourceTree.entries(of: "Tests") where folder != "TidyTests" {
            let target = folder.dropLast("Tests".count)
            #expect(folder.hasSuffix("Tests") && ImportTests.allowed[String(target)] != nil, "Tests/\(folder) tests no target")
        }
    }

    @Test func `the tree does not speak of where it was made`() throws {
        var findings: [String] = []
        let folders = ["Sources", "Tests", "docs", "scripts", "migrations", "config", "demo", "Benchmarks", ".ci"]
        let files = folders.flatMap { SourceTree.files(under: $0) } + ["Package.swift", "README.md", "CHANGELOG.md", "Dockerfile"]
        // Put together here, so that this file does not find itself.
        let parts = [[#"\b[Ii]ssues? "#, #"#?\d+"#], ["/wo", "rk/"], ["/opt/", "swift"], ["/ro", "ot/"]]
        let patterns = try parts.map { try Regex($0.joined()) }
        for path in files where !path.hasSuffix(".ndjson") {
            guard SourceTree.mentions(path, ["ssue", "/wo", "/opt", "/ro"]) else { continue }
            for (index, line) in SourceTree.lines(of: path).enumerated() {
                for pattern in patterns where line.contains(pattern) {
                    findings.append("\(path):\(index + 1): say it without the place or the number: \(line.prefix(100))")
                }
            }
        }
        expectNone(findings)
    }
}
