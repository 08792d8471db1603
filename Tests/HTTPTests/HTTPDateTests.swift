import HTTP
import Testing

struct HTTPDateTests {
    private let now = HTTPDate(secondsSince1970: 1_711_562_700)

    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_711_562_700, "Wed, 27 Mar 2024 18:05:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (951_868_799, "Tue, 29 Feb 2000 23:59:59 GMT"),
            (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (-86_400, "Wed, 31 Dec 1969 00:00:00 GMT"), (-86_401, "Tue, 30 Dec 1969 23:59:59 GMT"),
            (-2_208_988_800, "Mon, 01 Jan 1900 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"), (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
            (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        ] as [(Int64, String)])
    func `a date is written in 29 bytes and read again`(_ seconds: Int64, _ text: String) throws {
        #expect(HTTPDate(secondsSince1970: seconds).description == text)
        #expect(HTTPDate(secondsSince1970: seconds).bytes.count == 29)
        #expect(HTTPDate(text, now: now)?.secondsSince1970 == seconds)
    }

    @Test func `days of two centuries come back`() {
        for day in stride(from: Int64(-26_000), to: 48_000, by: 5) {
            let date = HTTPDate(secondsSince1970: day * 86_400 + 45_296)
            #expect(HTTPDate(date.description, now: now) == date)
        }
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
    func `the three forms mean the same`(_ text: String) {
        #expect(HTTPDate(text, now: now)?.secondsSince1970 == 784_111_777)
    }

    @Test func `the asctime form has two digits for later days`() {
        #expect(HTTPDate("Wed Mar 27 18:05:00 2024", now: now) == now)
    }

    @Test(arguments: [("24", 2024), ("74", 2074), ("75", 1975), ("94", 1994), ("00", 2000), ("99", 1999)])
    func `two digits of a year are those nearest to now, at most 50 years ahead`(_ digits: String, _ year: Int) {
        let short = HTTPDate("Monday, 01-Jan-\(digits) 00:00:00 GMT", now: now)
        #expect(short == HTTPDate("Mon, 01 Jan \(year) 00:00:00 GMT", now: now))
        #expect(short != nil)
    }

    @Test func `a leap second lies in the next minute`() {
        #expect(HTTPDate("Sat, 31 Dec 2016 23:59:60 GMT", now: now) == HTTPDate("Sun, 01 Jan 2017 00:00:00 GMT", now: now))
    }

    @Test(arguments: [
        "", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT", "Sun 06 Nov 1994 08:49:37 GMT", "sun, 06 nov 1994 08:49:37 gmt", "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 2023 08:49:37 GMT", "Sun, 29 Feb 2100 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 1994 GMT", "1994-11-06T08:49:37Z", "784111777",
        "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Xyz 1994 08:49:37 GMT", "Sun, 0é Nov 1994 08:49:37 GMT",
    ])
    func `anything else is no date`(_ text: String) {
        #expect(HTTPDate(text, now: now) == nil)
    }

    @Test(
        arguments: [
            (0, 0), (999, 0), (1_000, 1), (-1, -1), (-1_000, -1), (-1_001, -2), (Int64.max, 253_402_300_799), (Int64.min, -62_135_596_800),
        ] as [(Int64, Int64)])
    func `milliseconds fall into their second, and no date leaves the calendar`(_ milliseconds: Int64, _ seconds: Int64) {
        #expect(HTTPDate(millisecondsSince1970: milliseconds).secondsSince1970 == seconds)
    }

    @Test func `dates are ordered`() {
        #expect(HTTPDate(secondsSince1970: 1) < HTTPDate(secondsSince1970: 2))
    }
}
