import Newsroom
import SQLite

/// What a timeline is of, as it is stored.
enum TimelineScope: Sendable, Equatable {
    case all
    case event(Int64)
    case person(Int64)
}

/// How the entries of one kind are found, in the order of a clock, from the place where the page begins.
///
/// The timeline of an event or a person looks up what belongs to it by the indexes of its references, and sorts that. The timeline of all
/// is walked along the index of the clock; moves alone have none, for they are few, and are sorted.
struct TimelineWalk: Sendable {
    let kind: TimelineKind
    let statement: ListStatement

    /// More than an event has moves: a move's number is that of its event times this, and its place among them.
    static let transitionCountMax: Int64 = 512

    /// Nil where the kind has no instant by the clock, or is not asked for.
    init?(_ kind: TimelineKind, _ query: TimelineQuery, in scope: TimelineScope, for viewer: Viewer, at now: Instant) {
        guard query.kinds.isEmpty || query.kinds.contains(kind), let column = TimelineWalk.column(kind, query.clock) else { return nil }
        self.kind = kind
        var sql = SQLText()
        if let condition = TimelineWalk.membership(kind, scope, &sql) { sql.require(condition) }
        // What is looked up by its references is not to be looked for along the clock.
        let at = scope == .all ? column : "+" + column
        let key = TimelineWalk.key(kind)
        sql.require("\(at) IS NOT NULL")
        if kind == .publication, column != "article.first_published_at_ms" { sql.require("+article.first_published_at_ms IS NOT NULL") }
        if let from = query.from { sql.require("\(at) >= \(sql.bind(.integer(from.milliseconds)))") }
        if let to = query.to { sql.require("\(at) <= \(sql.bind(.integer(to.milliseconds)))") }
        if let after = query.after { sql.require(TimelineWalk.condition(kind, at, key, after, query.isDescending, &sql)) }
        if let knownBy = query.knownBy {
            sql.require(TimelineWalk.knowledge(kind, sql.bind(.integer(knownBy.milliseconds))))
        }
        if let visibility = TimelineWalk.visibility(kind, viewer, now) { sql.require(visibility.condition(at: now, in: &sql)) }
        let direction = query.isDescending ? " DESC" : ""
        let text = """
            SELECT \(column), \(key)
            FROM \(TimelineWalk.source(kind, query.clock, scope))\(sql.whereClause)
            ORDER BY \(at)\(direction), \(key)\(direction)
            LIMIT \(query.limit + 1)
            """
        statement = ListStatement(sql: SQL(assembled: text), values: sql.values)
    }

    private static func column(_ kind: TimelineKind, _ clock: TimelineClock) -> String? {
        switch (kind, clock) {
        case (.transition, .occurred): "event_transition.effective_at_ms"
        case (.transition, .recorded): "event_transition.recorded_at_ms"
        case (.transition, .said), (.transition, .published): nil
        case (.statement, .occurred), (.statement, .said): "statement.earliest_ms"
        case (.statement, .published): "article.first_published_at_ms"
        case (.statement, .recorded): "statement.created_at_ms"
        case (.publication, .occurred), (.publication, .published): "article.first_published_at_ms"
        case (.publication, .recorded): "article.created_at_ms"
        case (.publication, .said): nil
        }
    }

    private static func key(_ kind: TimelineKind) -> String {
        switch kind {
        case .transition: "event_transition.event_key * \(transitionCountMax) + event_transition.position"
        case .statement: "statement.key"
        case .publication: "article.key"
        }
    }

    private static func source(_ kind: TimelineKind, _ clock: TimelineClock, _ scope: TimelineScope) -> String {
        switch (kind, clock, scope) {
        case (.transition, _, _): "event_transition"
        case (.statement, .published, .all): "article\nCROSS JOIN statement ON statement.article_key = article.key"
        case (.statement, .published, _): "statement\nCROSS JOIN article ON article.key = statement.article_key"
        case (.statement, _, _): "statement"
        case (.publication, _, _): "article"
        }
    }

    /// That a row belongs to what the timeline is of.
    private static func membership(_ kind: TimelineKind, _ scope: TimelineScope, _ sql: inout SQLText) -> String? {
        switch scope {
        case .all: return nil
        case .event(let event):
            let parts = """
                (WITH RECURSIVE part (key) AS (
                        SELECT \(sql.bind(.integer(event)))
                        UNION
                        SELECT event.key FROM part CROSS JOIN event ON event.part_of_key = part.key
                    ) SELECT key FROM part)
                """
            switch kind {
            case .transition: return "event_transition.event_key IN \(parts)"
            case .statement:
                return """
                    statement.key IN (
                            SELECT statement_key FROM statement_event WHERE event_key IN \(parts)
                            UNION
                            SELECT about.key FROM statement AS about WHERE about.claim_about_key IN \(parts)
                        )
                    """
            case .publication: return "article.key IN (SELECT article_key FROM article_event WHERE event_key IN \(parts))"
            }
        case .person(let person):
            let key = sql.bind(.integer(person))
            switch kind {
            case .transition:
                return "event_transition.event_key IN (SELECT event_key FROM event_participant WHERE person_key = \(key))"
            case .statement: return "statement.person_key = \(key)"
            case .publication: return "article.key IN (SELECT article_key FROM article_person WHERE person_key = \(key))"
            }
        }
    }

    /// That a row comes behind a place. At one instant the kinds come one after the other.
    private static func condition(
        _ kind: TimelineKind, _ at: String, _ key: String, _ after: TimelinePosition, _ isDescending: Bool, _ sql: inout SQLText
    ) -> String {
        let instant = sql.bind(.integer(after.at.milliseconds))
        let sign = isDescending ? "<" : ">"
        guard kind != after.kind else { return "(\(at), \(key)) \(sign) (\(instant), \(sql.bind(.integer(after.key))))" }
        let comesLater = (kind.rank > after.kind.rank) != isDescending
        return "\(at) \(sign)\(comesLater ? "=" : "") \(instant)"
    }

    /// That something had taken effect, been said or been published by an instant. A statement of which nobody knows when it was said was
    /// made when it was printed at the latest.
    private static func knowledge(_ kind: TimelineKind, _ instant: String) -> String {
        switch kind {
        case .transition: "+event_transition.effective_at_ms <= \(instant)"
        case .statement:
            """
            coalesce(statement.earliest_ms, statement.latest_ms, (
                        SELECT printed.first_published_at_ms FROM article AS printed WHERE printed.key = statement.article_key
                    )) <= \(instant)
            """
        case .publication:
            "(+article.first_published_at_ms <= \(instant) AND coalesce(article.embargoed_until_ms, \(instant)) <= \(instant))"
        }
    }

    /// Moves are public as their events are; what they rest on is told with its own captions.
    private static func visibility(_ kind: TimelineKind, _ viewer: Viewer, _ now: Instant) -> Visibility? {
        switch kind {
        case .transition: nil
        case .statement: Statement.visibility(to: viewer, at: now)
        case .publication: Article.visibility(to: viewer, at: now)
        }
    }
}
