import Testing

@testable import Newsroom

/// POSIX TZ texts: what they say, and what is none.
@Suite struct ZoneRuleTests {
    private func rule(_ text: String) -> ZoneRule? { ZoneRule(text.utf8.span) }

    /// Hours east of UTC at an instant.
    private func hours(_ text: String, at instant: String) throws -> Double {
        let read = try #require(self.rule(text))
        let moment = try #require(Instant(rfc3339: instant))
        return Double(read.offset(at: Int(moment.milliseconds / 1_000))) / 3_600
    }

    @Test(arguments: [
        ("UTC0", "2024-07-01T00:00:00Z", 0), ("<+0330>-3:30", "2024-07-01T00:00:00Z", 3.5), ("<-03>3", "1900-01-01T00:00:00Z", -3),
        ("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", "2024-01-01T00:00:00Z", 13.75),
        // North: begins at 07:00 UTC on the second Sunday of March, ends at 06:00 UTC on the first Sunday of November.
        ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T06:59:59Z", -5), ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T07:00:00Z", -4),
        ("EST5EDT,M3.2.0,M11.1.0", "2024-11-03T05:59:59Z", -4), ("EST5EDT,M3.2.0,M11.1.0", "2024-11-03T06:00:00Z", -5),
        ("EST5EDT,M3.2.0,M11.1.0", "2400-07-01T00:00:00Z", -4), ("EST5EDT4,M3.2.0/2:00:00,M11.1.0/2", "2024-07-01T00:00:00Z", -4),
        // The last Sunday.
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31T00:59:59Z", 1), ("CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31T01:00:00Z", 2),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27T00:59:59Z", 2), ("CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27T01:00:00Z", 1),
        // South: summer lasts over new year.
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-01-01T00:00:00Z", 11), ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-07-01T00:00:00Z", 10),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-12-31T23:00:00Z", 11),
        // Ireland's winter is its exception.
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-01-01T00:00:00Z", 0), ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-07-01T00:00:00Z", 1),
        // Half an hour.
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2024-01-01T00:00:00Z", 11),
        // Times before the day and beyond it (RFC 9636 §3.3.1).
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T00:59:59Z", -2), ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T01:00:00Z", -1),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2024-03-28T23:59:59Z", 2), ("IST-2IDT,M3.4.4/26,M10.5.0", "2024-03-29T00:00:00Z", 3),
        // Days by their number: 29 February counts in the one way and not in the other.
        ("AAA0BBB,J60/0,J300/0", "2024-02-29T23:59:59Z", 0), ("AAA0BBB,J60/0,J300/0", "2024-03-01T00:00:00Z", 1),
        ("AAA0BBB,59/0,300/0", "2024-02-28T23:59:59Z", 0), ("AAA0BBB,59/0,300/0", "2024-02-29T00:00:00Z", 1),
        // Summer all year.
        ("XXX3EDT4,0/0,J365/23", "2024-01-01T03:00:00Z", -4), ("XXX3EDT4,0/0,J365/23", "2024-12-31T23:00:00Z", -4),
    ])
    func `a rule says what the clock does in every year`(_ text: String, _ instant: String, _ expected: Double) throws {
        #expect(try hours(text, at: instant) == expected)
    }

    @Test(arguments: [
        "", "E", "EST", "ES5", "EST25", "EST5:60", "EST5EDT", "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,", "EST5EDT,M13.2.0,M11.1.0",
        "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J60", "EST5EDT,J366,J60", "EST5EDT,366,0",
        "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0/,M11.1.0", "<EST5", "<>5", "<A>5", "EST5 ", "EST--5",
        "EST99999999999999999999", "EST5EDT,M3.2.0,M11.1.0\n", "ÉST5",
    ])
    func `any other text is none`(_ text: String) {
        #expect(rule(text) == nil)
    }
}
