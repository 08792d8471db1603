/// A time in whole seconds as HTTP writes it (RFC 9110 §5.6.7): `Wed, 27 Mar 2024 18:05:00 GMT`.
///
/// Years 1 to 9999 of the Gregorian calendar; what lies beyond is moved to the nearest end.
package struct HTTPDate: Sendable, Hashable {
    /// Seconds since 1970-01-01T00:00:00Z.
    package let secondsSince1970: Int64

    package init(secondsSince1970: Int64) {
        self.secondsSince1970 = min(max(secondsSince1970, Self.secondsMin), Self.secondsMax)
    }

    /// The 29 bytes of the preferred form.
    package var bytes: [UInt8] {
        let day = secondsSince1970 >= 0 ? secondsSince1970 / 86_400 : (secondsSince1970 - 86_399) / 86_400
        let second = Int(secondsSince1970 - day * 86_400)
        let date = Self.civil(day: Int(day))
        var out: [UInt8] = []
        out.reserveCapacity(29)
        out.append(text: Self.dayNames[(Int(day) % 7 + 11) % 7])
        out.append(text: ", ")
        out.append(twoDigits: date.day)
        out.append(.space)
        out.append(text: Self.monthNames[date.month - 1])
        out.append(.space)
        out.append(twoDigits: date.year / 100)
        out.append(twoDigits: date.year % 100)
        out.append(.space)
        out.append(twoDigits: second / 3600)
        out.append(UInt8(ascii: ":"))
        out.append(twoDigits: second / 60 % 60)
        out.append(UInt8(ascii: ":"))
        out.append(twoDigits: second % 60)
        out.append(text: " GMT")
        return out
    }

    private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static let secondsMin: Int64 = -62_135_596_800
    private static let secondsMax: Int64 = 253_402_300_799
}

extension HTTPDate: CustomStringConvertible {
    package var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension HTTPDate {
    /// The date of a day counted from 1970-01-01. Years begin in March here, so that the leap day is the last; 400 years are an era.
    private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

extension [UInt8] {
    fileprivate mutating func append(twoDigits number: Int) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
