/// Which segments are merged next. Only neighbours in the log are: so each segment is of one stretch of the log, the older the bigger, and
/// a document is written again once for each eightfold. Where many wait, as after an import, they are merged by eights too, the oldest
/// first: a merge looks at all of its sources with each step.
enum MergePolicy {
    /// So many segments of about one size become one.
    private static let usualCount = 8
    /// When there is nothing else to do. Fewer segments make quicker searches.
    private static let eagerCount = 3

    /// - Parameter segments: in the order of the log.
    static func due(_ segments: [Segment], isEager: Bool) -> [Segment]? {
        let live = segments.filter { $0.state == .live }
        guard let top = live.map(\.level).max() else { return nil }
        for level in 0...top {
            let suffix = live.reversed().prefix { $0.level <= level }
            let count = suffix.count { $0.level == level }
            if count >= (isEager ? eagerCount : usualCount) { return Array(suffix.reversed().prefix(usualCount)) }
        }
        return nil
    }
}
