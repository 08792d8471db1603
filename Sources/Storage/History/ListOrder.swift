import Newsroom

/// The order of a list, as SQLite has it: NULL first, texts by their bytes, equals by their number.
struct ListOrder {
    let folds: Bool
    let isDescending: Bool

    func precedes(_ one: Position, _ other: Position) -> Bool {
        let order = order(of: one.sortKey, other.sortKey)
        if order != 0 { return (order < 0) != isDescending }
        return one.tieBreaker != other.tieBreaker && (one.tieBreaker < other.tieBreaker) != isDescending
    }

    private func order(of one: Position.SortKey, _ other: Position.SortKey) -> Int {
        switch (one.value, other.value) {
        case (nil, nil): 0
        case (nil, _): -1
        case (_, nil): 1
        case (let one?, let other?): one.order(other, folding: folds)
        }
    }
}
