import Newsroom
import Testing

struct InstantTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1), ("1969-12-31T23:59:59.999Z", -1),
            ("2024-03-27T18:05:00Z", 1_711_562_700_000), ("2024-03-27t18:05:00z", 1_711_562_700_000),
            ("2024-03-27T14:05:00-04:00", 1_711_562_700_000), ("2024-03-27T23:35:00+05:30", 1_711_562_700_000),
            ("2024-03-27T18:05:00-00:00", 1_711_562_700_000), ("2024-03-27T18:05:00.1Z", 1_711_562_700_100),
            ("2024-03-27T18:05:00.12Z", 1_711_562_700_120), ("2024-03-27T18:05:00.1239Z", 1_711_562_700_123),
            ("2024-03-27T18:05:00.123999999Z", 1_711_562_700_123), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("2016-12-31T18:59:60.5-05:00", 1_483_228_800_000),
            ("2015-07-01T08:59:60+09:00", 1_435_708_800_000),
        ] as [(String, Int64)])
    func `RFC 3339 is read`(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(rfc3339: text) == Instant(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2024-03-27", "2024-03-27T18:05:00", "2024-03-27T18:05Z", "2024-03-27 18:05:00Z", "2024-3-27T18:05:00Z",
        "2023-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z",
        "2024-03-27T24:00:00Z", "2024-03-27T18:60:00Z", "2024-03-27T18:05:61Z", "2024-03-27T18:05:60Z", "2016-12-30T23:59:60Z",
        "2016-12-31T22:59:60Z", "2024-03-27T18:05:00.Z", "2024-03-27T18:05:00.1234567890Z", "2024-03-27T18:05:00,5Z",
        "2024-03-27T18:05:00+24:00", "2024-03-27T18:05:00+01:60", "2024-03-27T18:05:00+0100", "2024-03-27T18:05:00+01",
        "2024-03-27T18:05:00Z ", " 2024-03-27T18:05:00Z", "2024-03-27T18:05:00ZZ", "0000-01-01T00:00:00Z", "-001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z", "20240327T180500Z", "２024-03-27T18:05:00Z",
        "2024-03-27T18:05:00\u{2212}04:00",
    ])
    func `anything else is not`(_ text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (1_711_562_700_007, "2024-03-27T18:05:00.007Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (.min, "0001-01-01T00:00:00.000Z"), (.max, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `it is written in UTC with three digits`(_ milliseconds: Int64, _ text: String) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(instant.rfc3339 == text)
        #expect("\(instant)" == text)
        var bytes: [UInt8] = [0x22]
        instant.append(to: &bytes)
        #expect(bytes == [0x22] + Array(text.utf8))
    }

    @Test func `what is written is read as the same`() {
        var randomness = SeededRandomSource(seed: 5)
        let span = UInt64(Instant.latestWritten.milliseconds - Instant.earliestWritten.milliseconds)
        for _ in 0..<2_000 {
            let instant = Instant(milliseconds: Instant.earliestWritten.milliseconds + Int64(randomness.next() % span))
            #expect(Instant(rfc3339: instant.rfc3339) == instant)
        }
    }

    @Test func `a filter may be given a plain day, which begins in UTC`() {
        #expect(Instant(rfc3339OrDate: "2024-03-27") == Instant(rfc3339: "2024-03-27T00:00:00Z"))
        #expect(Instant(rfc3339OrDate: "2024-03-27T18:05:00Z") == Instant(rfc3339: "2024-03-27T18:05:00Z"))
        for text in ["2024-03", "2024-02-30", "2024-03-27T", "0000-01-01", "27-03-2024"] { #expect(Instant(rfc3339OrDate: text) == nil) }
    }

    @Test func `the day is counted down, not towards zero`() {
        #expect(Instant(milliseconds: -1).daysSince1970 == -1)
        #expect(Instant(milliseconds: 86_399_999).daysSince1970 == 0)
        #expect(Instant(daysSince1970: -1).milliseconds == -86_400_000)
    }
}
