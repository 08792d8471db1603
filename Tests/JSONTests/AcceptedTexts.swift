@testable import JSON

enum AcceptedTexts {
    static let all = scalars + integers + doubles + strings + escapes + unicode + arrays + objects + whiteSpace

    static let scalars: [AcceptedText] = [
        AcceptedText("null", .null), AcceptedText("true", true), AcceptedText("false", false), AcceptedText("7", 7),
        AcceptedText("-0.5", -0.5), AcceptedText("\"\"", ""), AcceptedText("\"a\"", "a"), AcceptedText("[]", []),
        AcceptedText("{}", [:]), AcceptedText("[null]", [.null]), AcceptedText("[true]", [true]),
        AcceptedText("[false]", [false]),
    ]

    static let integers: [AcceptedText] = [
        AcceptedText("0", 0), AcceptedText("-0", 0), AcceptedText("[-1]", [-1]), AcceptedText("[20]", [20]),
        AcceptedText("[-123]", [-123]), AcceptedText("[1000000000000]", [1_000_000_000_000]),
        AcceptedText("9223372036854775807", .integer(.max)), AcceptedText("-9223372036854775808", .integer(.min)),
        AcceptedText("-9223372036854775807", .integer(-.max)),
        AcceptedText("999999999999999999", 999_999_999_999_999_999),
        AcceptedText("9007199254740993", 9_007_199_254_740_993),
    ]

    static let doubles: [AcceptedText] = [
        AcceptedText("0.0", 0.0), AcceptedText("-0.0", .double(-0.0)), AcceptedText("0e1", 0.0),
        AcceptedText("0e+1", 0.0), AcceptedText("0E-1", 0.0), AcceptedText("-0e0", .double(-0.0)),
        AcceptedText("1.5", 1.5), AcceptedText("[123.456]", [123.456]), AcceptedText("1e2", 100.0),
        AcceptedText("1E2", 100.0), AcceptedText("1e+2", 100.0), AcceptedText("1E+2", 100.0),
        AcceptedText("1e-2", 0.01), AcceptedText("1E-2", 0.01), AcceptedText("1E22", 1e22), AcceptedText("1e23", 1e23),
        AcceptedText("123e65", 123e65), AcceptedText("123.456e78", 123.456e78), AcceptedText("123.456E-7", 123.456e-7),
        AcceptedText("1e00000000000000000000002", 100.0), AcceptedText("1e-00000000000000000000002", 0.01),
        AcceptedText("-0.000000000000000000000000000000000000000000000000000000000000000000000000000001", -1e-78),
        AcceptedText("1.7976931348623157e308", .double(.greatestFiniteMagnitude)),
        AcceptedText("-1.7976931348623157e308", .double(-.greatestFiniteMagnitude)),
        AcceptedText("2.2250738585072014e-308", .double(.leastNormalMagnitude)),
        AcceptedText("5e-324", .double(.leastNonzeroMagnitude)),
        // Numbers that careless readers round wrongly: halfway cases and long texts.
        AcceptedText("9007199254740993.0", 9_007_199_254_740_992.0),
        AcceptedText("9007199254740995.0", 9_007_199_254_740_996.0),
        AcceptedText("2.2250738585072011e-308", .double(.leastNormalMagnitude.nextDown)),
        AcceptedText("1.00000000000000011102230246251565404236316680908203124", 1.0),
        AcceptedText("1.00000000000000011102230246251565404236316680908203125", 1.0),
        AcceptedText("1.00000000000000011102230246251565404236316680908203126", .double(1.0.nextUp)),
        AcceptedText("0.1000000000000000055511151231257827021181583404541015625", 0.1),
        AcceptedText("179769313486231580793728971405301e276", .double(.greatestFiniteMagnitude)),
        // Too small for any Double but zero.
        AcceptedText("1e-400", 0.0), AcceptedText("-1e-400", .double(-0.0)),
        AcceptedText("1e-99999999999999999999", 0.0), AcceptedText("0e99999999999999999999", 0.0),
        AcceptedText("0.0e400", 0.0),
    ]

    static let strings: [AcceptedText] = [
        AcceptedText("\"abcdefg\"", "abcdefg"), AcceptedText("\"abcdefgh\"", "abcdefgh"),
        AcceptedText("\"abcdefghi\"", "abcdefghi"), AcceptedText("\"abcdefghijklmno\"", "abcdefghijklmno"),
        AcceptedText("\"abcdefghijklmnop\"", "abcdefghijklmnop"), AcceptedText("\" \"", " "),
        AcceptedText("\"\u{7F}\"", "\u{7F}"), AcceptedText("[\"a/*b*/c\"]", ["a/*b*/c"]), AcceptedText("\"'\"", "'"),
        AcceptedText("\"a/b\"", "a/b"), AcceptedText("\"{[]},:\"", "{[]},:"), AcceptedText("\"null\"", "null"),
        AcceptedText("\"1.5e3\"", "1.5e3"), AcceptedText("[\"\", \"\"]", ["", ""]),
    ]

    static let escapes: [AcceptedText] = [
        AcceptedText(#""\"""#, "\""), AcceptedText(#""\\""#, "\\"), AcceptedText(#""\/""#, "/"),
        AcceptedText(#""\b""#, "\u{8}"), AcceptedText(#""\f""#, "\u{C}"), AcceptedText(#""\n""#, "\n"),
        AcceptedText(#""\r""#, "\r"), AcceptedText(#""\t""#, "\t"),
        AcceptedText(#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), AcceptedText(#""\\n""#, "\\n"),
        AcceptedText(#""\\u0041""#, "\\u0041"), AcceptedText(#""\\\\""#, "\\\\"), AcceptedText(#""\u0041""#, "A"),
        AcceptedText(#""\u0000""#, "\0"), AcceptedText(#""\u0022""#, "\""), AcceptedText(#""\u005C""#, "\\"),
        AcceptedText(#""\u001f""#, "\u{1F}"), AcceptedText(#""\u007F""#, "\u{7F}"),
        AcceptedText(#""\u0060\u012a\u12AB""#, "\u{60}\u{12A}\u{12AB}"), AcceptedText(#""\u00e9""#, "\u{E9}"),
        AcceptedText(#""\u0080""#, "\u{80}"), AcceptedText(#""\u07FF""#, "\u{7FF}"),
        AcceptedText(#""\u0800""#, "\u{800}"), AcceptedText(#""\u20ac""#, "\u{20AC}"),
        AcceptedText(#""\uD7FF""#, "\u{D7FF}"), AcceptedText(#""\uE000""#, "\u{E000}"),
        AcceptedText(#""\uFFFE""#, "\u{FFFE}"), AcceptedText(#""\uFFFF""#, "\u{FFFF}"),
        AcceptedText(#""\uFDD0""#, .string(Unicode.Scalar(0xFDD0).map { String($0) } ?? "")),
        AcceptedText(#""\uD800\uDC00""#, "\u{10000}"), AcceptedText(#""\ud834\udd1e""#, "\u{1D11E}"),
        AcceptedText(#""\uDBFF\uDFFF""#, "\u{10FFFF}"), AcceptedText(#""\uD83F\uDFFE""#, "\u{1FFFE}"),
        AcceptedText(#""\uD83D\ude39\uD83D\udc8D""#, "\u{1F639}\u{1F48D}"), AcceptedText(#""a\nb""#, "a\nb"),
        AcceptedText(#""\u0061\u30af\u30EA\u30b9""#, "a\u{30AF}\u{30EA}\u{30B9}"),
        AcceptedText(#""new\u000Aline""#, "new\nline"), AcceptedText(#""\uFEFF""#, "\u{FEFF}"),
        AcceptedText(#"["first\nsecond, which is long", "\ttab"]"#, ["first\nsecond, which is long", "\ttab"]),
    ]

    static let unicode: [AcceptedText] = [
        AcceptedText("\"\u{E9}\"", "\u{E9}"), AcceptedText("\"\u{20AC}\"", "\u{20AC}"),
        AcceptedText("\"\u{1D11E}\"", "\u{1D11E}"), AcceptedText(quoted(0xC2, 0x80), "\u{80}"),
        AcceptedText(quoted(0xDF, 0xBF), "\u{7FF}"), AcceptedText(quoted(0xE0, 0xA0, 0x80), "\u{800}"),
        AcceptedText(quoted(0xED, 0x9F, 0xBF), "\u{D7FF}"), AcceptedText(quoted(0xEE, 0x80, 0x80), "\u{E000}"),
        AcceptedText(quoted(0xEF, 0xBF, 0xBF), "\u{FFFF}"), AcceptedText(quoted(0xEF, 0xBF, 0xBE), "\u{FFFE}"),
        AcceptedText(quoted(0xEF, 0xBB, 0xBF), "\u{FEFF}"), AcceptedText(quoted(0xF0, 0x90, 0x80, 0x80), "\u{10000}"),
        AcceptedText(quoted(0xF4, 0x8F, 0xBF, 0xBF), "\u{10FFFF}"),
        AcceptedText(quoted(0xF0, 0x9F, 0xBF, 0xBE), "\u{1FFFE}"), AcceptedText(quoted(0xE2, 0x80, 0xA8), "\u{2028}"),
        AcceptedText(quoted(0xE2, 0x80, 0xA9), "\u{2029}"), AcceptedText(quoted(0xE2, 0x81, 0xA4), "\u{2064}"),
        AcceptedText("\"\u{43D}\u{430} \u{441}\u{432}\"", "\u{43D}\u{430} \u{441}\u{432}"),
        AcceptedText("\"1234567\u{E9}\\n\u{20AC}\"", "1234567\u{E9}\n\u{20AC}"),
    ]

    static let arrays: [AcceptedText] = [
        AcceptedText("[1,2,3]", [1, 2, 3]), AcceptedText("[[]]", [[]]), AcceptedText("[[] ]", [[]]),
        AcceptedText("[{}]", [[:]]), AcceptedText("[[],[[]]]", [[], [[]]]), AcceptedText("[1\n]", [1]),
        AcceptedText(" [1]", [1]), AcceptedText("[2] ", [2]),
        AcceptedText("[1,null,null,null,2]", [1, .null, .null, .null, 2]),
        AcceptedText("[null, 1, \"1\", {}]", [.null, 1, "1", [:]]),
        AcceptedText("[1,-1,1.0,-1e1]", [1, -1, 1.0, -10.0]),
    ]

    static let objects: [AcceptedText] = [
        AcceptedText(#"{"a":1}"#, ["a": 1]), AcceptedText(#"{"":0}"#, ["": 0]), AcceptedText(#"{"a":[]}"#, ["a": []]),
        AcceptedText(#"{"asd":"sdf", "dfg":"fgh"}"#, ["asd": "sdf", "dfg": "fgh"]),
        AcceptedText(#"{"b":1,"a":2}"#, ["b": 1, "a": 2]),
        AcceptedText(#"{"a":{"a":{"a":null}}}"#, ["a": ["a": ["a": .null]]]),
        AcceptedText(#"{"a":1,"A":2}"#, ["a": 1, "A": 2]), AcceptedText(#"{"foo\u0000bar": 42}"#, ["foo\u{0}bar": 42]),
        AcceptedText(#"{"\u00e9":1,"e":2}"#, ["\u{E9}": 1, "e": 2]), AcceptedText("{\n\"a\": \"b\"\n}", ["a": "b"]),
        AcceptedText(#"{"min": -1.0e+28, "max": 1.0e+28}"#, ["min": -1e28, "max": 1e28]),
        AcceptedText(#"{"a":1,"a ":2," a":3}"#, ["a": 1, "a ": 2, " a": 3]),
        AcceptedText(#"{"__proto__":1}"#, ["__proto__": 1]),
    ]

    static let whiteSpace: [AcceptedText] = [
        AcceptedText(" \t\r\n1\n\r\t ", 1), AcceptedText(" [ ] ", []), AcceptedText("\t{\r}\n", [:]),
        AcceptedText("[ 1 , 2 ]", [1, 2]), AcceptedText("{ \"a\" : 1 , \"b\"\t:\n2 }", ["a": 1, "b": 2]),
        AcceptedText(" \"\" ", ""), AcceptedText("true ", true), AcceptedText("1.5 ", 1.5), AcceptedText(" -7\n", -7),
    ]
}
