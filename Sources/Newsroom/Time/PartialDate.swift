/// A date of which perhaps only the year, or the year and the month, are known: `1949`, `1949-10`, `1949-10-21`. Years 0001…9999.
package struct PartialDate: Sendable, Hashable, CustomStringConvertible {
    package let year: Int
    package let month: Int?
    package let day: Int?

    /// From `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; nil for any other text and for days that the calendar does not have.
    package init?(_ text: String) {
        self.init(text.utf8.span)
    }

    package init?(_ text: Span<UInt8>) {
        var position = 0
        guard let year = readDigits(4, from: text, at: &position), year >= 1 else { return nil }
        var parts: (month: Int?, day: Int?) = (nil, nil)
        if position < text.count {
            guard readByte({ $0 == UInt8(ascii: "-") }, from: text, at: &position) != nil,
                let month = readDigits(2, from: text, at: &position), (1...12).contains(month)
            else { return nil }
            parts.month = month
            if position < text.count {
                guard readByte({ $0 == UInt8(ascii: "-") }, from: text, at: &position) != nil,
                    let day = readDigits(2, from: text, at: &position),
                    CivilDate(year: year, month: month, day: day) != nil, position == text.count
                else { return nil }
                parts.day = day
            }
        }
        self.year = year
        self.month = parts.month
        self.day = parts.day
    }

    package var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package var description: String { text }

    package func append(to bytes: inout [UInt8]) {
        appendDigits(year, 4, to: &bytes)
        guard let month else { return }
        bytes.append(UInt8(ascii: "-"))
        appendDigits(month, 2, to: &bytes)
        guard let day else { return }
        bytes.append(UInt8(ascii: "-"))
        appendDigits(day, 2, to: &bytes)
    }

    /// The first day that it can be, in days since 1970-01-01.
    package var earliestDay: Int {
        CivilDate.daysSince1970(year: year, month: month ?? 1, day: day ?? 1)
    }

    /// The last day that it can be, in days since 1970-01-01.
    package var latestDay: Int {
        let month = month ?? 12
        return CivilDate.daysSince1970(year: year, month: month, day: day ?? CivilDate.dayCount(year: year, month: month))
    }
}
