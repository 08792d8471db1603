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
        let identities = text.matches(of: /"identity"\s*:\s*"(?<name>[^"]+)"/).map { String($0.name) }
        #expect(!identities.isEmpty, "Package.resolved names no package")
        for identity in identities {
            #expect(!identity.hasPrefix("swift-nio"), "\(identity): the server speaks HTTP by itself")
            #expect(Self.allowed.contains(identity), "\(identity) is resolved but not meant")
        }
    }

    @Test func `no file of ours imports SwiftNIO, GRDB or Foundation`() {
        var findings: [String] = []
        for file in SourceTree.sources where file.mentions("NIO", "GRDB", "FlyingFox", "Foundation") {
            for (index, line) in file.code.enumerated() where line.contains(/\bimport\s+(NIO|GRDB|FlyingFox|Foundation)/) {
                findings.append("\(file.path):\(index + 1): \(line)")
            }
        }
        expectNone(findings)
    }
}
