extension HTTPDate {
    /// Reads the three forms that a recipient must understand (RFC 9110 §5.6.7), exactly as they are specified:
    ///
    ///     Sun, 06 Nov 1994 08:49:37 GMT       IMF-fixdate
    ///     Sunday, 06-Nov-94 08:49:37 GMT      RFC 850
    ///     Sun Nov  6 08:49:37 1994            asctime()
    ///
    /// - Parameter now: decides the century of RFC 850's two digits: a date more than 50 years ahead is one that has passed.
    /// - Returns: nil for any other form and for dates that do not exist. The name of the day is not compared with the date.
    package init?(_ text: String, now: HTTPDate) {
        var scanner = FieldScanner(text)
        guard let parts = Self.fixdate(&scanner) ?? Self.rfc850(&scanner, now: now) ?? Self.asctime(&scanner) else { return nil }
        // A leap second is told as :60 and lies in the next minute.
        guard let day = Self.day(year: parts.year, month: parts.month, day: parts.day), parts.hour < 24, parts.minute < 60,
            parts.second <= 60
        else { return nil }
        self.init(secondsSince1970: Int64(day) * 86_400 + Int64(parts.hour * 3600 + parts.minute * 60 + parts.second))
    }

    private struct Parts {
        var year = 0
        var month = 0
        var day = 0
        var hour = 0
        var minute = 0
        var second = 0
    }

    private static func fixdate(_ scanner: inout FieldScanner) -> Parts? {
        scanner.restart()
        guard scanner.choice(dayNames) != nil, scanner.take(", "), let day = scanner.number(digits: 2), scanner.take(" "),
            let month = scanner.choice(monthNames), scanner.take(" "), let year = scanner.number(digits: 4), scanner.take(" ")
        else { return nil }
        var parts = Parts(year: year, month: month + 1, day: day)
        guard time(&scanner, &parts), scanner.take(" GMT"), scanner.isAtEnd else { return nil }
        return parts
    }

    private static func rfc850(_ scanner: inout FieldScanner, now: HTTPDate) -> Parts? {
        scanner.restart()
        guard scanner.choice(longDayNames) != nil, scanner.take(", "), let day = scanner.number(digits: 2), scanner.take("-"),
            let month = scanner.choice(monthNames), scanner.take("-"), let shortYear = scanner.number(digits: 2), scanner.take(" ")
        else { return nil }
        let currentYear = civil(day: Int(now.secondsSince1970 / 86_400)).year
        var year = currentYear - currentYear % 100 + shortYear
        if year > currentYear + 50 { year -= 100 }
        if year <= currentYear - 50 { year += 100 }
        var parts = Parts(year: year, month: month + 1, day: day)
        guard time(&scanner, &parts), scanner.take(" GMT"), scanner.isAtEnd else { return nil }
        return parts
    }

    private static func asctime(_ scanner: inout FieldScanner) -> Parts? {
        scanner.restart()
        guard scanner.choice(dayNames) != nil, scanner.take(" "), let month = scanner.choice(monthNames), scanner.take(" ") else {
            return nil
        }
        guard let day = scanner.take(" ") ? scanner.number(digits: 1) : scanner.number(digits: 2), scanner.take(" ") else { return nil }
        var parts = Parts(month: month + 1, day: day)
        guard time(&scanner, &parts), scanner.take(" "), let year = scanner.number(digits: 4), scanner.isAtEnd else { return nil }
        parts.year = year
        return parts
    }

    private static func time(_ scanner: inout FieldScanner, _ parts: inout Parts) -> Bool {
        guard let hour = scanner.number(digits: 2), scanner.take(":"), let minute = scanner.number(digits: 2), scanner.take(":"),
            let second = scanner.number(digits: 2)
        else { return false }
        (parts.hour, parts.minute, parts.second) = (hour, minute, second)
        return true
    }

    private static let longDayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
