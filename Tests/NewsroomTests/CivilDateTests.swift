import Newsroom
import Testing

struct CivilDateTests {
    @Test(arguments: [
        (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017), (1900, 3, 1, -25_508),
        (2024, 3, 27, 19_809), (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896), (0, 1, 1, -719_528), (-44, 3, 15, -735_525),
    ])
    func `days are counted from 1970`(_ year: Int, _ month: Int, _ day: Int, _ days: Int) throws {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        #expect(date.daysSince1970 == days)
        #expect(CivilDate(daysSince1970: days) == date)
    }

    @Test func `each day follows the one before, over eight hundred years`() {
        var date = CivilDate(daysSince1970: -150_001)
        for days in -150_000...150_000 {
            let next = CivilDate(daysSince1970: days)
            let isNextDay = next.day == date.day + 1 && next.month == date.month && next.year == date.year
            let isNextMonth = next.day == 1 && date.day == CivilDate.dayCount(year: date.year, month: date.month)
            guard isNextDay || isNextMonth, next.daysSince1970 == days else {
                Issue.record("day \(days) is \(next)")
                return
            }
            date = next
        }
    }

    @Test(arguments: [(2023, 2, 29), (1900, 2, 29), (2024, 2, 30), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (2024, 1, 32)])
    func `days that the calendar does not have are none`(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [(2000, true), (1900, false), (2024, true), (2023, false), (0, true), (-4, true), (-100, false), (-400, true)])
    func `leap years are those of the Gregorian calendar`(_ year: Int, _ isLeap: Bool) {
        #expect(CivilDate.isLeap(year) == isLeap)
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == isLeap)
    }
}
