import Newsroom
import SQLite

extension Event: HistoricResource {
    static let updatedAtMember = FilterMember.updatedAt

    static func values(of member: FilterMember, in event: Event) -> MemberValues {
        let (record, draft) = (event.record, event.draft)
        switch member {
        case .id: return .text(record.id.text)
        case .slug: return .text(record.slug.text)
        case .title: return .text(draft.title)
        case .kind: return .text(draft.kind.rawValue)
        case .status: return .text(draft.status.rawValue)
        case .country: return .text(draft.place?.country?.text)
        case .earliest: return .instant(draft.window?.first)
        case .latest: return .instant(draft.window?.last)
        case .window: return .window(draft.window)
        case .overdue: return .integer(draft.due?.milliseconds ?? .max)
        case .createdAt: return .instant(record.createdAt)
        case .updatedAt: return .instant(record.updatedAt)
        case .externalID: return .externalIDs(draft.externalIDs.all)
        case .person:
            return .references(
                draft.participants.compactMap { participant -> Reference<Person>? in
                    guard case .person(let person) = participant.target else { return nil }
                    return person
                })
        case .organization:
            return .references(
                draft.participants.compactMap { participant -> Reference<Organization>? in
                    guard case .organization(let organization) = participant.target else { return nil }
                    return organization
                })
        case .partOf: return .references(draft.partOf.map { [$0] } ?? [])
        case .needsReview: return .texts(event.review.isEmpty ? [] : ["true"])
        }
    }

    static func sortKey(_ member: SortMember, of event: Event) -> Position.SortKey {
        switch member {
        case .earliest: windowOrder(event.draft.window)
        case .title: .text(event.draft.title)
        case .createdAt: .integer(event.record.createdAt.milliseconds)
        case .updatedAt: .integer(event.record.updatedAt.milliseconds)
        }
    }

    /// As the column `window_order` has it; a test compares the two.
    static func windowOrder(_ window: Window?) -> Position.SortKey {
        guard let window, let first = window.first?.milliseconds else { return .null }
        return .text((first >= 0 ? "1" : "0") + hexadecimal(first) + hexadecimal(window.sortKey.width))
    }

    private static func hexadecimal(_ number: Int64) -> String {
        let digits = String(UInt64(bitPattern: number), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    func captioned(by captions: inout some CaptionSource) throws(SQLiteError) -> Event {
        let day = Event.officeDay(window: draft.window, updatedAt: record.updatedAt)
        var event = self
        event.captions = Captions()
        for participant in draft.participants {
            switch participant.target {
            case .person(let person): try captions.add(person, on: day, to: &event.captions)
            case .organization(let organization): try captions.add(organization, to: &event.captions)
            }
        }
        for cause in draft.causes { try captions.add(cause.event, to: &event.captions) }
        for cause in draft.transitions.compactMap(\.cause) { try captions.add(cause.event, to: &event.captions) }
        for statement in basis { try captions.add(statement, to: &event.captions) }
        if let whole = draft.partOf { try captions.add(whole, to: &event.captions) }
        return event
    }

    static func partsFollow(from event: Event, _ stored: Stored<Event>, in database: Database) throws(SQLiteError) -> Bool {
        try database.first(.precisionOfEvent) { $0.add(stored.key) } == (event.draft.window?.precision.rawValue ?? "")
    }
}

extension Query<String> {
    fileprivate static let precisionOfEvent = Query("SELECT precision FROM event WHERE key = $1") { row throws(SQLiteError) in row.text(0) }
}
