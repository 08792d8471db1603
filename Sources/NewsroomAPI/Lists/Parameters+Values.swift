internal import Newsroom

// Parameters whose values are read as those of filters are. What is wrong with one is told by `finish`.
extension Parameters {
    /// What a parameter says; empty without it, and where it cannot be read.
    ///
    /// - Parameter countMax: how many values `oneOf` takes.
    mutating func values(
        _ name: String, _ type: ListValueType, _ comparison: Comparison = .equal, upTo countMax: Int = 1
    ) -> [FilterValue] {
        guard let text = take(name) else { return [] }
        do {
            return try FilterReader(valueType: type, comparison: comparison, valueCountMax: countMax).values(of: text)
        } catch {
            fail(name, error.message)
            return []
        }
    }

    /// An instant; a date is the start of its day, UTC.
    mutating func instant(_ name: String) -> Instant? {
        guard case .instant(let instant)? = values(name, .instant).first else { return nil }
        return instant
    }

    /// An instant; a date is the end of its day, UTC.
    mutating func lastInstant(_ name: String) -> Instant? {
        guard case .instant(let instant)? = values(name, .lastInstant, .lessOrEqual).first else { return nil }
        return instant
    }

    /// One of a vocabulary.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, of _: Word.Type) -> Word? {
        guard case .text(let text)? = values(name, .word(Word.allCases.map(\.rawValue))).first else { return nil }
        return Word(rawValue: text)
    }

    /// Those of a vocabulary that `NAME` and `NAME__in` name, each once and in its order: of both together what both say.
    mutating func words<Word: RawRepresentable<String> & CaseIterable>(
        filtering name: String, of _: Word.Type, upTo countMax: Int
    ) -> [Word] {
        let type = ListValueType.word(Word.allCases.map(\.rawValue))
        let one = values(name, type)
        let some = values(name + "__in", type, .oneOf, upTo: countMax)
        func words(_ values: [FilterValue]) -> [Word] { Word.allCases.filter { values.contains(.text($0.rawValue)) } }
        guard !one.isEmpty, !some.isEmpty else { return words(one + some) }
        let both = words(one.filter { some.contains($0) })
        if both.isEmpty { fail(name, "is none of \(name)__in") }
        return both
    }

    /// A whole number as it is written: `0`, `17`.
    mutating func wholeNumber(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = take(name) else { return nil }
        if let number = WholeNumber.value(of: text), let value = Int(exactly: number), range.contains(value) { return value }
        fail(name, "must be a whole number from \(range.lowerBound) \(range.upperBound == .max ? "on" : "to \(range.upperBound)")")
        return nil
    }

    /// How many items a page is to have.
    mutating func limit(_ limits: APILimits) -> Int { wholeNumber("limit", in: 1...limits.pageLimitMax) ?? limits.pageLimitDefault }
}

/// A whole number as it is written: `0`, `17`; nothing before it, and no zeros.
enum WholeNumber {
    static func value(of text: String) -> Int64? {
        guard let number = Int64(text), number >= 0, String(number) == text else { return nil }
        return number
    }
}
