import Newsroom
import Testing

struct IDTests {
    @Test func `an id is its kind's prefix and a ULID`() {
        let id = ID<Article>("art_01HT1WZ3R014HMASW9NF6YY093")
        #expect(id?.text == "art_01HT1WZ3R014HMASW9NF6YY093")
        #expect(id?.ulid == ULID("01HT1WZ3R014HMASW9NF6YY093"))
        #expect("\(ID<Event>(ULID(bits: 0)))" == "evt_00000000000000000000000000")
        #expect(ID<Person>(ULID(bits: 1)).text == "per_00000000000000000000000001")
        #expect(ID<Organization>(ULID(bits: 1)).text == "org_00000000000000000000000001")
    }

    @Test(arguments: [
        "", "art_", "per_01HT1WZ3R014HMASW9NF6YY093", "01HT1WZ3R014HMASW9NF6YY093", "art-01HT1WZ3R014HMASW9NF6YY093",
        "ART_01HT1WZ3R014HMASW9NF6YY093", "art_01ht1wz3r014hmasw9nf6yy093", " art_01HT1WZ3R014HMASW9NF6YY093",
        "art_01HT1WZ3R014HMASW9NF6YY093\n", "art_01HT1WZ3R014HMASW9NF6YY09", "art_01HT1WZ3R014HMASW9NF6YY0931",
    ])
    func `any other text is no id of an article`(_ text: String) {
        #expect(ID<Article>(text) == nil)
    }

    @Test func `ids sort as they were made`() {
        var randomness = SeededRandomSource(seed: 1)
        let early = ID<Article>.make(at: Instant(milliseconds: 1), randomness: &randomness)
        let late = ID<Article>.make(at: Instant(milliseconds: 2), randomness: &randomness)
        #expect(early < late)
        #expect(ID<Article>(early.text) == early)
    }

    @Test func `the bytes are those of the text`() throws {
        let id = try #require(ID<Event>("evt_01HT1WZ3R014HMASW9NF6YY093"))
        let bytes = id.bytes
        #expect(bytes.indices.map { bytes[$0] } == Array(id.text.utf8))
    }

    @Test func `the kind can be told from an id`() {
        #expect(Kind(ofID: "org_01HT1WZ3R014HMASW9NF6YY093") == .organization)
        #expect(Kind(ofID: "src_01HT1WZ3R014HMASW9NF6YY093") == nil)
        for kind in Kind.allCases { #expect(Kind(ofID: kind.idPrefix + "_") == kind) }
    }
}
