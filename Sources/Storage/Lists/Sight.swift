import Newsroom

/// Who is told, and when: a filter on a reference tells no more of its target than the resource that has the reference shows.
struct Sight: Sendable {
    let viewer: Viewer
    let now: Instant

    /// That the target which a column names may be seen; nil where all of its kind may.
    func condition(_ column: String, to kind: String, in sql: inout SQLText) -> String? {
        guard let visibility = visibility(of: kind) else { return nil }
        let condition = visibility.condition(sql.bind(.integer(now.milliseconds)), "+")
        // The target's columns are called as in the kind's own table, which may be the one that has the reference.
        return """
            EXISTS (SELECT 1 FROM \(kind) AS target
            WHERE target.key = \(column) AND \(condition.replacing("\(kind).", with: "target.")))
            """
    }

    private func visibility(of kind: String) -> Visibility? {
        switch Kind(rawValue: kind) {
        case .article: Article.visibility(to: viewer, at: now)
        case .statement: Statement.visibility(to: viewer, at: now)
        case .person, .organization, .event, nil: nil
        }
    }
}
