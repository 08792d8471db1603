import Testing

/// The rules for the code, and for each that it finds what breaks it and nothing else.
@Suite struct CodeTests {
    @Test func `types are called by what they are`() {
        expectNone(SourceTree.sources.flatMap(CodeRules.types))
        Self.expect(CodeRules.types, finds: ["final class ReadManager {", "enum StringUtils {", "struct B { protocol ServerBase {} }"])
        Self.expect(
            CodeRules.types, passes: ["final class Database {", "let base = Manager()", "// class ReadManager", "struct Utility {"])
    }

    @Test func `data errs and never traps`() {
        expectNone(SourceTree.sources.flatMap(CodeRules.traps))
        Self.expect(
            CodeRules.traps,
            finds: ["let a = try! b()", "let a = b as! C", "fatalError()", "unowned let a: B", "let a = unsafeBitCast(b, to: C.self)"])
        Self.expect(CodeRules.traps, passes: ["let a = try? b()", "let a = \"try! fatalError\"", "precondition(a)", "let fatalErrors = 1"])
    }

    @Test func `only the program writes to its streams`() {
        expectNone(SourceTree.sources.flatMap(CodeRules.printing))
        Self.expect(CodeRules.printing, finds: ["print(a)", "    debugPrint(a)", "if a { dump(b) }"])
        Self.expect(CodeRules.printing, passes: ["bar.print(a)", "func print(_ a: Int) {", "blueprint(a)"])
        Self.expect(CodeRules.printing, passes: ["print(a)"], in: "Sources/dateline/A.swift")
    }

    @Test func `nothing is public, since it is a program`() {
        expectNone(SourceTree.sources.flatMap(CodeRules.publicity))
        Self.expect(CodeRules.publicity, finds: ["public struct A {", "    open class B {", "public import C"])
        Self.expect(CodeRules.publicity, passes: ["package struct A {", "let public = 1", "file.open (a)"])
    }

    @Test func `pointers live where C is called`() {
        expectNone(SourceTree.sources.flatMap(CodeRules.pointers))
        let lines = ["let a: UnsafePointer<UInt8>", "let a: UnsafeMutableRawBufferPointer", "let a: OpaquePointer?"]
        Self.expect(CodeRules.pointers, finds: lines)
        Self.expect(CodeRules.pointers, passes: lines, in: "Sources/SQLite/A.swift")
        Self.expect(CodeRules.pointers, passes: ["let a: Span<UInt8>", "let pointer = JSONPointer()"])
    }

    @Test func `unchecked concurrency is where it must be, with its invariant`() {
        expectNone(SourceTree.sources.flatMap(CodeRules.unchecked))
        let line = "final class A: @unchecked Sendable {"
        Self.expect(CodeRules.unchecked, finds: [line, "// One thread has it.\n\(line)", "nonisolated(unsafe) var a = 1"])
        Self.expect(CodeRules.unchecked, finds: [line, "// A comment.\n\n\(line)"], in: "Sources/SQLite/A.swift")
        Self.expect(
            CodeRules.unchecked, passes: ["// One thread has it.\n\(line)", "\(line)  // One thread.", "final class A: Sendable {"],
            in: "Sources/SQLite/A.swift")
    }

    @Test func `locks are those that ThreadSanitizer sees`() {
        expectNone(SourceTree.sources.flatMap(CodeRules.mutexes))
        Self.expect(CodeRules.mutexes, finds: ["let a = Mutex(1)", "private let b: Mutex<Int>"])
        Self.expect(CodeRules.mutexes, passes: ["let a = Lock(1)  // no Mutex", "let mutexes = 1"])
    }

    @Test func `what SQLite and JSON offer says what it promises`() {
        expectNone(SourceTree.sources.flatMap(CodeRules.undocumented))
        Self.expect(
            CodeRules.undocumented,
            finds: ["package func a() {", "// Not for callers.\n    package mutating func a() {", "package static func a() {"],
            in: "Sources/JSON/A.swift")
        Self.expect(
            CodeRules.undocumented,
            passes: ["/// Does it.\n@inline(__always)\npackage func a() {", "func a() {", "package static func == ("],
            in: "Sources/JSON/A.swift")
    }

    @Test func `no comment puts work off`() {
        var findings: [String] = []
        for path in FileTests.swiftFiles where SourceTree.mentions(path, Self.postponements) {
            findings += SourceTree.lines(of: path).enumerated().filter { Self.putsOff($1) }.map { index, _ in
                "\(path):\(index + 1): do it now, or leave it"
            }
        }
        expectNone(findings)
        #expect(Self.postponements.allSatisfy { Self.putsOff("// \($0) later") })
        #expect(!Self.putsOff("// It waits until later."))
    }

    @Test func `names are taken apart at their capitals`() {
        #expect(CodeRules.words(of: "HTTPServerBase") == ["HTTP", "Server", "Base"])
        #expect(CodeRules.words(of: "Base64URL") == ["Base64", "URL"])
        #expect(CodeRules.words(of: "Database") == ["Database"])
    }

    /// Put together here, so that this file does not find itself.
    private static let postponements = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["HA", "CK:"]].map { $0.joined() }

    private static func putsOff(_ line: Substring) -> Bool {
        postponements.contains { line.contains($0) }
    }

    private typealias Rule = (SourceFile) -> [String]

    private static func expect(
        _ rule: Rule, finds texts: [String], in path: String = "Sources/HTTP/A.swift", sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for text in texts { #expect(rule(SourceFile(path: path, text: text)).count == 1, "\(text)", sourceLocation: sourceLocation) }
    }

    private static func expect(
        _ rule: Rule, passes texts: [String], in path: String = "Sources/HTTP/A.swift", sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for text in texts { #expect(rule(SourceFile(path: path, text: text)).isEmpty, "\(text)", sourceLocation: sourceLocation) }
    }
}
