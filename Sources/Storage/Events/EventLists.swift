import Newsroom
import SQLite

// What lists of events can be filtered and sorted by.
extension Event {
    static func filterSource(_ member: FilterMember) -> FilterSource {
        let soonest = "event.window_order"
        let participants = FilterSource.Part(table: "event_participant", owner: "event_key", hasRepeats: true)
        switch member {
        case .id: return .column(.init(name: "event.id", isUnique: true))
        case .slug: return .column(.init(name: "event.slug", isUnique: true))
        case .title: return .column(.init(name: "event.title", foldsCase: true, ordersBy: "event.title"))
        case .kind: return .column(.init(name: "event.kind", ordersBy: soonest, isSelective: false))
        case .status: return .column(.init(name: "event.status", ordersBy: soonest, isSelective: false))
        case .country: return .column(.init(name: "event.country", ordersBy: soonest, isSelective: false))
        case .earliest: return .column(.init(name: "event.earliest_ms", leadsOrder: soonest))
        case .latest: return .column(.init(name: "event.latest_ms"))
        case .window: return .window(edtf: "event.edtf", first: "event.earliest_ms", last: "event.latest_ms")
        case .overdue: return .column(.init(name: "event.due_ms", isSelective: false))
        case .createdAt: return .column(.init(name: "event.created_at_ms"))
        case .updatedAt: return .column(.init(name: "event.updated_at_ms"))
        case .externalID: return .externalID
        case .person: return .partReference(participants, column: "event_participant.person_key", to: .person)
        case .organization: return .partReference(participants, column: "event_participant.organization_key", to: .organization)
        case .partOf: return .reference(column: "event.part_of_key", to: .event)
        case .needsReview:
            return .part(
                FilterSource.Part(table: "event_review", owner: "event_key", hasRepeats: true), .init(name: "event_review.needs_review"))
        }
    }

    /// What is due before now is overdue; what never will be is due at the end of time.
    static func settled(_ filters: [Filter<FilterMember>], at now: Instant) -> [Filter<FilterMember>] {
        filters.map { filter in
            guard filter.member == .overdue, filter.comparison == .equal, case .integer(let flag)? = filter.values.first else {
                return filter
            }
            return Filter(.overdue, flag != 0 ? .less : .greaterOrEqual, [.instant(now)])
        }
    }

    static func view(
        by filters: [Filter<FilterMember>], at now: Instant, in database: Database
    ) throws(SQLiteError) -> (Event) -> Event {
        { event in
            var seen = event
            seen.seenAt = now
            return seen
        }
    }

    static func sortColumn(_ member: SortMember) -> SortColumn {
        switch member {
        case .earliest: SortColumn(name: "event.window_order", isNullable: true)
        case .title: SortColumn(name: "event.title", foldsCase: true)
        case .createdAt: SortColumn(name: "event.created_at_ms")
        case .updatedAt: SortColumn(name: "event.updated_at_ms")
        }
    }

    static func byteCount(of event: Event) -> Int {
        let reasons = event.draft.transitions.reduce(0) { $0 + 200 + ($1.reason?.utf8.count ?? 0) }
        return event.draft.title.utf8.count + (event.draft.summary?.utf8.count ?? 0) + event.captions.byteCount
            + event.draft.formerSlots.count * 200 + reasons
    }
}
