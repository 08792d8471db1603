import Testing

@testable import JSON

struct JSONErrorTests {
    @Test(arguments: [
        ("[1,]", 1, 4, 3), ("x", 1, 1, 0), ("{\n  \"a\": 1,\n  \"a\": 2\n}", 3, 3, 14), ("\n\n\n", 4, 1, 3),
        ("[1,\r\n 2\r\n", 3, 1, 9),
        ("[\n\"abc", 2, 5, 6), ("[\"\u{E9}\u{20AC}\", x]", 1, 11, 10), ("[\r1 2]", 1, 5, 4),
    ])
    func `line and column count from one, columns in bytes`(_ text: String, _ line: Int, _ column: Int, _ offset: Int) {
        let error = outcome(of: text).error
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.offset == offset)
    }

    @Test(arguments: [
        ("", "empty text, a JSON value is expected at line 1, column 1"),
        ("\u{FEFF}{}", "byte order mark, which JSON texts must not begin with at line 1, column 1"),
        ("[", "unexpected end of text at line 1, column 2"), ("[x]", "a value is expected at line 1, column 2"),
        ("{x}", "a member name in double quotes is expected at line 1, column 2"),
        ("{\"a\"1}", "':' is expected at line 1, column 5"),
        ("[1 2]", "',' or ']' is expected at line 1, column 4"),
        ("{\"a\":1 2}", "',' or '}' is expected at line 1, column 8"),
        ("[1,]", "comma before a closing bracket at line 1, column 4"),
        ("1 2", "text after the end of the value at line 1, column 3"),
        ("[nil]", "unknown literal (true, false and null are known) at line 1, column 2"),
        ("1.", "malformed number at line 1, column 3"),
        ("1e999", "number out of range at line 1, column 1"),
        ("\"\t\"", "control character that is not escaped at line 1, column 2"),
        (#""\q""#, "invalid escape at line 1, column 2"),
        (#""\ud800""#, "escape of half a surrogate pair at line 1, column 2"),
        (#"{"a":1,"a":2}"#, #"duplicate member name "a" at line 1, column 8"#),
    ])
    func `the message says what and where`(_ text: String, _ message: String) {
        #expect(outcome(of: text).error?.message == message)
    }

    @Test func `the message names the limit that was passed`() {
        let limits = JSONLimits(depthMax: 1, valueCountMax: 2)
        #expect(
            outcome(of: "[[]]", limits: limits).error?.message == "more than 1 levels of nesting at line 1, column 2")
        #expect(outcome(of: "[1,2]", limits: limits).error?.message == "more than 2 values at line 1, column 4")
        #expect(outcome(of: [0x22, 0xFF, 0x22]).error?.message == "invalid UTF-8 at line 1, column 2")
    }

    @Test func `the message repeats no more than the beginning of a long name, and nothing else`() {
        let name = String(repeating: "n", count: 5_000)
        let message = outcome(of: "{\"\(name)\":1,\"\(name)\":2}").error?.message
        #expect(message == "duplicate member name \"\(name.prefix(64))…\" at line 1, column 5007")
        #expect(outcome(of: "[\"secret\", secret]").error?.message.contains("secret") == false)
    }
}
