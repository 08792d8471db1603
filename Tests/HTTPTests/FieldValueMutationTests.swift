import HTTP
import HTTPTypes
import Testing

struct FieldValueMutationTests {
    @Test func `no text crashes the readers of field values and queries`() {
        var generator = SeededGenerator(state: 99)
        let pieces = [
            "Sun", "Sunday", ", ", " ", "06", "-", "Nov", "1994", "94", "08:49:37", "GMT", "\"", "\\", "W/", "*", ",", ";", "q=", "0.5",
            "=",
            "text", "/", "json", "%", "%41", "%C3", "&", "+", "a", "é", "\u{0}", "\t", "\r\n", "1.000", "99999999999999999999",
        ]
        for _ in 0..<4_000 {
            let text = (0..<Int.random(in: 0...9, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            if case .tags(let tags) = EntityTagCondition(text) {
                #expect(EntityTagCondition(tags.map(\.description).joined(separator: ", ")) == .tags(tags))
                #expect(!tags.isEmpty)
            }
            if let type = MediaType(text) { #expect(!type.subtype.isEmpty) }
            for element in WeightedList(text).elements { #expect((0...1000).contains(element.weight)) }
            _ = MediaType.preferred(of: [.json], accept: text)
            _ = try? QueryItems(text)
        }
    }
}
