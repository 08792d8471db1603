import Newsroom
import Testing

struct ULIDTests {
    @Test func `the text is 26 characters of Crockford's base 32, time first`() {
        // 0x018E83CF8F00 milliseconds are 2024-03-28T06:46:41.664Z.
        let ulid = ULID(bits: 0x018E_83CF_8F00_0123_4567_89AB_CDEF_0123)
        #expect(ulid.text == "01HT1WZ3R004HMASW9NF6YY093")
        #expect(ULID("01HT1WZ3R004HMASW9NF6YY093") == ulid)
        #expect(ulid.milliseconds == 0x018E_83CF_8F00)
    }

    @Test(arguments: [
        ("00000000000000000000000000", UInt128(0)), ("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", UInt128.max),
        ("00000000000000000000000010", UInt128(32)), ("0000000000000000000000000Z", UInt128(31)),
    ])
    func `text and bits are the same thing`(_ text: String, _ bits: UInt128) {
        #expect(ULID(text)?.bits == bits)
        #expect(ULID(bits: bits).text == text)
    }

    @Test(arguments: [
        "", "01HT1WZ3R014HMASW9NF6YY09", "01HT1WZ3R014HMASW9NF6YY0933", "01ht1wz3r014hmasw9nf6yy093", "81HT1WZ3R014HMASW9NF6YY093",
        "0IHT1WZ3R014HMASW9NF6YY093", "0LHT1WZ3R014HMASW9NF6YY093", "0OHT1WZ3R014HMASW9NF6YY093", "0UHT1WZ3R014HMASW9NF6YY093",
        "01HT1WZ3R014HMASW9NF6YY09é", "01HT1WZ3R014HMASW9NF6YY09 ", "-1HT1WZ3R014HMASW9NF6YY093",
    ])
    func `any other text is refused`(_ text: String) {
        #expect(ULID(text) == nil)
    }

    @Test func `every character of the alphabet survives a round trip`() {
        var randomness = SeededRandomSource(seed: 7)
        for _ in 0..<500 {
            let ulid = ULID(bits: UInt128(randomness.next()) << 64 | UInt128(randomness.next()))
            #expect(ULID(ulid.text) == ulid)
        }
    }

    @Test func `every byte at every place means what the alphabet says`() {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        for place in 0..<26 {
            for byte in UInt8.min...UInt8.max {
                var text = Array("01HT1WZ3R004HMASW9NF6YY093".utf8)
                text[place] = byte
                var expected: UInt128? = 0
                for (index, character) in text.enumerated() {
                    guard let value = alphabet.firstIndex(of: character), index > 0 || value < 8, let bits = expected else {
                        expected = nil
                        continue
                    }
                    expected = bits << 5 | UInt128(value)
                }
                let ulid = ULID(text.span)
                #expect(ulid?.bits == expected, "\(byte) at \(place)")
                if let ulid { #expect(ulid.text == String(decoding: text, as: UTF8.self)) }
            }
        }
    }

    @Test func `texts sort as their times do`() {
        var randomness = SeededRandomSource(seed: 1)
        let early = ULID(at: Instant(milliseconds: 1_000), randomness: &randomness)
        let late = ULID(at: Instant(milliseconds: 1_001), randomness: &randomness)
        #expect(early < late)
        #expect(early.text < late.text)
    }

    @Test func `times that do not fit are counted as the nearest that do`() {
        var randomness = SeededRandomSource(seed: 1)
        #expect(ULID(at: .distantPast, randomness: &randomness).milliseconds == 0)
        #expect(ULID(at: Instant(milliseconds: .max), randomness: &randomness).milliseconds == 0xFFFF_FFFF_FFFF)
    }

    @Test func `a generator ascends within a millisecond and when the clock steps back`() {
        var generator = ULIDGenerator(randomness: SeededRandomSource(seed: 3))
        var last = generator.next(at: Instant(milliseconds: 5_000))
        for milliseconds in [5_000, 5_000, 4_000, 5_001, 4_999, 6_000] as [Int64] {
            let next = generator.next(at: Instant(milliseconds: milliseconds))
            #expect(last < next)
            last = next
        }
        #expect(last.milliseconds == 6_000)
    }

    @Test func `a seed decides the ids, and another seed gives others`() {
        var one = SeededRandomSource(seed: 1)
        var same = SeededRandomSource(seed: 1)
        var other = SeededRandomSource(seed: 2)
        let instant = Instant(milliseconds: 0)
        let id = ULID(at: instant, randomness: &one)
        #expect(id == ULID(at: instant, randomness: &same))
        #expect(id != ULID(at: instant, randomness: &other))
    }
}
