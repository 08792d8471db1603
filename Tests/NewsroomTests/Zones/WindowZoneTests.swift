import Testing

@testable import Newsroom

/// The instants that windows with a zone mean.
@Suite struct WindowZoneTests {
    private func window(_ edtf: String, _ zone: String?) throws -> Window {
        Window(edtf: try EDTF(parsing: edtf), zone: try zone.map { try #require(TimeZoneName($0)) })
    }

    @Test(
        arguments: [
            ("2024-04-01", nil, "2024-04-01T00:00:00.000Z", "2024-04-01T23:59:59.999Z"),
            ("2024-04-01", "UTC", "2024-04-01T00:00:00.000Z", "2024-04-01T23:59:59.999Z"),
            ("2024-04-01", "America/New_York", "2024-04-01T04:00:00.000Z", "2024-04-02T03:59:59.999Z"),
            // 23 hours, and 25.
            ("2024-03-10", "America/New_York", "2024-03-10T05:00:00.000Z", "2024-03-11T03:59:59.999Z"),
            ("2024-11-03", "America/New_York", "2024-11-03T04:00:00.000Z", "2024-11-04T04:59:59.999Z"),
            ("2024-03", "America/New_York", "2024-03-01T05:00:00.000Z", "2024-04-01T03:59:59.999Z"),
            ("2024-04-01/..", "America/New_York", "2024-04-01T04:00:00.000Z", nil),
            ("../2024-04-01", "Asia/Tokyo", nil, "2024-04-01T14:59:59.999Z"),
            ("2024-04-01/2024-04-07", "Asia/Kathmandu", "2024-03-31T18:15:00.000Z", "2024-04-07T18:14:59.999Z"),
            // Times of day: local without an offset, and what their offset says with one.
            ("2024-04-01T10:00:00", "America/New_York", "2024-04-01T14:00:00.000Z", "2024-04-01T14:00:00.000Z"),
            ("2024-04-01T10:00:00.250", "America/New_York", "2024-04-01T14:00:00.250Z", "2024-04-01T14:00:00.250Z"),
            ("2024-04-01T10:00:00+03:00", "America/New_York", "2024-04-01T07:00:00.000Z", "2024-04-01T07:00:00.000Z"),
            ("2024-04-01T10:00:00", nil, "2024-04-01T10:00:00.000Z", "2024-04-01T10:00:00.000Z"),
            ("1950-04-01T10:00:00.250", "Europe/Paris", "1950-04-01T09:00:00.250Z", "1950-04-01T09:00:00.250Z"),
            // Left out: by the offset before. Shown twice: the one or the other.
            ("2024-03-10T02:30:00", "America/New_York", "2024-03-10T07:30:00.000Z", "2024-03-10T07:30:00.000Z"),
            ("2024-11-03T01:30:00", "America/New_York", "2024-11-03T05:30:00.000Z", "2024-11-03T06:30:00.000Z"),
            // A midnight that was left out, one that came twice, and a day that never was.
            ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z", "2018-11-05T01:59:59.999Z"),
            ("2018-11-03", "America/Sao_Paulo", "2018-11-03T03:00:00.000Z", "2018-11-04T02:59:59.999Z"),
            ("2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00:00.000Z", "2018-02-18T02:59:59.999Z"),
            ("2023-11-05", "America/Havana", "2023-11-05T04:00:00.000Z", "2023-11-06T04:59:59.999Z"),
            ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z", "2011-12-30T10:00:00.000Z"),
            ("2011-12-29", "Pacific/Apia", "2011-12-29T10:00:00.000Z", "2011-12-30T09:59:59.999Z"),
            ("2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00.000Z", "2011-12-31T09:59:59.999Z"),
            // A zone that this machine does not know.
            ("2024-04-01", "America/Nowhere", "2024-04-01T00:00:00.000Z", "2024-04-01T23:59:59.999Z"),
        ] as [(String, String?, String?, String?)])
    func `bounds are worked out by the rules of the zone`(_ edtf: String, _ zone: String?, _ first: String?, _ last: String?) throws {
        let window = try window(edtf, zone)
        #expect(window.first?.rfc3339 == first)
        #expect(window.last?.rfc3339 == last)
        #expect(window.earliestAt == window.first && window.latestAt == window.last)
    }

    @Test func `a day is called the same everywhere, a local time is the instant that it means`() throws {
        let day = try window("2024-04-01/..", "America/New_York")
        #expect(day.earliest == "2024-04-01" && day.latest == nil && day.precision == .day)
        let time = try window("2024-11-03T01:30:00", "America/New_York")
        #expect(time.earliest == "2024-11-03T05:30:00.000Z" && time.latest == "2024-11-03T06:30:00.000Z" && time.precision == .time)
    }

    @Test func `the farthest years can be counted in a zone too`() throws {
        let far = try window("Y-290000000/Y290000000", "America/New_York")
        #expect(try #require(far.first) < #require(far.last))
        #expect(far.earliestAt == nil && far.latestAt == nil)
    }

    @Test func `windows in zones sort by the instant at which they begin, the narrower first`() throws {
        let windows = try [
            window("2024-04-01", "Asia/Tokyo"), window("2024-04-01T00:00:00", "UTC"), window("2024-04-01", nil),
            window("2024-04-01", "America/New_York"), window("2024-04-01/..", "America/New_York"),
        ]
        #expect(windows.shuffled().sorted { $0.sortKey < $1.sortKey } == windows)
    }

    @Test func `an interval that its zone turns round is refused, and never ends before it begins`() throws {
        let turned = try window("2024-04-01T10:00:00Z/2024-04-01T11:00:00", "Asia/Tokyo")
        #expect(try #require(turned.first) <= #require(turned.last))
        var draft = Event.Draft()
        draft.title = "Talks"
        draft.window = turned
        let failures = draft.settled(after: nil, at: Instant(milliseconds: 0)).failures
        #expect(failures.map(\.path) == ["/window/edtf"])
    }

    @Test func `a window is wholly before or behind another by the bound that is asked about`() throws {
        let april = try EDTF(parsing: "2024-04")
        let before = try window("2024-03-31", nil)
        let within = try window("2024-04-10", nil)
        let behind = try window("2024-05-01/..", nil)
        #expect(before.isOrdered(by: .less, to: april) && !within.isOrdered(by: .less, to: april))
        #expect(within.isOrdered(by: .lessOrEqual, to: april) && within.isOrdered(by: .greaterOrEqual, to: april))
        #expect(behind.isOrdered(by: .greater, to: april) && !behind.isOrdered(by: .lessOrEqual, to: april))
        #expect(try !window("../2024-03", nil).isOrdered(by: .greaterOrEqual, to: april))
        #expect(try !before.isOrdered(by: .less, to: EDTF(parsing: "../2024-04")))
    }
}
