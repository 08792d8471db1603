import Testing

@testable import JSON

struct JSONWriterTests {
    private static func text(pretty: Bool = false, _ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(pretty: pretty)
        write(&writer)
        return String(decoding: writer.finish(), as: UTF8.self)
    }

    private static func writeStory(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("id")
        writer.string("art_1")
        writer.name("tags")
        writer.beginArray()
        writer.string("world")
        writer.integer(-3)
        writer.endArray()
        writer.name("place")
        writer.beginObject()
        writer.name("latitude")
        writer.double(31.5)
        writer.endObject()
        writer.name("corrections")
        writer.beginArray()
        writer.endArray()
        writer.name("links")
        writer.beginObject()
        writer.endObject()
        writer.name("live")
        writer.bool(false)
        writer.name("source")
        writer.null()
        writer.endObject()
    }

    @Test func `commas and colons are the writer's business`() {
        #expect(
            Self.text(Self.writeStory) == #"{"id":"art_1","tags":["world",-3],"place":{"latitude":31.5},"#
                + #""corrections":[],"links":{},"live":false,"source":null}"#)
    }

    @Test func `pretty is two spaces a level, and nothing inside what is empty`() {
        #expect(
            Self.text(pretty: true, Self.writeStory) == """
                {
                  "id": "art_1",
                  "tags": [
                    "world",
                    -3
                  ],
                  "place": {
                    "latitude": 31.5
                  },
                  "corrections": [],
                  "links": {},
                  "live": false,
                  "source": null
                }
                """)
    }

    @Test func `scalars, empty arrays and empty objects are texts of their own`() {
        #expect(Self.text { $0.null() } == "null")
        #expect(Self.text(pretty: true) { $0.string("a") } == "\"a\"")
        #expect(Self.text { $0.bool(true) } == "true")
        #expect(Self.text(pretty: true) { $0.value([]) } == "[]")
        #expect(Self.text(pretty: true) { $0.value([:]) } == "{}")
        #expect(Self.text(pretty: true) { $0.value([[], [[:]]]) } == "[\n  [],\n  [\n    {}\n  ]\n]")
    }

    @Test(arguments: [
        ("", #""""#), ("a", #""a""#), ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#),
        ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
        ("\0", #""\u0000""#), ("\u{1}\u{B}\u{1F}", #""\u0001\u000b\u001f""#), ("\u{7F}", "\"\u{7F}\""),
        ("\u{2028}\u{2029}", "\"\u{2028}\u{2029}\""), ("\u{E9}\u{20AC}\u{1D11E}", "\"\u{E9}\u{20AC}\u{1D11E}\""),
        ("'<script>&", #""'<script>&""#), ("\u{FEFF}\u{FFFF}", "\"\u{FEFF}\u{FFFF}\""),
        ("12345678\n2345678\"", #""12345678\n2345678\"""#), ("\\n", #""\\n""#),
    ])
    func `only what must be escaped is`(_ value: String, _ text: String) {
        #expect(Self.text { $0.string(value) } == text)
        #expect(Self.text { $0.string(utf8: Array(value.utf8).span) } == text)
        #expect(Array(JSONWriter.text(of: .object(JSONObject([(value, 1)])))) == Array("{\(text):1}".utf8))
    }

    @Test func `every byte is escaped or copied wherever it stands`() {
        for length in 1...19 {
            for place in 0..<length {
                for byte in UInt8.min...0x7F {
                    var content = [UInt8](repeating: UInt8(ascii: "x"), count: length)
                    content[place] = byte
                    var writer = JSONWriter()
                    writer.string(utf8: content.span)
                    let expected = [0x22] + content[..<place] + Self.escaped(byte) + content[(place + 1)...] + [0x22]
                    #expect(writer.finish() == expected)
                }
            }
        }
    }

    @Test func `a string of nothing but controls grows sixfold, within any buffer`() {
        for byteCount in [1, 40, 41, 42, 43, 255, 256, 257, 5_000] {
            var writer = JSONWriter()
            writer.string(utf8: [UInt8](repeating: 1, count: byteCount).span)
            #expect(
                String(decoding: writer.finish(), as: UTF8.self) == "\""
                    + String(repeating: "\\u0001", count: byteCount) + "\"")
        }
    }

    @Test(
        arguments: [
            (0, "0"), (-0, "0"), (1, "1"), (-1, "-1"), (9, "9"), (10, "10"), (99, "99"), (100, "100"),
            (-1_000, "-1000"),
            (1_234_567_890, "1234567890"), (.max, "9223372036854775807"), (.min, "-9223372036854775808"),
        ] as [(Int64, String)])
    func `integers are written in full`(_ value: Int64, _ text: String) {
        #expect(Self.text { $0.integer(value) } == text)
    }

    @Test(
        arguments: [
            (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (-2.5, "-2.5"), (0.1, "0.1"), (1e-7, "1e-07"), (1e16, "1e+16"),
            (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (35.225079, "35.225079"),
            (1.0 / 3, "0.3333333333333333"),
        ] as [(Double, String)])
    func `doubles are written shortest, and read back as doubles`(_ value: Double, _ text: String) throws {
        #expect(Self.text { $0.double(value) } == text)
        #expect(try JSONReader.read(Array(text.utf8)) == .double(value))
    }

    @Test func `names from data are escaped, names from the source are copied`() {
        let fromData = "a\"b\n"
        let text = Self.text {
            $0.beginObject()
            $0.name("plain")
            $0.integer(1)
            $0.name(fromData)
            $0.integer(2)
            $0.endObject()
        }
        #expect(text == #"{"plain":1,"a\"b\n":2}"#)
    }

    @Test func `what is rendered already goes in as it is`() {
        let text = Self.text {
            $0.beginArray()
            $0.raw(Array("{\"a\":1}".utf8))
            $0.raw(Array("2".utf8).span)
            $0.null()
            $0.endArray()
        }
        #expect(text == #"[{"a":1},2,null]"#)
    }

    @Test func `lines of texts are taken while they are made`() {
        var writer = JSONWriter(reserving: 10)
        writer.value(["a": 1])
        writer.endLine()
        writer.value([1, 2])
        #expect(writer.byteCount == 13)
        #expect(writer.take() == Array("{\"a\":1}\n[1,2]".utf8))
        #expect(writer.byteCount == 0)
        writer.endLine()
        writer.beginArray()
        #expect(writer.take() == Array("\n[".utf8))
        writer.integer(1)
        writer.integer(2)
        writer.endArray()
        #expect(writer.finish() == Array("1,2]".utf8))
    }

    @Test func `a text longer than what was reserved is whole`() {
        let value = JSONValue.array((0..<5_000).map { .integer($0) })
        let expected = "[" + (0..<5_000).map(String.init).joined(separator: ",") + "]"
        #expect(String(decoding: JSONWriter.text(of: value), as: UTF8.self) == expected)
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case 0x22: Array("\\\"".utf8)
        case 0x5C: Array("\\\\".utf8)
        case 0x08: Array("\\b".utf8)
        case 0x09: Array("\\t".utf8)
        case 0x0A: Array("\\n".utf8)
        case 0x0C: Array("\\f".utf8)
        case 0x0D: Array("\\r".utf8)
        case ..<0x10: Array("\\u000\(String(byte, radix: 16))".utf8)
        case ..<0x20: Array("\\u00\(String(byte, radix: 16))".utf8)
        default: [byte]
        }
    }
}
