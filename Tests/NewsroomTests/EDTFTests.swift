import Newsroom
import Testing

/// What one EDTF text means.
struct EDTFCase: Sendable, CustomTestStringConvertible {
    let text: String
    let earliest: String?
    let latest: String?
    let precision: WindowPrecision
    /// Where it is written otherwise than it was read.
    var canonical: String?

    init(_ text: String, _ earliest: String?, _ latest: String?, _ precision: WindowPrecision, writes canonical: String? = nil) {
        self.text = text
        self.earliest = earliest
        self.latest = latest
        self.precision = precision
        self.canonical = canonical
    }

    var testDescription: String { text }
}

struct EDTFTests {
    static let level0 = [
        EDTFCase("2024", "2024-01-01", "2024-12-31", .year),
        EDTFCase("2024-02", "2024-02-01", "2024-02-29", .month),
        EDTFCase("2023-02", "2023-02-01", "2023-02-28", .month),
        EDTFCase("1900-02", "1900-02-01", "1900-02-28", .month),
        EDTFCase("2024-02-29", "2024-02-29", "2024-02-29", .day),
        EDTFCase("0000", "0000-01-01", "0000-12-31", .year),
        EDTFCase("1985-04-12T23:20:30", "1985-04-12T23:20:30.000Z", "1985-04-12T23:20:30.000Z", .time),
        EDTFCase("1985-04-12T23:20:30Z", "1985-04-12T23:20:30.000Z", "1985-04-12T23:20:30.000Z", .time),
        EDTFCase(
            "1985-04-12T23:20:30-04", "1985-04-13T03:20:30.000Z", "1985-04-13T03:20:30.000Z", .time, writes: "1985-04-12T23:20:30-04:00"),
        EDTFCase("1985-04-12T23:20:30+04:30", "1985-04-12T18:50:30.000Z", "1985-04-12T18:50:30.000Z", .time),
        EDTFCase("1964/2008", "1964-01-01", "2008-12-31", .year),
        EDTFCase("2004-06/2006-08", "2004-06-01", "2006-08-31", .month),
        EDTFCase("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", .day),
        EDTFCase("2004-02-01/2005-02", "2004-02-01", "2005-02-28", .month),
        EDTFCase("2004-02-01/2005", "2004-02-01", "2005-12-31", .year),
        EDTFCase("2005/2006-02", "2005-01-01", "2006-02-28", .year),
    ]

    static let level1 = [
        EDTFCase("Y170000002", "+170000002-01-01", "+170000002-12-31", .year),
        EDTFCase("Y-170000002", "-170000002-01-01", "-170000002-12-31", .year),
        EDTFCase("2001-21", "2001-03-01", "2001-05-31", .month),
        EDTFCase("2001-22", "2001-06-01", "2001-08-31", .month),
        EDTFCase("2001-23", "2001-09-01", "2001-11-30", .month),
        EDTFCase("2003-24", "2003-12-01", "2004-02-29", .month),
        EDTFCase("1984?", "1984-01-01", "1984-12-31", .year),
        EDTFCase("2004-06~", "2004-06-01", "2004-06-30", .month),
        EDTFCase("2004-06-11%", "2004-06-11", "2004-06-11", .day),
        EDTFCase("201X", "2010-01-01", "2019-12-31", .year),
        EDTFCase("20XX", "2000-01-01", "2099-12-31", .year),
        EDTFCase("000X", "0000-01-01", "0009-12-31", .year),
        EDTFCase("2004-XX", "2004-01-01", "2004-12-31", .year),
        EDTFCase("1985-04-XX", "1985-04-01", "1985-04-30", .month),
        EDTFCase("1985-XX-XX", "1985-01-01", "1985-12-31", .year),
        EDTFCase("2024-04-XX~", "2024-04-01", "2024-04-30", .month),
        EDTFCase("1985-04-12/..", "1985-04-12", nil, .day),
        EDTFCase("1985-04/..", "1985-04-01", nil, .month),
        EDTFCase("1985/..", "1985-01-01", nil, .year),
        EDTFCase("../1985-04-12", nil, "1985-04-12", .day),
        EDTFCase("../1985-04", nil, "1985-04-30", .month),
        EDTFCase("../1985", nil, "1985-12-31", .year),
        EDTFCase("1985-04-12/", "1985-04-12", nil, .day),
        EDTFCase("1985-04/", "1985-04-01", nil, .month),
        EDTFCase("1985/", "1985-01-01", nil, .year),
        EDTFCase("/1985-04-12", nil, "1985-04-12", .day),
        EDTFCase("/1985-04", nil, "1985-04-30", .month),
        EDTFCase("/1985", nil, "1985-12-31", .year),
        EDTFCase("1984~/2004-06", "1984-01-01", "2004-06-30", .year),
        EDTFCase("1984?/2004%", "1984-01-01", "2004-12-31", .year),
        EDTFCase("1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08", .day),
        EDTFCase("1984-06-02~/", "1984-06-02", nil, .day),
        EDTFCase("../2004-08-08?", nil, "2004-08-08", .day),
        EDTFCase("2003-22/2004-22", "2003-06-01", "2004-08-31", .month),
        EDTFCase("-1985", "-1985-01-01", "-1985-12-31", .year),
        EDTFCase("-0044-03-15", "-0044-03-15", "-0044-03-15", .day),
        EDTFCase("-0005-02", "-0005-02-01", "-0005-02-28", .month),
        EDTFCase("-0004-02", "-0004-02-01", "-0004-02-29", .month),
        EDTFCase("-0100/0100", "-0100-01-01", "0100-12-31", .year),
    ]

    /// What a newsroom needs besides.
    static let extensions = [
        EDTFCase("2024-03-27T18:05Z", "2024-03-27T18:05:00.000Z", "2024-03-27T18:05:00.000Z", .time, writes: "2024-03-27T18:05:00Z"),
        EDTFCase("2024-03-27T18:05", "2024-03-27T18:05:00.000Z", "2024-03-27T18:05:00.000Z", .time, writes: "2024-03-27T18:05:00"),
        EDTFCase("2024-03-27T18:05:00.250Z", "2024-03-27T18:05:00.250Z", "2024-03-27T18:05:00.250Z", .time),
        EDTFCase("2024-03-27T18:05:00.000Z", "2024-03-27T18:05:00.000Z", "2024-03-27T18:05:00.000Z", .time, writes: "2024-03-27T18:05:00Z"),
        EDTFCase(
            "2024-03-27T18:05:00+00:00", "2024-03-27T18:05:00.000Z", "2024-03-27T18:05:00.000Z", .time, writes: "2024-03-27T18:05:00Z"),
        EDTFCase("2024-03-27T09:00:00Z/2024-03-27T11:30:00Z", "2024-03-27T09:00:00.000Z", "2024-03-27T11:30:00.000Z", .time),
        EDTFCase("2024-03-27T09:00:00-04:00/..", "2024-03-27T13:00:00.000Z", nil, .time),
        EDTFCase("2024-03-27T09:00:00Z/2024-03-28", "2024-03-27T09:00:00.000Z", "2024-03-28", .day),
        EDTFCase("2024-04-10/2024-04", "2024-04-10", "2024-04-30", .month),
    ]

    @Test(arguments: level0 + level1 + extensions)
    func `a form is read, bounded, and written back`(_ expected: EDTFCase) throws {
        let edtf = try EDTF(parsing: expected.text)
        #expect(edtf.text == expected.canonical ?? expected.text)
        #expect(edtf.earliest == expected.earliest)
        #expect(edtf.latest == expected.latest)
        #expect(edtf.precision == expected.precision)
        #expect(EDTF(edtf.text) == edtf)
        #expect(EDTF(edtf.text)?.text == edtf.text)
        if let first = edtf.first, let last = edtf.last { #expect(first <= last) }
        #expect((edtf.first == nil) == (expected.earliest == nil))
        #expect((edtf.last == nil) == (expected.latest == nil))
    }

    @Test(arguments: [
        "", " ", "24", "202", "20245", "2024-", "2024-1", "2024-13", "2024-00", "2024-20", "2024-25", "2024-41", "2024-04-", "2024-04-1",
        "2024-04-31", "2023-02-29", "1900-02-29", "2024-04-00", "2024-04-01-", "20240401", "2024/04/01", "2024-04-01T", "2024-04-01T10",
        "2024-04-01T24:00:00", "2024-04-01T10:60:00", "2024-04-01T10:00:60Z", "2024-04-01T10:00:00+25:00", "2024-04-01T10:00:00Zx",
        "2024-04-01 10:00:00Z", "2024-04T10:00:00Z", "2024-04-XXT10:00:00Z", "2024-04-01T10:00:00Z?", "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z", "2024-04-01T10:00:00.1234567890Z", "2024-21-01", "2024-21-XX", "2XXX", "XXXX", "X024", "20X4",
        "201X-04", "20XX-XX", "156X-12-25", "XXXX-12", "2024-XX-01", "2024-X1", "2024-1X", "2024-04-1X", "2024xx", "-201X", "-0000",
        "-", "?", "~", "%", "2024??", "2024?~", "?2024", "2024-?04", "2024-04?-01", "~2024-04", "Y2024", "Y02024", "Y", "Y-", "Y-2024",
        "Y12345678901234567890", "Y17E7", "Y290000001", "Y170000002-01", "y170000002", "+2024", "[2024,2025]", "{2024..2025}",
        "2024-04-01/2024-04-02/2024-04-03", "/", "../..", "../", "/..", "..", "...", "2024/...", "2024-05/2024-04", "2024-04-02/2024-04-01",
        "2025/2024", "2024-03-27T10:00:00Z/2024-03-27T09:59:59Z", "2024-04-01/2024-03-31T23:59:59Z", "unknown/2024", "2024/open",
        "2024-04-01T10:00:00Z/10:30", "２０２４", "2024-04-01\n", "2024-04-01\0", String(repeating: "2", count: 65),
        String(repeating: "2024/", count: 100_000),
    ])
    func `any other text is refused with a sentence`(_ text: String) {
        let error = #expect(throws: EDTFError.self) { try EDTF(parsing: text) }
        #expect(error?.message.isEmpty == false)
        #expect(EDTF(text) == nil)
    }

    @Test func `days reach from their first to their last millisecond`() throws {
        let day = try EDTF(parsing: "2024-04-01")
        #expect(day.first == Instant(rfc3339: "2024-04-01T00:00:00.000Z"))
        #expect(day.last == Instant(rfc3339: "2024-04-01T23:59:59.999Z"))
        let week = try EDTF(parsing: "2024-04-01/2024-04-07")
        #expect(week.last == Instant(rfc3339: "2024-04-07T23:59:59.999Z"))
        let moment = try EDTF(parsing: "2024-04-01T10:00:00+03:00")
        #expect(moment.first == Instant(rfc3339: "2024-04-01T07:00:00Z"))
        #expect(moment.last == moment.first)
    }

    @Test func `the farthest years can still be counted`() throws {
        let far = try EDTF(parsing: "Y-290000000/Y290000000")
        #expect(try #require(far.first) < #require(far.last))
        #expect(far.text == "Y-290000000/Y290000000")
        #expect(Window(edtf: far).sortKey.width == .max)
    }

    @Test func `an instant is a moment in UTC`() throws {
        let instant = try #require(Instant(rfc3339: "2024-03-27T14:05:00.25-04:00"))
        let edtf = EDTF(at: instant)
        #expect(edtf.text == "2024-03-27T18:05:00.250Z")
        #expect(edtf.first == instant)
        #expect(EDTF(edtf.text) == edtf)
    }

    @Test func `qualifiers are told apart`() throws {
        let texts = ["2024-04", "2024-04?", "2024-04~", "2024-04%"]
        let all = try texts.map { try EDTF(parsing: $0) }
        #expect(Set(all).count == 4)
        #expect(all.map { $0.start?.qualifier } == [nil, .uncertain, .approximate, .both])
    }

    @Test func `an end that is open is not one that is unknown`() throws {
        let open = try EDTF(parsing: "2024-04-01/..")
        let unknown = try EDTF(parsing: "2024-04-01/")
        #expect(open != unknown)
        guard case .interval(.date, .open) = open.shape, case .interval(.date, .unknown) = unknown.shape else {
            Issue.record("\(open.shape) \(unknown.shape)")
            return
        }
    }

    @Test func `no text of a few characters brings the parser down`() {
        let alphabet = Array("0129XTYZ-+:./?~% ")
        var randomness = SeededRandomSource(seed: 21)
        for _ in 0..<20_000 {
            let count = Int(randomness.next() % 14)
            let text = String((0..<count).map { _ in alphabet[Int(randomness.next() % UInt64(alphabet.count))] })
            if let edtf = EDTF(text) { #expect(EDTF(edtf.text) == edtf, "\(text)") }
        }
    }
}
