import Testing

/// A target is one sentence, and imports only downwards.
@Suite struct ImportTests {
    /// What each target may import of ours, and of the packages that we stand on.
    static let allowed: [String: Set<String>] = [
        "CSQLite": [], "CCurl": [], "CLinux": [], "CZlib": [], "Locks": [], "Addresses": [],
        "Gzip": ["CZlib"], "Inflating": ["CZlib"], "Turns": ["Locks"],
        "SQLite": ["CSQLite"],
        // Its folder is migrations.
        "Migrations": [],
        "JSON": [],
        "Newsroom": ["Addresses", "Locks"],
        "Documents": ["JSON", "Newsroom"],
        "Storage": ["Locks", "SQLite", "Migrations", "JSON", "Newsroom", "Documents", "Crypto"],
        "Curl": ["CCurl", "Locks"],
        "Webhooks": ["Addresses", "Curl", "Documents", "JSON", "Locks", "Newsroom", "Crypto"],
        "HTTP": ["Addresses", "JSON", "HTTPTypes"],
        "HTTPServer": ["Addresses", "Locks", "HTTP", "CLinux", "HTTPTypes"],
        "Routing": ["HTTP", "HTTPTypes"],
        "NewsroomAPI": ["Addresses", "Locks", "Newsroom", "Documents", "JSON", "HTTP", "Gzip", "Routing", "HTTPTypes"],
        "dateline": [
            "Addresses", "CLinux", "Documents", "HTTP", "HTTPServer", "JSON", "Locks", "Newsroom", "NewsroomAPI", "Routing", "Storage",
            "Webhooks", "HTTPTypes", "ArgumentParser", "Configuration", "Logging",
        ],
    ]

    /// Targets whose folders are not in Sources: the schema, and what several test targets share.
    static let elsewhere = ["Migrations": "migrations", "Inflating": "Tests/Inflating", "Turns": "Tests/Turns"]

    /// What comes with the toolchain and is small. Foundation is not among them: it brings ICU, 40 MB of it.
    static let system: Set<String> = ["Dispatch", "Glibc", "Synchronization"]

    @Test func `every folder of Sources is a target with a rule here`() {
        #expect((SourceTree.entries(of: "Sources") + Self.elsewhere.keys).sorted() == Self.allowed.keys.sorted())
    }

    @Test func `targets import only what lies below them`() {
        expectNone(SourceTree.sources.flatMap(Self.upward))
    }

    @Test func `an import that points upwards is found`() {
        let files = [
            ("Sources/HTTP/A.swift", "import JSON; import Storage"), ("migrations/Migrations.swift", "import SQLite"),
            ("Sources/Nowhere/A.swift", "import JSON"),
        ]
        for (path, text) in files { #expect(Self.upward(SourceFile(path: path, text: text)).count == 1, "\(path): \(text)") }
        #expect(Self.upward(SourceFile(path: "Sources/HTTP/A.swift", text: "import Glibc\ninternal import JSON")).isEmpty)
    }

    @Test func `the manifest gives each target what this table lets it import, and no more`() throws {
        let manifest = Self.dependencies(inManifest: try #require(SourceTree.text(of: "Package.swift")))
        for (target, modules) in Self.allowed {
            #expect(manifest[target] == modules, "\(target): the manifest and this table differ")
        }
        #expect(manifest.keys.sorted() == Self.allowed.keys.sorted())
    }

    @Test func `the manifest's targets are read with what they depend on`() {
        let text = """
            let log = Target.Dependency.product(name: "Logging", package: "swift-log")
            .systemLibrary(name: "C", pkgConfig: "c", providers: [.apt(["c-dev"])]),
            .target(name: "A", path: "a", resources: files, swiftSettings: settings),
            .executableTarget(
                name: "B",
                dependencies: [
                    "A", log,
                    .product(name: "Crypto", package: "swift-crypto"),
                ], swiftSettings: settings),
            tests("A", ["B"]),
            .testTarget(name: "TidyTests", dependencies: ["B"]),
            """
        #expect(Self.dependencies(inManifest: text) == ["C": [], "A": [], "B": ["A", "Logging", "Crypto"]])
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
        let text = """
            import A
            package import B; import C
            @preconcurrency internal import struct D.E
              import F;
            important G
            // import H
            """
        #expect(Self.imports(of: SourceFile(path: "Sources/A/A.swift", text: text)).map(\.module) == ["A", "B", "C", "D", "F"])
    }

    static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
        file.code.enumerated().flatMap { index, line in
            line.split(separator: ";").compactMap { module(importedBy: $0) }.map { (index + 1, $0) }
        }
    }

    private static func upward(_ file: SourceFile) -> [String] {
        let allowed = allowed[file.target, default: []].union(system)
        return imports(of: file).filter { !allowed.contains($0.module) }
            .map { "\(file.path):\($0.line): \(file.target) must not import \($0.module)" }
    }

    /// What the targets of a manifest depend on, its tests left out; a constant stands for the product that it is.
    private static func dependencies(inManifest text: String) -> [String: Set<String>] {
        let constants = text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/).map { (String($0.1), String($0.2)) }
        let products = Dictionary(uniqueKeysWithValues: constants)
        let target = /\.(?:target|executableTarget|systemLibrary)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/
        var found: [String: Set<String>] = [:]
        for match in text.matches(of: target) {
            let list = match.2.map { $0.replacing(/, package: "[^"]*"/, with: "") } ?? ""
            let names = list.matches(of: /\w+/).map { String($0.output) }.filter { $0 != "product" && $0 != "name" }
            found[String(match.1)] = Set(names.map { products[$0] ?? $0 })
        }
        return found
    }

    private static func module(importedBy statement: Substring) -> String? {
        let words = statement.split(separator: " ").drop { $0.hasPrefix("@") || access.contains($0) }
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
