/// All that a time zone's clock has done and is going to do: a table of changes, and a rule for what comes after them.
package struct ZoneRules: Sendable, Equatable {
    /// Seconds east of UTC before the first change.
    package let firstOffset: Int
    /// By their instants, each later than the one before.
    package private(set) var changes: [ZoneChange]
    /// What counts after the last change; nil: its offset for good.
    package let rule: ZoneRule?
    /// A hash of what these rules were read from: it is another one where the rules are. 0 is that of no rules.
    package let fingerprint: Int64

    /// No zone is farther from UTC than this (RFC 9636 §3.2).
    static let offsetMax = 26 * 3_600

    package init(firstOffset: Int, changes: [ZoneChange] = [], rule: ZoneRule? = nil, fingerprint: Int64 = 1) {
        self.firstOffset = firstOffset
        self.changes = changes
        // From the last change on the rule counts, whatever the table says of it.
        if let rule, let last = changes.last, rule.offset(at: last.at) != last.offset {
            self.changes[changes.count - 1] = ZoneChange(at: last.at, offset: rule.offset(at: last.at))
        }
        self.rule = rule
        self.fingerprint = fingerprint
    }

    /// UTC, which needs no database.
    package static let utc = ZoneRules(firstOffset: 0)

    /// Seconds east of UTC at an instant, in seconds since 1970.
    package func offset(at instant: Int) -> Int {
        let index = firstChange(after: instant)
        if index == changes.count, let rule { return rule.offset(at: instant) }
        return index == 0 ? firstOffset : changes[index - 1].offset
    }

    /// The instants at which the clock shows a local time, in order; all in seconds since 1970. None where a change of the clock leaves the
    /// time out, two where the clock is put back and shows it again.
    package func moments(showing local: Int) -> [Int] {
        let near = local - ZoneRules.offsetMax...local + ZoneRules.offsetMax
        var moments: [Int] = []
        for offset in [offset(at: near.lowerBound)] + changes(in: near).map(\.offset) {
            let moment = local - offset
            if self.offset(at: moment) == offset, !moments.contains(moment) { moments.append(moment) }
        }
        return moments.sorted()
    }

    /// The change that leaves out a local time, with the offset before it; nil where no change does.
    package func change(leavingOut local: Int) -> (at: Int, offsetBefore: Int)? {
        let near = local - ZoneRules.offsetMax...local + ZoneRules.offsetMax
        var before = offset(at: near.lowerBound)
        for change in changes(in: near) {
            if change.at + before <= local, local < change.at + change.offset { return (change.at, before) }
            before = change.offset
        }
        return nil
    }

    /// The changes within a span of instants, behind its first one.
    private func changes(in span: ClosedRange<Int>) -> [ZoneChange] {
        var found = Array(changes[firstChange(after: span.lowerBound)..<firstChange(after: span.upperBound)])
        guard let rule, span.upperBound > changes.last?.at ?? .min else { return found }
        let (first, last) = (CivilDate(daysSince1970: dayNumber(span.lowerBound)), CivilDate(daysSince1970: dayNumber(span.upperBound)))
        let start = max(span.lowerBound, changes.last?.at ?? .min)
        found += rule.changes(in: first.year - 1...last.year + 1).filter { $0.at > start && $0.at <= span.upperBound }
        return found
    }

    /// The index of the first change behind an instant.
    private func firstChange(after instant: Int) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
