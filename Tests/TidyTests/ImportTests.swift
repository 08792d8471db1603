import Testing

/// A target is one sentence, and imports only downwards.
@Suite struct ImportTests {
    /// What each target may import of ours, and of the packages that we stand on.
    static let allowed: [String: Set<String>] = [
        "CSQLite": [], "CLinux": [],
        "SQLite": ["CSQLite"],
        // Its folder is migrations.
        "Migrations": [],
        "JSON": [],
        "Newsroom": [],
        "Documents": ["JSON", "Newsroom"],
        "Storage": ["SQLite", "Migrations", "JSON", "Newsroom", "Documents", "Crypto"],
        "HTTP": ["JSON", "HTTPTypes"],
        "HTTPServer": ["HTTP", "CLinux", "HTTPTypes"],
        "Routing": ["HTTP", "HTTPTypes"],
        "NewsroomAPI": ["Newsroom", "Documents", "JSON", "HTTP", "Routing", "HTTPTypes", "Crypto"],
        "dateline": [
            "CLinux", "Documents", "HTTP", "HTTPServer", "JSON", "Newsroom", "NewsroomAPI", "Routing", "Storage", "HTTPTypes",
            "ArgumentParser", "Configuration", "Logging",
        ],
    ]

    /// What comes with the toolchain and is small. Foundation is not among them: it brings ICU, 40 MB of it.
    static let system: Set<String> = ["Dispatch", "Glibc", "Synchronization"]

    @Test func `every folder of Sources is a target with a rule here`() {
        #expect((SourceTree.entries(of: "Sources") + ["Migrations"]).sorted() == Self.allowed.keys.sorted())
    }

    @Test func `targets import only what lies below them`() {
        var findings: [String] = []
        for file in SourceTree.sources {
            let allowed = Self.allowed[file.target, default: []].union(Self.system)
            for (line, module) in Self.imports(of: file) where !allowed.contains(module) {
                findings.append("\(file.path):\(line): \(file.target) must not import \(module)")
            }
        }
        expectNone(findings)
    }

    @Test func `storage and routing never see each other, and the server knows neither`() {
        for (one, other) in [("Storage", "Routing"), ("Routing", "Storage"), ("HTTPServer", "Storage"), ("HTTPServer", "Routing")] {
            #expect(!Self.reachable(from: one).contains(other), "\(one) reaches \(other)")
        }
    }

    @Test func `no path of imports leads back to where it began`() {
        for target in Self.allowed.keys.sorted() {
            #expect(!Self.reachable(from: target).contains(target), "\(target) stands on itself")
        }
    }

    @Test func `an import is recognised whatever stands before it`() throws {
        let lines = [
            "import A", "package import B", "@preconcurrency internal import struct C.D", "  import E", "important F", "// import G",
        ]
        #expect(lines.map(Self.module(importedBy:)) == ["A", "B", "C", "E", nil, nil])
    }

    private static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
        file.code.enumerated().compactMap { index, line in module(importedBy: line).map { (index + 1, $0) } }
    }

    private static func module(importedBy line: String) -> String? {
        let words = line.split(separator: " ").drop { $0.hasPrefix("@") || access.contains($0) }
        guard words.first == "import" else { return nil }
        return words.dropFirst().first { !kinds.contains($0) }.map { String($0.prefix { $0 != "." }) }
    }

    private static let access: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor"]

    /// All that a target's imports lead to.
    private static func reachable(from target: String) -> Set<String> {
        var found: Set<String> = []
        var open = Array(allowed[target, default: []])
        while let next = open.popLast() {
            if found.insert(next).inserted { open += allowed[next, default: []] }
        }
        return found
    }
}
