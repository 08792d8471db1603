import Newsroom
import Testing

struct PartialDateTests {
    @Test(arguments: [
        ("1949", "1949-01-01", "1949-12-31"), ("1949-10", "1949-10-01", "1949-10-31"), ("1949-10-21", "1949-10-21", "1949-10-21"),
        ("2024-02", "2024-02-01", "2024-02-29"), ("1900-02", "1900-02-01", "1900-02-28"), ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ])
    func `a partial date covers all the days that it can be`(_ text: String, _ earliest: String, _ latest: String) throws {
        let date = try #require(PartialDate(text))
        #expect(date.text == text)
        #expect("\(date)" == text)
        #expect(date.earliestDay == Instant(rfc3339OrDate: earliest)?.daysSince1970)
        #expect(date.latestDay == Instant(rfc3339OrDate: latest)?.daysSince1970)
    }

    @Test(arguments: [
        "", "194", "19490", "0000", "1949-", "1949-1", "1949-13", "1949-00", "1949-10-", "1949-10-2", "1949-02-29", "1949-10-32",
        "1949-10-211", "1949/10/21", "1949-10-21T00:00:00Z", "-1949", "+1949", " 1949", "1949 ", "194X", "19４9",
    ])
    func `any other text is refused`(_ text: String) {
        #expect(PartialDate(text) == nil)
    }
}
