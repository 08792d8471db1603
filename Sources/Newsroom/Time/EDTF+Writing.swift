extension EDTF.End {
    func append(to bytes: inout [UInt8]) {
        switch self {
        case .date(let date): date.append(to: &bytes)
        case .open: bytes.append(contentsOf: "..".utf8)
        case .unknown: break
        }
    }
}

extension EDTFDate {
    func append(to bytes: inout [UInt8]) {
        switch form {
        case .decade(let year):
            appendDigits(year / 10, 3, to: &bytes)
            bytes.append(UInt8(ascii: "X"))
        case .century(let year):
            appendDigits(year / 100, 2, to: &bytes)
            bytes.append(contentsOf: "XX".utf8)
        case .year(let year): EDTFDate.append(year: year, to: &bytes)
        case .season(let year, let part), .month(let year, let part):
            EDTFDate.append(year: year, to: &bytes)
            bytes.append(UInt8(ascii: "-"))
            appendDigits(part, 2, to: &bytes)
        case .day(let date): date.append(to: &bytes)
        case .unspecifiedMonth(let year):
            EDTFDate.append(year: year, to: &bytes)
            bytes.append(contentsOf: "-XX".utf8)
        case .unspecifiedDay(let year, let month):
            EDTFDate.append(year: year, to: &bytes)
            bytes.append(UInt8(ascii: "-"))
            appendDigits(month, 2, to: &bytes)
            bytes.append(contentsOf: "-XX".utf8)
        case .unspecifiedMonthAndDay(let year):
            EDTFDate.append(year: year, to: &bytes)
            bytes.append(contentsOf: "-XX-XX".utf8)
        case .time(let time): time.append(to: &bytes)
        }
        if let qualifier { bytes.append(qualifier.rawValue) }
    }

    /// Four digits, a minus before them, or `Y` before more of them.
    static func append(year: Int, to bytes: inout [UInt8]) {
        if abs(year) > 9_999 {
            bytes.append(contentsOf: "Y\(year)".utf8)
        } else {
            if year < 0 { bytes.append(UInt8(ascii: "-")) }
            appendDigits(abs(year), 4, to: &bytes)
        }
    }
}

extension EDTFTime {
    func append(to bytes: inout [UInt8]) {
        date.append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        appendDigits(milliseconds / 3_600_000, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(milliseconds / 60_000 % 60, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(milliseconds / 1_000 % 60, 2, to: &bytes)
        if milliseconds % 1_000 != 0 {
            bytes.append(UInt8(ascii: "."))
            appendDigits(milliseconds % 1_000, 3, to: &bytes)
        }
        guard let offset else { return }
        guard offset != 0 else { return bytes.append(UInt8(ascii: "Z")) }
        bytes.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        appendDigits(abs(offset) / 60, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(abs(offset) % 60, 2, to: &bytes)
    }
}

extension CivilDate {
    /// `YYYY-MM-DD`, with a minus before the years before year 0; years of more than four digits as ISO 8601 expands them:
    /// `+170000002-01-01`.
    func append(to bytes: inout [UInt8]) {
        if year < 0 { bytes.append(UInt8(ascii: "-")) }
        if abs(year) > 9_999 {
            if year > 0 { bytes.append(UInt8(ascii: "+")) }
            bytes.append(contentsOf: String(abs(year)).utf8)
        } else {
            appendDigits(abs(year), 4, to: &bytes)
        }
        bytes.append(UInt8(ascii: "-"))
        appendDigits(month, 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(day, 2, to: &bytes)
    }

    var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
