/// Reads EDTF texts; each refusal is a sentence that says what would be right.
enum EDTFParser {
    static let lengthMax = 64
    static let yearMax = 290_000_000

    static func shape(of text: Span<UInt8>) throws(EDTFError) -> EDTF.Shape {
        guard text.count > 0 else { throw EDTFError("a date is missing") }
        guard text.count <= lengthMax else { throw EDTFError("a date has at most \(lengthMax) characters") }
        var slash: Int?
        for index in text.indices where text[index] == UInt8(ascii: "/") {
            guard slash == nil else { throw EDTFError("an interval has one slash") }
            slash = index
        }
        guard let slash else { return .date(try date(from: text)) }
        let start = try end(from: text.extracting(0..<slash))
        let end = try end(from: text.extracting(slash + 1..<text.count))
        switch (start, end) {
        case (.date(let start), .date(let end)):
            guard start.first(in: .utc) <= end.last(in: .utc) else { throw EDTFError("the interval's start is after its end") }
        case (.date, _), (_, .date): break
        default: throw EDTFError("an interval has a date at one end at least")
        }
        return .interval(start, end)
    }

    private static func end(from text: Span<UInt8>) throws(EDTFError) -> EDTF.End {
        switch text.count {
        case 0: .unknown
        case 2 where text[0] == UInt8(ascii: ".") && text[1] == UInt8(ascii: "."): .open
        default: .date(try date(from: text))
        }
    }

    /// A date with its qualifier.
    private static func date(from text: Span<UInt8>) throws(EDTFError) -> EDTFDate {
        guard let qualifier = EDTFDate.Qualifier(rawValue: text[text.count - 1]) else {
            return EDTFDate(form: try form(of: text))
        }
        guard text.count > 1 else { throw EDTFError("a date is missing before the qualifier") }
        let form = try form(of: text.extracting(0..<text.count - 1))
        if case .time = form { throw EDTFError("a time of day takes no qualifier; qualify a date, or leave it out") }
        return EDTFDate(form: form, qualifier: qualifier)
    }

    private static func form(of text: Span<UInt8>) throws(EDTFError) -> EDTFDate.Form {
        if text[0] == UInt8(ascii: "Y") { return .year(try longYear(from: text)) }
        var position = 0
        let isNegative = readByte({ $0 == UInt8(ascii: "-") }, from: text, at: &position) != nil
        let (digits, unspecified) = try yearDigits(from: text, at: &position)
        if isNegative && digits == 0 { throw EDTFError("the year before year 1 is 0000") }
        let year = isNegative ? -digits : digits
        if unspecified > 0 {
            guard position == text.count, !isNegative else {
                throw EDTFError("a year with unspecified digits stands alone: 201X or 20XX")
            }
            return unspecified == 1 ? .decade(year) : .century(year)
        }
        guard position < text.count else { return .year(year) }
        return try monthAndDay(of: year, from: text, at: &position)
    }

    /// `Y`, perhaps a minus, and five digits or more.
    private static func longYear(from text: Span<UInt8>) throws(EDTFError) -> Int {
        var position = 1
        let isNegative = readByte({ $0 == UInt8(ascii: "-") }, from: text, at: &position) != nil
        let count = text.count - position
        guard count >= 5, text[position] != UInt8(ascii: "0") else {
            throw EDTFError("a year with Y has more than four digits, the first of them not 0: Y170000002")
        }
        guard count <= 9, let year = readDigits(count, from: text, at: &position), year <= yearMax else {
            throw EDTFError("a year with Y is a whole number up to \(yearMax)")
        }
        return isNegative ? -year : year
    }

    /// Four digits, the last or the last two of which may be `X`; those count as 0.
    private static func yearDigits(from text: Span<UInt8>, at position: inout Int) throws(EDTFError) -> (Int, unspecified: Int) {
        for unspecified in 0...2 {
            var end = position
            guard var year = readDigits(4 - unspecified, from: text, at: &end) else { continue }
            guard hasUnspecified(unspecified, in: text, at: end) else { continue }
            for _ in 0..<unspecified { year *= 10 }
            position = end + unspecified
            return (year, unspecified)
        }
        throw EDTFError("a date begins with a year of four digits: 2024, 2024-04, 2024-04-01, 201X or 20XX")
    }

    private static func hasUnspecified(_ count: Int, in text: Span<UInt8>, at position: Int) -> Bool {
        guard position + count <= text.count else { return false }
        for index in position..<position + count where text[index] != UInt8(ascii: "X") { return false }
        return true
    }

    private static func monthAndDay(
        of year: Int, from text: Span<UInt8>, at position: inout Int
    ) throws(EDTFError) -> EDTFDate.Form {
        let month = try part("month", from: text, at: &position)
        guard let month else {
            guard position < text.count else { return .unspecifiedMonth(year: year) }
            guard try part("day", from: text, at: &position) == nil, position == text.count else {
                throw EDTFError("where the month is unspecified, so is the day: 2024-XX-XX")
            }
            return .unspecifiedMonthAndDay(year: year)
        }
        if (21...24).contains(month) {
            guard position == text.count else { throw EDTFError("a season stands alone: 2024-21") }
            return .season(year: year, month)
        }
        guard (1...12).contains(month) else {
            throw EDTFError("a month is 01 to 12; 21 to 24 are spring, summer, autumn and winter")
        }
        guard position < text.count else { return .month(year: year, month) }
        guard let day = try part("day", from: text, at: &position) else {
            guard position == text.count else { throw EDTFError("a time of day needs a whole date before it") }
            return .unspecifiedDay(year: year, month: month)
        }
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw EDTFError("that month of that year has no such day")
        }
        guard position < text.count else { return .day(date) }
        return .time(try time(on: date, from: text, at: &position))
    }

    /// A hyphen and two digits, or nil for `XX`.
    private static func part(_ name: String, from text: Span<UInt8>, at position: inout Int) throws(EDTFError) -> Int? {
        guard readByte({ $0 == UInt8(ascii: "-") }, from: text, at: &position) != nil else {
            throw EDTFError("before the \(name) stands a hyphen: 2024-04-01")
        }
        if hasUnspecified(2, in: text, at: position) {
            position += 2
            return nil
        }
        guard let value = readDigits(2, from: text, at: &position) else {
            throw EDTFError("a \(name) has two digits, or XX where it is unspecified")
        }
        return value
    }

    /// `Thh:mm:ss`, with or without seconds, fraction, and `Z`, `+hh` or `+hh:mm`.
    private static func time(on date: CivilDate, from text: Span<UInt8>, at position: inout Int) throws(EDTFError) -> EDTFTime {
        let wrong = EDTFError("a time of day is written 2024-04-01T10:00:00, then Z, an offset like +02:00, or nothing")
        guard readByte({ $0 == UInt8(ascii: "T") }, from: text, at: &position) != nil,
            let milliseconds = timeOfDay(from: text, at: &position)
        else { throw wrong }
        var offset: Int?
        if position < text.count {
            offset = readWhole(text, from: &position, Instant.readOffset) ?? readWhole(text, from: &position, hours)
        }
        guard position == text.count else { throw wrong }
        guard let time = EDTFTime(date: date, milliseconds: milliseconds, offset: offset) else {
            throw EDTFError("a time of day is in the years 0001 to 9999")
        }
        return time
    }

    /// Reads with a reader that may fail half-way; then the position stays.
    private static func readWhole(
        _ text: Span<UInt8>, from position: inout Int, _ read: (Span<UInt8>, inout Int) -> Int?
    ) -> Int? {
        var end = position
        guard let value = read(text, &end) else { return nil }
        position = end
        return value
    }

    private static func timeOfDay(from text: Span<UInt8>, at position: inout Int) -> Int? {
        var end = position
        if let time = Instant.readTime(from: text, at: &end) {
            position = end
            return time.isLeapSecond ? nil : Int(time.milliseconds)
        }
        guard let hour = readDigits(2, from: text, at: &position), hour <= 23,
            readByte({ $0 == UInt8(ascii: ":") }, from: text, at: &position) != nil,
            let minute = readDigits(2, from: text, at: &position), minute <= 59
        else { return nil }
        return (hour * 60 + minute) * 60_000
    }

    /// `+hh` or `-hh`, in minutes east.
    private static func hours(from text: Span<UInt8>, at position: inout Int) -> Int? {
        guard let sign = readByte({ $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }, from: text, at: &position),
            let hours = readDigits(2, from: text, at: &position), hours <= 23
        else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * hours * 60
    }
}
