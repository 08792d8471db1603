/// What a posting says of its document beside its number, in one byte: in which fields the word occurs (the upper three bits), and how
/// much it weighs there (the lower five).
struct PostingCode: RawRepresentable, Sendable, Equatable {
    let rawValue: UInt8

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// - Parameter counts: how often the word occurs in title, lead and body.
    /// - Parameter length: words of the body.
    init(counts: (title: Int, lead: Int, body: Int), length: Int) {
        let fields = FieldSet(title: counts.title > 0, lead: counts.lead > 0, body: counts.body > 0)
        let frequency = 8 * Double(counts.title) + 4 * Double(counts.lead) + Double(counts.body)
        let impact = (PostingCode.saturated(frequency, length: length) / 2.2 * PostingCode.impactMax).rounded()
        rawValue = fields.rawValue | UInt8(min(max(impact, 1), PostingCode.impactMax))
    }

    var fields: FieldSet { FieldSet(rawValue: rawValue & FieldSet.all.rawValue) }

    /// From near 0 up to 2.2.
    var impact: Double { Double(rawValue & ~FieldSet.all.rawValue) * (2.2 / PostingCode.impactMax) }

    private static let impactMax = 31.0

    /// BM25's share of a word (k1 1.2, b 0.75, a usual text of 400 words): the more often, the more, but never beyond 2.2.
    private static func saturated(_ frequency: Double, length: Int) -> Double {
        frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * Double(length) / 400))
    }
}

/// Fields of a document that are told apart.
struct FieldSet: OptionSet, Sendable {
    let rawValue: UInt8

    static let title = FieldSet(rawValue: 1 << 5)
    static let lead = FieldSet(rawValue: 1 << 6)
    static let body = FieldSet(rawValue: 1 << 7)
    static let all: FieldSet = [.title, .lead, .body]

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(title: Bool, lead: Bool, body: Bool) {
        rawValue = (title ? 1 << 5 : 0) | (lead ? 1 << 6 : 0) | (body ? 1 << 7 : 0)
    }

    var count: Int { rawValue.nonzeroBitCount }
}
