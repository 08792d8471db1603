import Newsroom

/// From where the newsroom is looked at: by whom, of which instant, and when.
struct Sight: Sendable {
    let viewer: Viewer
    /// What is told is about it.
    let instant: Instant
    /// When it is told. What may not be seen by then is not told of the past either.
    let now: Instant
    /// The last row of the log that counts of the past; nil of what is, and where no database has been asked yet.
    private(set) var sequence: Int64?

    var isOfPast: Bool { sequence != nil }

    /// What is, as it is.
    init(of viewer: Viewer, at now: Instant) { self.init(of: viewer, asOf: now, at: now) }

    /// What was.
    init(of viewer: Viewer, asOf instant: Instant, at now: Instant) {
        self.viewer = viewer
        self.instant = instant
        self.now = now
    }

    /// The same, when the place of the instant in the log is known.
    func at(_ moment: PastMoment) -> Sight {
        var sight = self
        sight.sequence = moment.sequence
        return sight
    }

    /// That the target which a column names may be seen, and of the past that it could be; nil where all of its kind may. A filter on a
    /// reference tells no more of its target than the resource that has the reference shows: see `PastCaptions`.
    func condition(onTarget column: String, of kind: Kind, in sql: inout SQLText) -> String? {
        guard var visibility = visibility(of: kind) else { return nil }
        if let sequence { visibility = visibility.told(by: sequence) }
        // The target may be of the table that has the reference.
        var isSeen = visibility.condition(of: "target", at: now, in: &sql)
        if let sequence {
            let publicFrom = LogRow.publicFrom(of: "target.id", by: sql.bind(.integer(sequence)))
            isSeen += " AND \(publicFrom) <= \(sql.bind(.integer(now.milliseconds)))"
        }
        return "EXISTS (SELECT 1 FROM \(kind.rawValue) AS target WHERE target.key = \(column) AND \(isSeen))"
    }

    /// What may be seen of a kind, and of the past could be: of what hangs on others as everybody was told.
    func visibility<R: StoredResource>(of _: R.Type) -> Visibility? {
        let visibility = R.visibility(to: viewer, at: instant)
        guard let sequence, !R.hasOwnPublication else { return visibility }
        return visibility?.told(by: sequence)
    }

    private func visibility(of kind: Kind) -> Visibility? {
        switch kind {
        case .article: Article.visibility(to: viewer, at: now)
        case .statement: Statement.visibility(to: viewer, at: now)
        case .person, .organization, .event: nil
        }
    }
}
