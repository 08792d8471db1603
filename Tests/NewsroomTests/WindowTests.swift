import Newsroom
import Testing

struct WindowTests {
    private func window(_ text: String) throws -> Window {
        Window(edtf: try EDTF(parsing: text))
    }

    @Test func `windows sort by their start, the narrower first`() throws {
        let texts = [
            "../2024-04-01", "2024", "2024-03-31", "2024-04-01T00:00:00Z", "2024-04-01", "2024-04-01/2024-04-07", "2024-04",
            "2024-04-01/..", "2024-04-02",
        ]
        let sorted = try texts.shuffled().map(window).sorted { $0.sortKey < $1.sortKey }.map { $0.edtf.text }
        #expect(sorted == texts)
    }

    @Test(arguments: [
        ("2024-04-01", true), ("2024-04-07", true), ("2024-03-31", false), ("2024-04-08", false), ("2024-04", true),
        ("2024-03-31/..", true),
        ("../2024-04-01", true), ("../2024-03-31", false), ("2024-04-08/..", false), ("2024-03-31T23:59:59Z", false),
        ("2024-04-07T23:59:59Z", true),
        ("/2024-04-03", true), ("2024-04-03/", true),
    ])
    func `windows overlap a span that may hold some of them`(_ text: String, _ overlaps: Bool) throws {
        let from = try #require(Instant(rfc3339: "2024-04-01T00:00:00Z"))
        let through = try #require(Instant(rfc3339: "2024-04-07T23:59:59.999Z"))
        #expect(try window(text).overlaps(from, through) == overlaps)
    }

    @Test func `windows are equal in all that they say`() throws {
        let one = try window("2024-04-01/..")
        var other = one
        #expect(one == other)
        other.stated = "as early as next week"
        #expect(one != other)
        other = one
        other.confirmed = true
        #expect(one != other)
        #expect("\(one)" == "2024-04-01/..")
    }

    @Test(arguments: [
        "UTC", "Europe/Berlin", "America/New_York", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "America/Port-au-Prince", "Japan", "EST",
    ])
    func `zones have the names of the IANA database`(_ text: String) {
        #expect(TimeZoneName(text)?.text == text)
    }

    @Test(arguments: [
        "", ".", "..", "./UTC", "Europe/", "/Berlin", "Europe//Berlin", "../../etc/passwd", "Europe/New York", "A/B/C/D", "+02:00",
        "Europe/Berlin\n", "Europe/../x", "A/" + String(repeating: "b", count: 63),
    ])
    func `other texts name no zone`(_ text: String) {
        #expect(TimeZoneName(text) == nil)
    }
}
