extension ZoneRule {
    /// From a POSIX TZ text: `EST5EDT,M3.2.0,M11.1.0`, `<+0330>-3:30`. Nil for any other text, and for a summer time of which the text
    /// does not say when it begins and ends.
    package init?(_ text: Span<UInt8>) {
        var reader = ZoneRuleReader(position: 0)
        guard reader.skipName(text), let standard = reader.offset(text) else { return nil }
        standardOffset = standard
        guard reader.position < text.count else {
            summer = nil
            return
        }
        guard reader.skipName(text) else { return nil }
        var offset = standard + 3_600
        if reader.position < text.count, text[reader.position] != UInt8(ascii: ",") {
            guard let read = reader.offset(text) else { return nil }
            offset = read
        }
        guard let begin = reader.moment(text), let end = reader.moment(text), reader.position == text.count else { return nil }
        summer = Summer(offset: offset, begin: begin, end: end)
    }
}

private struct ZoneRuleReader {
    var position: Int

    /// Three letters or more, or letters, digits and signs in angle brackets.
    mutating func skipName(_ text: Span<UInt8>) -> Bool {
        guard position < text.count else { return false }
        let isQuoted = text[position] == UInt8(ascii: "<")
        if isQuoted { position += 1 }
        let start = position
        while position < text.count, isQuoted ? isQuotedNameByte(text[position]) : text[position].isLetter { position += 1 }
        guard position - start >= 3 else { return false }
        return !isQuoted || readByte({ $0 == UInt8(ascii: ">") }, from: text, at: &position) != nil
    }

    private func isQuotedNameByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }

    /// Hours west of Greenwich, at most 24, as seconds east.
    mutating func offset(_ text: Span<UInt8>) -> Int? {
        time(text, hourMax: 24).map { -$0 }
    }

    /// A comma, a day, and perhaps a slash and the time of the change, which else is two o'clock.
    mutating func moment(_ text: Span<UInt8>) -> ZoneRule.Moment? {
        guard readByte({ $0 == UInt8(ascii: ",") }, from: text, at: &position) != nil, let day = day(text) else { return nil }
        guard readByte({ $0 == UInt8(ascii: "/") }, from: text, at: &position) != nil else {
            return ZoneRule.Moment(day: day, seconds: 7_200)
        }
        return time(text, hourMax: 167).map { ZoneRule.Moment(day: day, seconds: $0) }
    }

    private mutating func day(_ text: Span<UInt8>) -> ZoneRule.Day? {
        if readByte({ $0 == UInt8(ascii: "J") }, from: text, at: &position) != nil {
            return number(text, in: 1...365).map { .julian($0) }
        }
        guard readByte({ $0 == UInt8(ascii: "M") }, from: text, at: &position) != nil else {
            return number(text, in: 0...365).map { .ofYear($0) }
        }
        func isDot(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") }
        guard let month = number(text, in: 1...12), readByte(isDot, from: text, at: &position) != nil,
            let week = number(text, in: 1...5), readByte(isDot, from: text, at: &position) != nil,
            let weekday = number(text, in: 0...6)
        else { return nil }
        return .weekday(month: month, week: week, weekday)
    }

    /// `h`, `h:mm` or `h:mm:ss`, perhaps with a sign, in seconds.
    private mutating func time(_ text: Span<UInt8>, hourMax: Int) -> Int? {
        let sign = readByte({ $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }, from: text, at: &position)
        guard let hours = number(text, in: 0...hourMax) else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] {
            guard readByte({ $0 == UInt8(ascii: ":") }, from: text, at: &position) != nil else { break }
            guard let part = number(text, in: 0...59) else { return nil }
            seconds += part * unit
        }
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// One to three digits.
    private mutating func number(_ text: Span<UInt8>, in range: ClosedRange<Int>) -> Int? {
        var value: Int?
        for _ in 0..<3 {
            guard let digit = readByte(\.isDigit, from: text, at: &position) else { break }
            value = (value ?? 0) * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value.flatMap { range.contains($0) ? $0 : nil }
    }
}
