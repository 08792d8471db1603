import Newsroom

/// What a filter means, worked out without a database.
enum FilterOracle {
    /// What a resource has of a member: texts, numbers, or names of what it refers to.
    struct Values {
        var texts: [String] = []
        var numbers: [Int64] = []
        /// For each thing referred to, all names that it has.
        var references: [[FilterValue]] = []
        var windows: [Window] = []
        /// Whether order and prefixes are compared with ASCII letters folded.
        var folds = false
        /// Whether texts are compared without capitals and accents; they are given so.
        var areFolded = false
        /// The days, since 1970, that something lasted.
        var spans: [ClosedRange<Int>] = []

        static func folded(_ texts: [String]) -> Values {
            Values(texts: texts.map(\.folded), areFolded: true)
        }

        static func spans(_ spans: [ClosedRange<Int>]) -> Values {
            Values(spans: spans)
        }

        static func texts(_ texts: [String?], folds: Bool = false) -> Values {
            Values(texts: texts.compactMap { $0 }, folds: folds)
        }

        static func numbers(_ numbers: [Int64?]) -> Values {
            Values(numbers: numbers.compactMap { $0 })
        }

        static func references(_ references: [[FilterValue]]) -> Values {
            Values(references: references)
        }

        static func windows(_ windows: [Window?]) -> Values {
            Values(windows: windows.compactMap { $0 })
        }

        var isEmpty: Bool { texts.isEmpty && numbers.isEmpty && references.isEmpty && windows.isEmpty }
    }

    /// Nil where the comparison means nothing for such values.
    static func holds(_ values: Values, _ comparison: Comparison, _ wanted: [FilterValue], _ type: ListValueType) -> Bool? {
        switch type {
        case .externalID where ![.equal, .notEqual, .oneOf, .isNull].contains(comparison): return nil
        case .reference where ![.equal, .notEqual, .oneOf, .isNull].contains(comparison): return nil
        case .party where ![.equal, .notEqual, .oneOf, .isNull].contains(comparison): return nil
        case .window where ![.overlaps, .less, .lessOrEqual, .greater, .greaterOrEqual, .isNull].contains(comparison): return nil
        case .date where comparison != .equal, .flag where comparison != .equal: return nil
        case .text, .word, .integer, .instant, .lastInstant, .window, .date, .flag, .mark, .reference, .party, .externalID: break
        }
        let wanted = values.areFolded ? wanted.map(folded) : wanted
        if type == .window, case .window(let span)? = wanted.first, comparison != .overlaps, comparison != .isNull {
            guard span.bound(of: comparison) != nil else { return nil }
            return values.windows.contains { isOrdered($0, comparison, span) }
        }
        switch comparison {
        case .isNull: return wanted == [.integer(1)] ? values.isEmpty : !values.isEmpty
        case .equal, .oneOf: return wanted.contains { isThere($0, in: values) }
        case .notEqual: return !wanted.contains { isThere($0, in: values) }
        case .less: return order(values, wanted) { $0 < 0 }
        case .lessOrEqual: return order(values, wanted) { $0 <= 0 }
        case .greater: return order(values, wanted) { $0 > 0 }
        case .greaterOrEqual: return order(values, wanted) { $0 >= 0 }
        case .contains:
            guard case .text(let text)? = wanted.first else { return nil }
            return values.texts.contains { Folded($0).bytes.contains(Folded(text).bytes) }
        case .startsWith:
            guard case .text(let text)? = wanted.first else { return nil }
            return values.texts.contains { candidate in
                values.folds ? Folded(candidate).bytes.starts(with: Folded(text).bytes) : candidate.utf8.starts(with: text.utf8)
            }
        case .overlaps:
            guard case .window(let wanted)? = wanted.first else { return nil }
            let (first, last) = (wanted.first ?? .distantPast, wanted.last ?? Instant(milliseconds: .max))
            return values.windows.contains { $0.overlaps(first, last) }
        }
    }

    private static func isOrdered(_ window: Window, _ comparison: Comparison, _ span: EDTF) -> Bool {
        let (first, last) = (span.first ?? .distantPast, span.last ?? Instant(milliseconds: .max))
        switch comparison {
        case .less: return (window.last ?? Instant(milliseconds: .max)) < first
        case .lessOrEqual: return window.last != nil && window.last ?? first <= last
        case .greater: return (window.first ?? .distantPast) > last
        default: return window.first != nil && window.first ?? last >= first
        }
    }

    private static func folded(_ value: FilterValue) -> FilterValue {
        if case .text(let text) = value { .text(text.folded) } else { value }
    }

    private static func isThere(_ wanted: FilterValue, in values: Values) -> Bool {
        switch wanted {
        case .text(let text): values.texts.contains(text)
        case .integer(let number): values.numbers.contains(number)
        case .instant(let instant): values.numbers.contains(instant.milliseconds)
        case .id, .slug, .externalID: values.references.contains { $0.contains(wanted) }
        case .window(let date): values.spans.contains { $0.overlaps(OfficeQuestion.days(of: date)) }
        case .office: false
        }
    }

    private static func order(_ values: Values, _ wanted: [FilterValue], _ fits: (Int) -> Bool) -> Bool? {
        switch wanted.first {
        case .text(let text)?:
            return values.texts.contains { candidate in
                let (one, other) = values.folds ? (Folded(candidate).bytes, Folded(text).bytes) : (Array(candidate.utf8), Array(text.utf8))
                return fits(one == other ? 0 : one.lexicographicallyPrecedes(other) ? -1 : 1)
            }
        case .integer(let number)?: return values.numbers.contains { fits($0 == number ? 0 : $0 < number ? -1 : 1) }
        case .instant(let instant)?:
            return values.numbers.contains { fits($0 == instant.milliseconds ? 0 : $0 < instant.milliseconds ? -1 : 1) }
        case .id?, .slug?, .externalID?, .window?, .office?, nil: return nil
        }
    }
}

extension Array where Element == UInt8 {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard part.count <= count else { return false }
        return (0...(count - part.count)).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
