@testable import JSON

enum RefusedTexts {
    static let all =
        empty + literals + numbers + ranges + strings + escapes + surrogates + structures + arrays + objects
        + duplicates + unicode + controls

    static let empty: [RefusedText] = [
        RefusedText("", .emptyText, at: 0), RefusedText(" ", .emptyText, at: 1),
        RefusedText("\n\t\r ", .emptyText, at: 4), RefusedText([0xEF, 0xBB, 0xBF], .byteOrderMark, at: 0),
        RefusedText([0xEF, 0xBB, 0xBF] + Array("{}".utf8), .byteOrderMark, at: 0),
        RefusedText([0xEF, 0xBB], .expectedValue, at: 0), RefusedText([0xFE, 0xFF], .expectedValue, at: 0),
        RefusedText([0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00], .expectedValue, at: 0),
        RefusedText([0x00, 0x5B, 0x00, 0x5D], .expectedValue, at: 0),
        RefusedText([0x5B, 0x00, 0x5D, 0x00], .expectedValue, at: 1), RefusedText([0x00], .expectedValue, at: 0),
        RefusedText([0x31, 0x00], .trailingText, at: 1),
    ]

    static let literals: [RefusedText] = [
        RefusedText("nul", .unexpectedEnd, at: 3), RefusedText("tru", .unexpectedEnd, at: 3),
        RefusedText("fals", .unexpectedEnd, at: 4), RefusedText("n", .unexpectedEnd, at: 1),
        RefusedText("[nul]", .invalidLiteral, at: 1), RefusedText("[tru]", .invalidLiteral, at: 1),
        RefusedText("[fals]", .invalidLiteral, at: 1), RefusedText("nULL", .invalidLiteral, at: 0),
        RefusedText("True", .expectedValue, at: 0), RefusedText("TRUE", .expectedValue, at: 0),
        RefusedText("NULL", .expectedValue, at: 0), RefusedText("nulll", .trailingText, at: 4),
        RefusedText("truefalse", .trailingText, at: 4), RefusedText("[true1]", .expectedCommaOrBracket, at: 5),
        RefusedText("undefined", .expectedValue, at: 0), RefusedText("None", .expectedValue, at: 0),
        RefusedText("abc", .expectedValue, at: 0), RefusedText("nan", .invalidLiteral, at: 0),
        RefusedText("NaN", .expectedValue, at: 0),
    ]

    static let numbers: [RefusedText] = [
        RefusedText("-", .invalidNumber, at: 1), RefusedText("[-]", .invalidNumber, at: 2),
        RefusedText("--1", .invalidNumber, at: 1), RefusedText("+1", .expectedValue, at: 0),
        RefusedText("++1", .expectedValue, at: 0), RefusedText("-a", .invalidNumber, at: 1),
        RefusedText("- 1", .invalidNumber, at: 1), RefusedText("01", .invalidNumber, at: 1),
        RefusedText("-01", .invalidNumber, at: 2), RefusedText("00", .invalidNumber, at: 1),
        RefusedText("-00", .invalidNumber, at: 2), RefusedText("012", .invalidNumber, at: 1),
        RefusedText("00.5", .invalidNumber, at: 1), RefusedText("1.", .invalidNumber, at: 2),
        RefusedText("[1.]", .invalidNumber, at: 3), RefusedText("0.", .invalidNumber, at: 2),
        RefusedText("-2.", .invalidNumber, at: 3), RefusedText(".5", .expectedValue, at: 0),
        RefusedText("-.5", .invalidNumber, at: 1), RefusedText(".", .expectedValue, at: 0),
        RefusedText("1.e1", .invalidNumber, at: 2), RefusedText("1..2", .invalidNumber, at: 2),
        RefusedText("1.2.3", .trailingText, at: 3), RefusedText("1e", .invalidNumber, at: 2),
        RefusedText("1E", .invalidNumber, at: 2), RefusedText("1e+", .invalidNumber, at: 3),
        RefusedText("1e-", .invalidNumber, at: 3), RefusedText("0e+", .invalidNumber, at: 3),
        RefusedText("1.0e", .invalidNumber, at: 4), RefusedText("1.0e+", .invalidNumber, at: 5),
        RefusedText("1ee2", .invalidNumber, at: 2), RefusedText("1e+-2", .invalidNumber, at: 3),
        RefusedText("1e2.5", .trailingText, at: 3), RefusedText("1eE2", .invalidNumber, at: 2),
        RefusedText("9.3e+]", .invalidNumber, at: 5), RefusedText("1e1e1", .trailingText, at: 3),
        RefusedText("0x1", .trailingText, at: 1), RefusedText("0x42", .trailingText, at: 1),
        RefusedText("1_000", .trailingText, at: 1), RefusedText("1 000", .trailingText, at: 2),
        RefusedText("[1 000]", .expectedCommaOrBracket, at: 3), RefusedText("1,5", .trailingText, at: 1),
        RefusedText("1f", .trailingText, at: 1), RefusedText("1-2", .trailingText, at: 1),
        RefusedText("[1+2]", .expectedCommaOrBracket, at: 2), RefusedText("Infinity", .expectedValue, at: 0),
        RefusedText("-Infinity", .invalidNumber, at: 1), RefusedText("-NaN", .invalidNumber, at: 1),
        RefusedText("-inf", .invalidNumber, at: 1), RefusedText([0x31, 0xE5], .trailingText, at: 1),
        RefusedText("\u{FF11}", .expectedValue, at: 0),
        RefusedText("[1.8011670033376514H-308]", .expectedCommaOrBracket, at: 19),
        RefusedText("1.\u{0660}", .invalidNumber, at: 2),
    ]

    static let ranges: [RefusedText] = [
        RefusedText("9223372036854775808", .numberOutOfRange, at: 0),
        RefusedText("-9223372036854775809", .numberOutOfRange, at: 0),
        RefusedText("[18446744073709551615]", .numberOutOfRange, at: 1),
        RefusedText("18446744073709551616", .numberOutOfRange, at: 0),
        RefusedText("10000000000000000000000000000000000000001", .numberOutOfRange, at: 0),
        RefusedText("-123123123123123123123123123123", .numberOutOfRange, at: 0),
        RefusedText("36893488147419103233", .numberOutOfRange, at: 0), RefusedText("1e400", .numberOutOfRange, at: 0),
        RefusedText("-1e400", .numberOutOfRange, at: 0), RefusedText("[1.5e+9999]", .numberOutOfRange, at: 1),
        RefusedText("1e309", .numberOutOfRange, at: 0), RefusedText("1.7976931348623159e308", .numberOutOfRange, at: 0),
        RefusedText("1e99999999999999999999", .numberOutOfRange, at: 0),
        RefusedText("0.4e00669999999999999999999999999", .numberOutOfRange, at: 0),
    ]

    static let strings: [RefusedText] = [
        RefusedText("\"", .unexpectedEnd, at: 1), RefusedText("\"a", .unexpectedEnd, at: 2),
        RefusedText("[\"a", .unexpectedEnd, at: 3), RefusedText("\"abcdefgh", .unexpectedEnd, at: 9),
        RefusedText("[\"asd]", .unexpectedEnd, at: 6), RefusedText("'a'", .expectedValue, at: 0),
        RefusedText("['single quotes']", .expectedValue, at: 1), RefusedText("`a`", .expectedValue, at: 0),
        RefusedText("[a]", .expectedValue, at: 1), RefusedText("\"\"x", .trailingText, at: 2),
        RefusedText("\"a\"\"b\"", .trailingText, at: 3), RefusedText("\u{201C}a\u{201D}", .expectedValue, at: 0),
        RefusedText(#""\""#, .unexpectedEnd, at: 3), RefusedText(#""\\\""#, .unexpectedEnd, at: 5),
    ]

    static let escapes: [RefusedText] = [
        RefusedText(#""\"#, .unexpectedEnd, at: 2), RefusedText(#""\a""#, .invalidEscape, at: 1),
        RefusedText(#""\x00""#, .invalidEscape, at: 1), RefusedText(#""\0""#, .invalidEscape, at: 1),
        RefusedText(#""\'""#, .invalidEscape, at: 1), RefusedText(#""\v""#, .invalidEscape, at: 1),
        RefusedText(#""\e""#, .invalidEscape, at: 1), RefusedText(#""\ ""#, .invalidEscape, at: 1),
        RefusedText(#""\N""#, .invalidEscape, at: 1), RefusedText(#""\U0041""#, .invalidEscape, at: 1),
        RefusedText("\"\\\n\"", .invalidEscape, at: 1), RefusedText("\"\\\0\"", .invalidEscape, at: 1),
        RefusedText(#""ab\u""#, .invalidEscape, at: 3), RefusedText(#""\u0""#, .invalidEscape, at: 1),
        RefusedText(#""\u00""#, .invalidEscape, at: 1), RefusedText(#""\u00A""#, .invalidEscape, at: 1),
        RefusedText(#""\u00G0""#, .invalidEscape, at: 1), RefusedText(#""\uqqqq""#, .invalidEscape, at: 1),
        RefusedText(#""\u+041""#, .invalidEscape, at: 1), RefusedText(#""\u 041""#, .invalidEscape, at: 1),
        RefusedText(#""\u{41}""#, .invalidEscape, at: 1), RefusedText(#""\u"#, .unexpectedEnd, at: 3),
        RefusedText(#""\u004"#, .unexpectedEnd, at: 6), RefusedText(#""\u0041"#, .unexpectedEnd, at: 7),
        RefusedText(#"\n"#, .expectedValue, at: 0), RefusedText(#"[\u0020"a"]"#, .expectedValue, at: 1),
        RefusedText([0x22, 0x5C, 0xE5, 0x22], .invalidEscape, at: 1),
        RefusedText([0x22, 0x5C, 0x75, 0xE5, 0x22], .invalidEscape, at: 1),
        RefusedText("\"\\\u{1F300}\"", .invalidEscape, at: 1),
    ]

    static let surrogates: [RefusedText] = [
        RefusedText(#""\uD800""#, .loneSurrogate, at: 1), RefusedText(#""\uDC00""#, .loneSurrogate, at: 1),
        RefusedText(#""\uDFFF""#, .loneSurrogate, at: 1), RefusedText(#""\uDBFF""#, .loneSurrogate, at: 1),
        RefusedText(#""ab\ud888x""#, .loneSurrogate, at: 3), RefusedText(#""\uD800\n""#, .loneSurrogate, at: 1),
        RefusedText(#""\uD800\uD800""#, .loneSurrogate, at: 1), RefusedText(#""\uD800\u0041""#, .loneSurrogate, at: 1),
        RefusedText(#""\uDd1e\uD834""#, .loneSurrogate, at: 1), RefusedText(#""\uD800\uE000""#, .loneSurrogate, at: 1),
        RefusedText(#""\uD800uDC00""#, .loneSurrogate, at: 1), RefusedText(#""\uD800\\uDC00""#, .loneSurrogate, at: 1),
        RefusedText(#""\uD834\uDd""#, .invalidEscape, at: 7), RefusedText(#""\uD800\u1x""#, .invalidEscape, at: 7),
        RefusedText(#""\uD834\uDD1"#, .unexpectedEnd, at: 12), RefusedText(#"{"\uDEAD":1}"#, .loneSurrogate, at: 2),
    ]

    static let structures: [RefusedText] = [
        RefusedText("{}{}", .trailingText, at: 2), RefusedText("[][]", .trailingText, at: 2),
        RefusedText("1 2", .trailingText, at: 2), RefusedText("[]]", .trailingText, at: 2),
        RefusedText("{}}", .trailingText, at: 2), RefusedText("[1]x", .trailingText, at: 3),
        RefusedText("{} // c", .trailingText, at: 3), RefusedText("/* c */ {}", .expectedValue, at: 0),
        RefusedText("// c\n{}", .expectedValue, at: 0), RefusedText("# c\n{}", .expectedValue, at: 0),
        RefusedText("[1/**/]", .expectedCommaOrBracket, at: 2), RefusedText("{\"a\"/**/:1}", .expectedColon, at: 4),
        RefusedText("<null>", .expectedValue, at: 0), RefusedText("]", .expectedValue, at: 0),
        RefusedText("}", .expectedValue, at: 0), RefusedText(",", .expectedValue, at: 0),
        RefusedText(":", .expectedValue, at: 0), RefusedText("*", .expectedValue, at: 0),
        RefusedText("[\u{C}]", .expectedValue, at: 1), RefusedText("\u{B}1", .expectedValue, at: 0),
        RefusedText("\u{A0}1", .expectedValue, at: 0), RefusedText("[\u{2060}]", .expectedValue, at: 1),
        RefusedText("1\u{2028}", .trailingText, at: 1), RefusedText("{\"a\":1}\u{0}", .trailingText, at: 7),
        RefusedText("[1}", .expectedCommaOrBracket, at: 2), RefusedText("{\"a\":1]", .expectedCommaOrBrace, at: 6),
        RefusedText("{]", .expectedName, at: 1), RefusedText("[}", .expectedValue, at: 1),
        RefusedText("[1],", .trailingText, at: 3), RefusedText("\u{1E}{}", .expectedValue, at: 0),
    ]

    static let arrays: [RefusedText] = [
        RefusedText("[", .unexpectedEnd, at: 1), RefusedText("[1", .unexpectedEnd, at: 2),
        RefusedText("[1,", .unexpectedEnd, at: 3), RefusedText("[ ", .unexpectedEnd, at: 2),
        RefusedText("[[]", .unexpectedEnd, at: 3), RefusedText("[1,\n1\n,1", .unexpectedEnd, at: 8),
        RefusedText("[,]", .expectedValue, at: 1), RefusedText("[,1]", .expectedValue, at: 1),
        RefusedText("[1,]", .trailingComma, at: 3), RefusedText("[1 , ]", .trailingComma, at: 5),
        RefusedText("[1,,]", .expectedValue, at: 3), RefusedText("[1,,2]", .expectedValue, at: 3),
        RefusedText("[1 2]", .expectedCommaOrBracket, at: 3), RefusedText("[1;2]", .expectedCommaOrBracket, at: 2),
        RefusedText("[\"a\":1]", .expectedCommaOrBracket, at: 4), RefusedText("[1:2]", .expectedCommaOrBracket, at: 2),
        RefusedText("[3[4]]", .expectedCommaOrBracket, at: 2),
        RefusedText("[\"a\" \"b\"]", .expectedCommaOrBracket, at: 5), RefusedText("[...]", .expectedValue, at: 1),
        RefusedText([0x5B, 0xFF, 0x5D], .expectedValue, at: 1), RefusedText("[-1,-]", .invalidNumber, at: 5),
        RefusedText("[\"\",", .unexpectedEnd, at: 4),
    ]

    static let objects: [RefusedText] = [
        RefusedText("{", .unexpectedEnd, at: 1), RefusedText("{\"", .unexpectedEnd, at: 2),
        RefusedText("{\"a", .unexpectedEnd, at: 3), RefusedText("{\"a\"", .unexpectedEnd, at: 4),
        RefusedText("{\"a\":", .unexpectedEnd, at: 5), RefusedText("{\"a\":1", .unexpectedEnd, at: 6),
        RefusedText("{\"a\":1,", .unexpectedEnd, at: 7), RefusedText("{\"a\"}", .expectedColon, at: 4),
        RefusedText("{\"a\" 1}", .expectedColon, at: 5), RefusedText("{\"a\",1}", .expectedColon, at: 4),
        RefusedText("{\"a\"::1}", .expectedValue, at: 5), RefusedText("{\"a\"=1}", .expectedColon, at: 4),
        RefusedText("{\"a\":}", .expectedValue, at: 5), RefusedText("{:1}", .expectedName, at: 1),
        RefusedText("{,}", .expectedName, at: 1), RefusedText("{a:1}", .expectedName, at: 1),
        RefusedText("{'a':1}", .expectedName, at: 1), RefusedText("{1:1}", .expectedName, at: 1),
        RefusedText("{null:1}", .expectedName, at: 1), RefusedText("{[]:1}", .expectedName, at: 1),
        RefusedText("{\"a\":1,}", .trailingComma, at: 7), RefusedText("{\"a\":1 , }", .trailingComma, at: 9),
        RefusedText("{\"a\":1,,}", .expectedName, at: 7), RefusedText("{\"a\":1,,\"b\":2}", .expectedName, at: 7),
        RefusedText("{\"a\":1 \"b\":2}", .expectedCommaOrBrace, at: 7),
        RefusedText("{\"a\":1;}", .expectedCommaOrBrace, at: 6), RefusedText("{\"a\":1,\"b\"}", .expectedColon, at: 10),
        RefusedText("{\"a\":1,b}", .expectedName, at: 7), RefusedText("{\"a\":\"b\"}#", .trailingText, at: 9),
        RefusedText("{\"a\":\"b\" c}", .expectedCommaOrBrace, at: 9),
        RefusedText("{\"x\", null}", .expectedColon, at: 4), RefusedText("{9999E9999:1}", .expectedName, at: 1),
        RefusedText("{\"a\":/*c*/1}", .expectedValue, at: 5), RefusedText("{\"a\":1/", .expectedCommaOrBrace, at: 6),
        RefusedText("{\u{1F1E8}\u{1F1ED}}", .expectedName, at: 1),
    ]

    static let duplicates: [RefusedText] = [
        RefusedText(#"{"a":1,"a":1}"#, .duplicateName("a"), at: 7),
        RefusedText(#"{"a":1,"b":2,"a":3}"#, .duplicateName("a"), at: 13),
        RefusedText(#"{"":1,"":2}"#, .duplicateName(""), at: 6),
        RefusedText(#"{"a":1,"\u0061":2}"#, .duplicateName("a"), at: 7),
        RefusedText(#"{"\u0061":1,"a":2}"#, .duplicateName("a"), at: 12),
        RefusedText(#"{"\n":1,"\u000a":2}"#, .duplicateName("\n"), at: 8),
        RefusedText(#"{"/":1,"\/":2}"#, .duplicateName("/"), at: 7),
        RefusedText("{\"\u{E9}\":1,\"\\u00E9\":2}", .duplicateName("\u{E9}"), at: 8),
        RefusedText("{\"\u{1F639}\":1,\"\\uD83D\\uDE39\":2}", .duplicateName("\u{1F639}"), at: 10),
        RefusedText(#"[{"a":{"b":1,"b":1}}]"#, .duplicateName("b"), at: 13),
        // One letter with its accent, and the letter and the accent: two names by their bytes, one by String.
        RefusedText("{\"\u{E9}\":1,\"e\u{301}\":2}", .duplicateName("e\u{301}"), at: 8),
    ]

    static let unicode: [RefusedText] = [
        RefusedText(quoted(0x80), .invalidUTF8, at: 1), RefusedText(quoted(0xBF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xC0, 0x80), .invalidUTF8, at: 1), RefusedText(quoted(0xC0, 0xAF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xC1, 0xBF), .invalidUTF8, at: 1), RefusedText(quoted(0xC2), .invalidUTF8, at: 1),
        RefusedText(quoted(0xC2, 0x41), .invalidUTF8, at: 1), RefusedText(quoted(0xC2, 0xC0), .invalidUTF8, at: 1),
        RefusedText(quoted(0xE0, 0x80, 0x80), .invalidUTF8, at: 1),
        RefusedText(quoted(0xE0, 0x9F, 0xBF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xE0, 0xA0), .invalidUTF8, at: 1), RefusedText(quoted(0xE0, 0xFF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xE2, 0x82), .invalidUTF8, at: 1),
        RefusedText(quoted(0xE2, 0x28, 0xA1), .invalidUTF8, at: 1),
        RefusedText(quoted(0xE2, 0x82, 0x28), .invalidUTF8, at: 1),
        RefusedText(quoted(0xED, 0xA0, 0x80), .invalidUTF8, at: 1),
        RefusedText(quoted(0xED, 0xBF, 0xBF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF0, 0x80, 0x80, 0x80), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF0, 0x8F, 0xBF, 0xBF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF0, 0x90, 0x80), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF0, 0x9F, 0x98, 0x41), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF0, 0x28, 0x8C, 0xBC), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF4, 0x90, 0x80, 0x80), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF5, 0x80, 0x80, 0x80), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF7, 0xBF, 0xBF, 0xBF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xF8, 0x88, 0x80, 0x80, 0x80), .invalidUTF8, at: 1),
        RefusedText(quoted(0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xFE), .invalidUTF8, at: 1), RefusedText(quoted(0xFF), .invalidUTF8, at: 1),
        RefusedText(quoted(0xE9), .invalidUTF8, at: 1),
        RefusedText(quoted(0x61, 0x62, 0xE9, 0x63), .invalidUTF8, at: 3),
        RefusedText(quoted(0xC3, 0xA9, 0xC3), .invalidUTF8, at: 3), RefusedText([0x22, 0xC3], .invalidUTF8, at: 1),
        RefusedText([0x22, 0xE2, 0x82], .invalidUTF8, at: 1),
        RefusedText([0x22, 0xF0, 0x9F, 0x98], .invalidUTF8, at: 1),
        RefusedText(Array("{\"".utf8) + [0xFF] + Array("\":1}".utf8), .invalidUTF8, at: 2),
        RefusedText(Array("\"\\n".utf8) + [0xFF, 0x22], .invalidUTF8, at: 3),
        RefusedText(Array("\"1234567".utf8) + [0x80, 0x22], .invalidUTF8, at: 8),
    ]

    /// Every control character raw, alone and far enough into a string to be met by the search for whole words.
    static let controls: [RefusedText] = (0..<0x20).flatMap { (byte: UInt8) in
        [
            RefusedText(quoted(byte), .controlCharacter, at: 1),
            RefusedText(Array("\"abcdefghijk".utf8) + [byte] + Array("lmnopqrstuv\"".utf8), .controlCharacter, at: 12),
        ]
    }
}
