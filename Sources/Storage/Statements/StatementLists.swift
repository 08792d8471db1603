import Newsroom

// What lists of statements can be filtered and sorted by, and who sees what of them.
extension Statement {
    static func filterSource(_ member: FilterMember) -> FilterSource {
        let earliest = "statement.window_order"
        let events = FilterSource.Part(table: "statement_event", owner: "statement_key")
        let chain = FilterSource.Part(table: "statement_chain", owner: "statement_key", hasRepeats: true)
        switch member {
        case .id: return .column(.init(name: "statement.id", isUnique: true))
        case .speaker: return .parties([("statement.person_key", .person), ("statement.organization_key", .organization)])
        case .outlet: return .partReference(chain, column: "statement_chain.organization_key", to: .organization)
        case .article: return .reference(column: "statement.article_key", to: .article)
        case .event: return .partReference(events, column: "statement_event.event_key", to: .event)
        case .manner: return .column(.init(name: "statement.manner", ordersBy: earliest, isSelective: false))
        case .form: return .column(.init(name: "statement.form", ordersBy: earliest, isSelective: false))
        case .status: return .column(.init(name: "statement.status", ordersBy: earliest, isSelective: false))
        case .hops: return .column(.init(name: "statement.hops", ordersBy: earliest, isSelective: false))
        case .unnamed: return .column(.init(name: "statement.unnamed", ordersBy: earliest, isSelective: false))
        case .corrects: return .guarded(column: "statement.corrects_key", to: .statement)
        case .saidAt: return .window(edtf: "statement.edtf", first: "statement.earliest_ms", last: "statement.latest_ms")
        case .earliest: return .column(.init(name: "statement.earliest_ms", leadsOrder: earliest))
        case .latest: return .column(.init(name: "statement.latest_ms"))
        case .claimAbout: return .reference(column: "statement.claim_about_key", to: .event)
        case .claimProperty: return .column(.init(name: "statement.claim_property", ordersBy: earliest))
        case .claimValue: return .column(.init(name: "statement.claim_value", ordersBy: earliest))
        case .createdAt: return .column(.init(name: "statement.created_at_ms"))
        case .updatedAt: return .column(.init(name: "statement.updated_at_ms"))
        case .externalID: return .externalID
        }
    }

    static func sortColumn(_ member: SortMember) -> SortColumn {
        switch member {
        case .saidAt: SortColumn(name: "statement.window_order", isNullable: true)
        case .createdAt: SortColumn(name: "statement.created_at_ms")
        case .updatedAt: SortColumn(name: "statement.updated_at_ms")
        }
    }

    /// That the article may be seen which reports it: `Statement.publicFrom` in SQL, by the article's own condition.
    static func visibility(to viewer: Viewer, at now: Instant) -> Visibility? {
        Article.visibility(to: viewer, at: now)?.inherited(by: table) { rows in "article.key = \(rows).article_key" }
    }

    static func isVisible(_ statement: Statement, to viewer: Viewer, at now: Instant) -> Bool {
        viewer.maySee(what: statement.publicFrom, at: now)
    }

    /// The log does not say: see `hasOwnPublication`.
    static func publicFromMilliseconds(_ draft: Draft) -> Int64? { nil }

    static func byteCount(of statement: Statement) -> Int {
        let draft = statement.draft
        return draft.text.utf8.count + 2 * (draft.anchor?.exact.utf8.count ?? 0) + draft.events.count * 40 + draft.chain.count * 200
            + statement.captions.byteCount
    }
}
