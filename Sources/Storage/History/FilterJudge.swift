import Newsroom

/// What `FilterCondition` asks of rows, asked of a resource in memory: for versions that are in no table any more. A test compares the
/// two on every member and comparison.
///
/// The filters' references are by id.
struct FilterJudge<R: HistoricResource> {
    let filters: [Filter<R.FilterMember>]

    func holds(for resource: R) -> Bool {
        filters.allSatisfy { filter in
            let values = R.values(of: filter.member, in: resource)
            if case .part(_, let column) = R.filterSource(filter.member), column.folded != nil {
                return ValueJudge(comparison: filter.comparison, wanted: filter.values.map(\.folded), folds: false).holds(
                    for: values.folded)
            }
            let judge = ValueJudge(comparison: filter.comparison, wanted: filter.values, folds: folds(filter.member))
            return judge.holds(for: values)
        }
    }

    /// Whether order is that of texts with ASCII letters folded.
    private func folds(_ member: R.FilterMember) -> Bool {
        switch R.filterSource(member) {
        case .column(let column), .part(_, let column): column.foldsCase
        case .reference, .guarded, .partReference, .parties, .externalID, .window, .office: false
        }
    }
}

/// One comparison. It holds for a list where one of its values meets it; `ne` where none is equal.
struct ValueJudge {
    let comparison: Comparison
    let wanted: [FilterValue]
    let folds: Bool

    func holds(for values: MemberValues) -> Bool {
        switch values {
        case .plain(let values): return holds(values.map(isEqual), values.isEmpty) ?? values.contains(where: isInOrder)
        case .references(let ids):
            return holds(ids.map { id in wanted.contains(.id(id)) }, ids.isEmpty) ?? false
        case .externalIDs(let ids):
            return holds(ids.map { id in wanted.contains { $0.isIdentical(to: id) } }, ids.isEmpty) ?? false
        case .window(let window): return holds(for: window)
        case .offices(let roles):
            guard case .office(let question)? = wanted.first else { return false }
            return roles.contains { question.isAnswered(by: $0) }
        }
    }

    /// What hangs on equality alone; nil for any other comparison.
    private func holds(_ equalities: [Bool], _ isEmpty: Bool) -> Bool? {
        switch comparison {
        case .equal, .oneOf: equalities.contains(true)
        case .notEqual: !equalities.contains(true)
        case .isNull: isEmpty == (wanted == [.integer(1)])
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith, .overlaps: nil
        }
    }

    private func holds(for window: Window?) -> Bool {
        if let holds = holds([], window == nil) { return holds }
        guard let window, case .window(let span)? = wanted.first else { return false }
        guard comparison == .overlaps else { return window.isOrdered(by: comparison, to: span) }
        if let end = span.last, let first = window.first, first > end { return false }
        if let start = span.first, let last = window.last, last < start { return false }
        return true
    }

    private func isEqual(_ value: SQLValue) -> Bool {
        wanted.contains { value.order(SQLValue($0), folding: false) == 0 }
    }

    private func isInOrder(_ value: SQLValue) -> Bool {
        guard let bound = wanted.first.map(SQLValue.init) else { return false }
        switch comparison {
        case .less: return value.order(bound, folding: folds) < 0
        case .lessOrEqual: return value.order(bound, folding: folds) <= 0
        case .greater: return value.order(bound, folding: folds) > 0
        case .greaterOrEqual: return value.order(bound, folding: folds) >= 0
        case .contains:
            guard case .text(let text) = value, case .text(let part) = bound else { return false }
            return text.contains(folded: part)
        case .startsWith:
            guard case .text(let start) = bound else { return false }
            // The same range that SQL asks for.
            return value.order(bound, folding: folds) >= 0 && value.order(.text(start + "\u{10FFFF}"), folding: folds) < 0
        case .equal, .notEqual, .oneOf, .isNull, .overlaps: return false
        }
    }
}

extension FilterValue {
    fileprivate func isIdentical(to id: ExternalID) -> Bool {
        guard case .externalID(let wanted) = self else { return false }
        return wanted.source == id.source && wanted.value.isIdentical(to: id.value)
    }
}

extension SQLValue {
    /// Below, above or 0, as SQLite orders values: numbers before texts, texts by their bytes, folded like its NOCASE.
    func order(_ other: SQLValue, folding: Bool) -> Int {
        switch (self, other) {
        case (.integer(let one), .integer(let other)): one < other ? -1 : one > other ? 1 : 0
        case (.text(let one), .text(let other)): one.order(other, folding: folding)
        case (.integer, .text): -1
        case (.text, .integer): 1
        }
    }
}

extension String {
    fileprivate func order(_ other: String, folding: Bool) -> Int {
        var (own, others) = (utf8.makeIterator(), other.utf8.makeIterator())
        while true {
            switch (own.next(), others.next()) {
            case (nil, nil): return 0
            case (nil, _): return -1
            case (_, nil): return 1
            case (let one?, let other?):
                let (left, right) = folding ? (one.foldedASCII, other.foldedASCII) : (one, other)
                if left != right { return left < right ? -1 : 1 }
            }
        }
    }

    /// As SQLite's LIKE with `%` on both sides.
    fileprivate func contains(folded part: String) -> Bool {
        let (bytes, wanted) = (utf8.map(\.foldedASCII), part.utf8.map(\.foldedASCII))
        guard let first = wanted.first else { return true }
        guard bytes.count >= wanted.count else { return false }
        for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
            if bytes[start..<(start + wanted.count)].elementsEqual(wanted) { return true }
        }
        return false
    }
}

extension UInt8 {
    fileprivate var foldedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
