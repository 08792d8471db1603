/// A date as exactly as it is known: ISO 8601-2 (Extended Date/Time Format), levels 0 and 1.
///
/// Taken are: years, months, days and times of day (`2024`, `2024-04`, `2024-04-01`, `2024-04-01T10:00:00` with `Z`, an offset or
/// nothing); intervals of two of these (`2024-04-01/2024-04-07`), with an end that is open (`2024-04-01/..`) or unknown (`2024-04-01/`);
/// a qualifier behind a date, `?` uncertain, `~` approximate, `%` both; unspecified digits from the right (`201X`, `20XX`, `2024-XX`,
/// `2024-04-XX`, `2024-XX-XX`); seasons (`2024-21` spring … `2024-24` winter); years before year 0 (`-0044`), and years of more than four
/// digits (`Y170000002`). Beyond the standard a time may leave out its seconds, and may have a fraction, of which milliseconds are kept.
///
/// What level 2 adds (sets, exponents, qualified parts, other unspecified digits) is refused.
package struct EDTF: Sendable, Hashable, CustomStringConvertible {
    /// The one canonical text for this value: what was read, but for offsets in full and `Z` for an offset of zero.
    package let text: String
    package let shape: Shape

    package enum Shape: Sendable, Hashable {
        case date(EDTFDate)
        /// At least one end is a date, and the start is not after the end.
        case interval(End, End)
    }

    /// One end of an interval.
    package enum End: Sendable, Hashable {
        case date(EDTFDate)
        /// `..`: it goes on, or began before all memory.
        case open
        /// Left out: there is one, and nobody knows it.
        case unknown
    }

    /// Nil where `init(parsing:)` throws.
    package init?(_ text: String) {
        guard let parsed = try? EDTF(parsing: text) else { return nil }
        self = parsed
    }

    /// - Throws: what is wrong with the text, in a sentence for a client.
    package init(parsing text: String) throws(EDTFError) {
        self.init(shape: try EDTFParser.shape(of: text.utf8.span))
    }

    /// A moment, written in UTC.
    package init(at instant: Instant) {
        self.init(shape: .date(EDTFDate(form: .time(EDTFTime(at: instant)))))
    }

    private init(shape: Shape) {
        self.shape = shape
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        switch shape {
        case .date(let date): date.append(to: &bytes)
        case .interval(let start, let end):
            start.append(to: &bytes)
            bytes.append(UInt8(ascii: "/"))
            end.append(to: &bytes)
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    package var description: String { text }
}

/// Why a text is no EDTF date.
package struct EDTFError: Error, Sendable, Equatable {
    package let message: String

    init(_ message: String) {
        self.message = message
    }
}

/// A date or a time of day in an EDTF text.
package struct EDTFDate: Sendable, Hashable {
    package var form: Form
    package var qualifier: Qualifier?

    init(form: Form, qualifier: Qualifier? = nil) {
        self.form = form
        self.qualifier = qualifier
    }

    /// What is known; years are in −290,000,000…290,000,000, which milliseconds can count.
    package enum Form: Sendable, Hashable {
        /// `201X`: the decade's first year.
        case decade(Int)
        /// `20XX`: the century's first year.
        case century(Int)
        case year(Int)
        /// 21 spring, 22 summer, 23 autumn, 24 winter.
        case season(year: Int, Int)
        case month(year: Int, Int)
        case day(CivilDate)
        /// `2024-XX`
        case unspecifiedMonth(year: Int)
        /// `2024-04-XX`
        case unspecifiedDay(year: Int, month: Int)
        /// `2024-XX-XX`
        case unspecifiedMonthAndDay(year: Int)
        case time(EDTFTime)
    }

    package enum Qualifier: UInt8, Sendable {
        case uncertain = 0x3F
        case approximate = 0x7E
        case both = 0x25
    }
}

/// A time of day on a day, of the years 0001…9999.
package struct EDTFTime: Sendable, Hashable {
    package let date: CivilDate
    /// Since midnight by the clock there.
    package let milliseconds: Int
    /// Minutes east of UTC; nil where the text does not say.
    package let offset: Int?

    /// Nil where the moment in UTC is not in the years 0001…9999.
    init?(date: CivilDate, milliseconds: Int, offset: Int?) {
        self.date = date
        self.milliseconds = milliseconds
        self.offset = offset
        guard Instant.earliestWritten <= instant, instant <= Instant.latestWritten else { return nil }
    }

    init(at instant: Instant) {
        let written = min(max(instant, .earliestWritten), .latestWritten)
        let days = written.daysSince1970
        date = CivilDate(daysSince1970: days)
        milliseconds = Int(written.milliseconds - Int64(days) * Instant.millisecondsPerDay)
        offset = 0
    }

    /// The moment; where the text names no offset it is counted as UTC.
    package var instant: Instant {
        let local = Int64(date.daysSince1970) * Instant.millisecondsPerDay + Int64(milliseconds)
        return Instant(milliseconds: local - Int64(offset ?? 0) * 60_000)
    }
}
