import Testing

@testable import JSON

/// Walking over texts of our own without reading them.
struct CompactJSONTests {
    private let value: JSONValue = [
        "a": -1, "b": "quote \" backslash \\ end\\", "c": [.null, ["x": []], "]}"], "": [:], "d\"e": true, "f": 1.5,
        "long": .string(String(repeating: "é\n0123456", count: 20)),
    ]

    @Test func `members are found with what they hold`() {
        let text = JSONWriter.text(of: value)
        guard var cursor = CompactJSON(text.span) else { return #expect(Bool(false), "no brackets") }
        guard case .object(let object) = value else { return }
        for (name, value) in object.members {
            guard let member = cursor.nextMember(of: text.span) else { return #expect(Bool(false), "\(name) is not found") }
            #expect(
                "\"\(String(decoding: text[member.name], as: UTF8.self))\""
                    == String(decoding: JSONWriter.text(of: .string(name)), as: UTF8.self))
            #expect(Array(text[member.value]) == JSONWriter.text(of: value))
        }
        let isAtEnd = cursor.nextMember(of: text.span) == nil
        #expect(isAtEnd)
    }

    @Test func `elements are found`() {
        let elements: [JSONValue] = [.integer(1), .string(","), .array([.array([])]), .null, value]
        let text = JSONWriter.text(of: .array(elements))
        guard var cursor = CompactJSON(text.span) else { return #expect(Bool(false), "no brackets") }
        for element in elements {
            guard let range = cursor.nextElement(of: text.span) else { return #expect(Bool(false), "an element is not found") }
            #expect(Array(text[range]) == JSONWriter.text(of: element))
        }
        let isAtEnd = cursor.nextElement(of: text.span) == nil
        #expect(isAtEnd)
    }

    @Test func `no text makes it trap`() {
        let text = JSONWriter.text(of: value)
        var random = SeededGenerator(seed: 7)
        for end in 0...text.count {
            walk(Array(text[..<end]))
            var changed = text
            changed[Int.random(in: 0..<text.count, using: &random)] = "\"\\{}[],:x0".utf8.randomElement(using: &random) ?? 0
            walk(changed)
        }
    }

    private func walk(_ text: [UInt8]) {
        for start in [0, 1, text.count / 2, text.count] {
            var members = CompactJSON(text.span, at: start)
            var elements = members
            var count = 0
            while let member = members?.nextMember(of: text.span), count < 1_000 {
                #expect(member.value.upperBound <= text.count)
                count += 1
            }
            while let element = elements?.nextElement(of: text.span), count < 2_000 {
                #expect(element.upperBound <= text.count)
                count += 1
            }
        }
    }
}
