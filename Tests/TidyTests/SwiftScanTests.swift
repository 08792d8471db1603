import Testing

/// The scan that the other tests rely on.
@Suite struct SwiftScanTests {
    @Test func `comments and the insides of literals are blanked out, line by line`() {
        let scan = Self.scan(
            """
            let a = "try! \\"x\\"" // fatalError
            /* print(
            */ let b = #"a "quoted" \\n"#
            """)
        let code = String(decoding: scan.code, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(code.map { $0.split(separator: " ").joined(separator: " ") } == ["let a = \" \"", "", "let b = #\" \"#"])
        #expect(scan.literals.map(\.text) == ["try! \"x\"", "a \"quoted\" \\n"])
        #expect(scan.literals.map(\.line) == [1, 3])
    }

    @Test func `a literal of many lines is one, with the line where it begins`() {
        let scan = Self.scan("let q = \"\"\"\n    SELECT a\n    FROM b\n    \"\"\"\nlet c = 1")
        #expect(scan.literals.count == 1)
        #expect(scan.literals.first?.line == 1)
        #expect(scan.literals.first?.text.contains("SELECT a\n    FROM b") == true)
        #expect(String(decoding: scan.code, as: UTF8.self).hasSuffix("let c = 1"))
    }

    @Test func `the code of an interpolation is code, and its literals are literals`() {
        let scan = Self.scan(#"let a = "x \(f("y", g(1))) z""#)
        #expect(String(decoding: scan.code, as: UTF8.self).contains(#"f(" ", g(1))"#))
        #expect(scan.literals.map(\.text) == ["y", "x ? z"])
    }

    private static func scan(_ text: String) -> SwiftScan {
        var scan = SwiftScan(text)
        scan.run()
        return scan
    }
}
