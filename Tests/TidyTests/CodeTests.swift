import Testing

/// What the code must not say, each with what to say instead.
@Suite struct CodeTests {
    @Test func `types are called by what they are`() {
        var findings: [String] = []
        let banned = [
            "Manager": "the thing itself, or the verb", "Helper": "the noun that it is", "Helpers": "the noun that it is",
            "Util": "the noun that it is", "Utils": "the noun that it is", "Impl": "what sets it apart",
            "Base": "composition, or a protocol",
        ]
        let declaration = /\b(struct|class|enum|actor|protocol|typealias|associatedtype)\s+(?<name>[A-Z]\w*)/
        for file in SourceTree.sources where file.mentions("Manager", "Helper", "Util", "Impl", "Base") {
            for (index, line) in file.code.enumerated() {
                for match in line.matches(of: declaration) {
                    for part in Self.words(of: String(match.name)) {
                        guard let better = banned[part] else { continue }
                        findings.append("\(file.path):\(index + 1): no '\(part)' in the type \(match.name): name it by \(better)")
                    }
                }
            }
        }
        expectNone(findings)
    }

    @Test func `data errs and never traps`() {
        var findings: [String] = []
        let banned: [(pattern: Regex<Substring>, better: String)] = [
            (/\btry!/, "a typed throw"), (/\bas!/, "a conversion that may fail"),
            (/\bfatalError\b/, "an error, or precondition for our own mistakes"),
            (/\bunowned\b/, "a weak or strong reference"), (/\bunsafeBitCast\b/, "a conversion"),
        ]
        for file in SourceTree.sources where file.mentions("try!", "as!", "fatalError", "unowned", "unsafeBitCast") {
            for (index, line) in file.code.enumerated() {
                for (pattern, better) in banned where line.contains(pattern) {
                    findings.append("\(file.path):\(index + 1): use \(better): \(line.drop { $0 == " " })")
                }
            }
        }
        expectNone(findings)
    }

    @Test func `only the program writes to its streams`() {
        var findings: [String] = []
        let pattern = /(^|[^.\w])(print|debugPrint|dump|NSLog)\(/
        for file in SourceTree.sources where file.target != "dateline" && file.mentions("rint(", "dump(", "NSLog(") {
            for (index, line) in file.code.enumerated() where line.contains(pattern) && !line.contains(/func (print|dump)/) {
                findings.append("\(file.path):\(index + 1): return it or report it, the program decides what is printed")
            }
        }
        expectNone(findings)
    }

    @Test func `nothing is public, since it is a program`() {
        var findings: [String] = []
        for file in SourceTree.sources where file.mentions("public ", "open ") {
            for (index, line) in file.code.enumerated() where line.contains(/^\s*(public|open)\s/) {
                findings.append("\(file.path):\(index + 1): package is our public")
            }
        }
        expectNone(findings)
    }

    @Test func `pointers live where C is called`() {
        var findings: [String] = []
        let allowed = ["Sources/SQLite/", "Sources/HTTPServer/", "Sources/JSON/", "Sources/Storage/Threads/"]
        let pattern = /\bUnsafe(Mutable)?(Raw)?(Buffer)?Pointer\b|\bUnmanaged\b|\bOpaquePointer\b/
        for file in SourceTree.sources
        where !allowed.contains(where: { file.path.hasPrefix($0) }) && file.mentions("Pointer", "Unmanaged") {
            for (index, line) in file.code.enumerated() where line.contains(pattern) {
                findings.append("\(file.path):\(index + 1): read bytes through Span, own them as [UInt8]")
            }
        }
        expectNone(findings)
    }

    @Test func `unchecked concurrency is where it must be, with its invariant`() {
        var findings: [String] = []
        let allowed: Set = ["SQLite", "HTTPServer", "Storage"]
        for file in SourceTree.sources where file.mentions("@unchecked", "nonisolated(") {
            for (index, line) in file.code.enumerated() where line.contains(/@unchecked\s+Sendable|nonisolated\(unsafe\)/) {
                if !allowed.contains(file.target) {
                    findings.append("\(file.path):\(index + 1): use Mutex or Atomic")
                } else if !Self.hasComment(file, at: index) {
                    findings.append("\(file.path):\(index + 1): say in a comment which invariant makes this sound")
                }
            }
        }
        expectNone(findings)
    }

    @Test func `no comment puts work off`() {
        var findings: [String] = []
        // Put together here, so that this file does not find itself.
        let words = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["HA", "CK:"]].map { $0.joined() }
        for path in FileTests.swiftFiles where SourceTree.mentions(path, words) {
            for (index, line) in SourceTree.lines(of: path).enumerated() where words.contains(where: { line.contains($0) }) {
                findings.append("\(path):\(index + 1): do it now, or leave it")
            }
        }
        expectNone(findings)
    }

    @Test func `names are taken apart at their capitals`() {
        #expect(Self.words(of: "HTTPServerBase") == ["HTTP", "Server", "Base"])
        #expect(Self.words(of: "Base64URL") == ["Base64", "URL"])
        #expect(Self.words(of: "Database") == ["Database"])
    }

    private static func words(of name: String) -> [String] {
        name.matches(of: /[A-Z]+(?![a-z0-9])|[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z0-9]*/).map { String($0.output) }
    }

    /// Whether a comment stands on the line or on those right above it, attributes and the declaration's own beginning let through.
    private static func hasComment(_ file: SourceFile, at index: Int) -> Bool {
        if file.lines[index].contains("//") { return true }
        var above = index - 1
        while above >= 0, file.lines[above].contains(/^\s*(@|package |private |final |class |struct |:)/) { above -= 1 }
        return above >= 0 && file.lines[above].contains(/^\s*\/\//)
    }
}
