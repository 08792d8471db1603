import Testing

/// What is resolved beside our own sources.
@Suite struct DependencyTests {
    /// The packages that the manifest names, with what they need in turn.
    static let allowed: Set = [
        "swift-argument-parser", "swift-configuration", "swift-crypto", "swift-http-types", "swift-log",
        // Of swift-configuration and swift-crypto; the service lifecycle is resolved for a test product that is not built.
        "swift-asn1", "swift-async-algorithms", "swift-collections", "swift-service-lifecycle", "swift-system",
    ]

    @Test func `no SwiftNIO, and nothing else that is not meant, is in the resolved graph`() throws {
        let text = try #require(SourceTree.text(of: "Package.resolved"), "Package.resolved is missing: run 'swift package resolve'")
        let identities = Self.identities(in: text)
        #expect(!identities.isEmpty, "Package.resolved names no package")
        expectNone(identities.compactMap(Self.fault))
    }

    @Test func `a package that is not meant is found`() {
        let text = #"{"pins" : [{"identity" : "swift-log", "kind" : "x"}, {"identity":"swift-nio-ssl"}, {"identity" : "grdb.swift"}]}"#
        let identities = Self.identities(in: text)
        #expect(identities == ["swift-log", "swift-nio-ssl", "grdb.swift"])
        #expect(identities.map { Self.fault(of: $0) != nil } == [false, true, true])
    }

    @Test func `no file of ours imports SwiftNIO, GRDB or Foundation`() {
        expectNone(SourceTree.sources.flatMap(Self.strangers))
    }

    @Test func `such an import is found wherever it stands`() {
        let texts = [
            "import NIOCore", "internal import Foundation", "import A; import FoundationEssentials", "@preconcurrency import GRDB",
        ]
        for text in texts { #expect(Self.strangers(SourceFile(path: "Sources/HTTP/A.swift", text: text)).count == 1, "\(text)") }
        let text = "import JSON // import NIO\nlet important = Foundation()"
        #expect(Self.strangers(SourceFile(path: "Sources/HTTP/A.swift", text: text)).isEmpty)
    }

    private static func identities(in text: String) -> [String] {
        text.matches(of: /"identity"\s*:\s*"(?<name>[^"]+)"/).map { String($0.name) }
    }

    private static func fault(of identity: String) -> String? {
        if identity.hasPrefix("swift-nio") { return "\(identity): the server speaks HTTP by itself" }
        return allowed.contains(identity) ? nil : "\(identity) is resolved but not meant"
    }

    private static func strangers(_ file: SourceFile) -> [String] {
        ImportTests.imports(of: file).filter { $0.module.contains(/^(NIO|GRDB|FlyingFox|Foundation)/) }
            .map { "\(file.path):\($0.line): import \($0.module)" }
    }
}
