extension Instant: CustomStringConvertible {
    package static let millisecondsPerDay: Int64 = 86_400_000

    /// The first and the last instant that RFC 3339 has a text for: years 0001…9999.
    package static let earliestWritten = Instant(milliseconds: -62_135_596_800_000)
    package static let latestWritten = Instant(milliseconds: 253_402_300_799_999)

    /// Whether it has a text that says it and no other.
    package var isWritten: Bool { Instant.earliestWritten <= self && self <= Instant.latestWritten }

    /// The start of a day in UTC.
    package init(daysSince1970 days: Int) {
        self.init(milliseconds: Int64(days) * Instant.millisecondsPerDay)
    }

    /// The day in UTC, in days since 1970-01-01.
    package var daysSince1970: Int {
        let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: Instant.millisecondsPerDay)
        return Int(rest < 0 ? days - 1 : days)
    }

    /// From an RFC 3339 date-time: any offset, `T` and `Z` in either case, no fraction or one of 1…9 digits of which milliseconds are
    /// kept. A leap second (`23:59:60` UTC at the end of a month) is the instant after it.
    ///
    /// Nil for any other text, for days that the calendar does not have, and where the UTC year is not 0001…9999.
    package init?(rfc3339 text: String) {
        self.init(rfc3339: text.utf8.span)
    }

    package init?(rfc3339 text: Span<UInt8>) {
        var position = 0
        guard let day = Instant.readDay(from: text, at: &position),
            readByte({ $0 | 0x20 == UInt8(ascii: "t") }, from: text, at: &position) != nil,
            let time = Instant.readTime(from: text, at: &position),
            let offset = Instant.readOffset(from: text, at: &position), position == text.count
        else { return nil }
        let utc = Instant(milliseconds: Int64(day) * Instant.millisecondsPerDay + time.milliseconds - Int64(offset) * 60_000)
        guard Instant.earliestWritten <= utc, utc <= Instant.latestWritten else { return nil }
        if time.isLeapSecond {
            // Counted on, it is the first second of a month.
            guard utc.milliseconds - time.fraction == Int64(utc.daysSince1970) * Instant.millisecondsPerDay,
                CivilDate(daysSince1970: utc.daysSince1970).day == 1
            else { return nil }
            self.init(milliseconds: utc.milliseconds - time.fraction)
        } else {
            self = utc
        }
    }

    /// As `init(rfc3339:)`, and from a plain date `YYYY-MM-DD`, which is the start of that day in UTC.
    package init?(rfc3339OrDate text: String) {
        let bytes = text.utf8.span
        guard bytes.count == 10 else {
            self.init(rfc3339: bytes)
            return
        }
        var position = 0
        guard let day = Instant.readDay(from: bytes, at: &position) else { return nil }
        self.init(daysSince1970: day)
    }

    /// RFC 3339 in UTC with exactly three digits of a second: `2024-03-27T18:05:00.000Z`.
    ///
    /// Instants outside of the years 0001…9999, which no reader lets in, are written as the nearest that has a text.
    package var rfc3339: String {
        let bytes = rfc3339Bytes
        return String(ascii: bytes.span)
    }

    package var description: String { rfc3339 }

    /// The bytes of `rfc3339`, without making a string of it.
    package var rfc3339Bytes: InlineArray<24, UInt8> {
        let instant = min(max(self, .earliestWritten), .latestWritten)
        let days = instant.daysSince1970
        let date = CivilDate(daysSince1970: days)
        let time = Int(instant.milliseconds - Int64(days) * Instant.millisecondsPerDay)
        var bytes = InlineArray<24, UInt8>(repeating: UInt8(ascii: "-"))
        Instant.put(date.year / 100, into: &bytes, at: 0)
        Instant.put(date.year % 100, into: &bytes, at: 2)
        Instant.put(date.month, into: &bytes, at: 5)
        Instant.put(date.day, into: &bytes, at: 8)
        bytes[10] = UInt8(ascii: "T")
        Instant.put(time / 3_600_000, into: &bytes, at: 11)
        bytes[13] = UInt8(ascii: ":")
        Instant.put(time / 60_000 % 60, into: &bytes, at: 14)
        bytes[16] = UInt8(ascii: ":")
        Instant.put(time / 1_000 % 60, into: &bytes, at: 17)
        bytes[19] = UInt8(ascii: ".")
        bytes[20] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: time / 100 % 10)
        Instant.put(time % 100, into: &bytes, at: 21)
        bytes[23] = UInt8(ascii: "Z")
        return bytes
    }

    /// Appends the 24 bytes of `rfc3339`.
    package func append(to bytes: inout [UInt8]) {
        let text = rfc3339Bytes
        for index in text.indices { bytes.append(text[index]) }
    }

    /// Two digits.
    private static func put(_ value: Int, into bytes: inout InlineArray<24, UInt8>, at index: Int) {
        bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10)
        bytes[index + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
    }
}

// What an EDTF date-time is read with too.
extension Instant {
    /// A time of day as it was read.
    struct TimeOfDay {
        /// Since midnight, the fraction included.
        var milliseconds: Int64
        var fraction: Int64
        var isLeapSecond: Bool
    }

    /// `YYYY-MM-DD`, in days since 1970-01-01.
    static func readDay(from text: Span<UInt8>, at position: inout Int) -> Int? {
        func isHyphen(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") }
        guard let year = readDigits(4, from: text, at: &position), year >= 1,
            readByte(isHyphen, from: text, at: &position) != nil,
            let month = readDigits(2, from: text, at: &position),
            readByte(isHyphen, from: text, at: &position) != nil,
            let day = readDigits(2, from: text, at: &position)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)?.daysSince1970
    }

    /// `hh:mm:ss` with or without a fraction of 1…9 digits.
    static func readTime(from text: Span<UInt8>, at position: inout Int) -> TimeOfDay? {
        func isColon(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") }
        guard let hour = readDigits(2, from: text, at: &position), hour <= 23,
            readByte(isColon, from: text, at: &position) != nil,
            let minute = readDigits(2, from: text, at: &position), minute <= 59,
            readByte(isColon, from: text, at: &position) != nil,
            let second = readDigits(2, from: text, at: &position), second <= 60,
            let fraction = readFraction(from: text, at: &position)
        else { return nil }
        let seconds = Int64(hour * 3_600 + minute * 60 + second)
        return TimeOfDay(milliseconds: seconds * 1_000 + fraction, fraction: fraction, isLeapSecond: second == 60)
    }

    /// `Z`, `+hh:mm` or `-hh:mm`, in minutes east.
    static func readOffset(from text: Span<UInt8>, at position: inout Int) -> Int? {
        if readByte({ $0 | 0x20 == UInt8(ascii: "z") }, from: text, at: &position) != nil { return 0 }
        guard let sign = readByte({ $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }, from: text, at: &position),
            let hours = readDigits(2, from: text, at: &position), hours <= 23,
            readByte({ $0 == UInt8(ascii: ":") }, from: text, at: &position) != nil,
            let minutes = readDigits(2, from: text, at: &position), minutes <= 59
        else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }

    /// Milliseconds; 0 where there is no fraction, nil where one is not of 1…9 digits.
    private static func readFraction(from text: Span<UInt8>, at position: inout Int) -> Int64? {
        guard readByte({ $0 == UInt8(ascii: ".") }, from: text, at: &position) != nil else { return 0 }
        var milliseconds: Int64 = 0
        var count = 0
        while let digit = readByte(\.isDigit, from: text, at: &position) {
            count += 1
            if count <= 3 { milliseconds = milliseconds * 10 + Int64(digit - UInt8(ascii: "0")) }
        }
        guard (1...9).contains(count) else { return nil }
        for _ in min(count, 3)..<3 { milliseconds *= 10 }
        return milliseconds
    }
}
