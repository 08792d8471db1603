import Newsroom
import SQLite

extension Person: HistoricResource {
    static let updatedAtMember = FilterMember.updatedAt

    static func values(of member: FilterMember, in person: Person) -> MemberValues {
        let (record, draft) = (person.record, person.draft)
        switch member {
        case .id: return .text(record.id.text)
        case .slug: return .text(record.slug.text)
        case .name: return .text(draft.name)
        case .sortName: return .text(draft.sortName ?? draft.name)
        case .born: return .text(draft.born?.text)
        case .createdAt: return .instant(record.createdAt)
        case .updatedAt: return .instant(record.updatedAt)
        case .externalID: return .externalIDs(draft.externalIDs.all)
        case .role: return .texts(draft.roles.map(\.title))
        case .organization: return .references(draft.roles.compactMap(\.organization))
        case .at: return .offices(draft.roles)
        }
    }

    static func sortKey(_ member: SortMember, of person: Person) -> Position.SortKey {
        switch member {
        case .sortName: .text(person.draft.sortName ?? person.draft.name)
        case .name: .text(person.draft.name)
        case .createdAt: .integer(person.record.createdAt.milliseconds)
        case .updatedAt: .integer(person.record.updatedAt.milliseconds)
        }
    }

    func captioned(by captions: inout some CaptionSource) throws(SQLiteError) -> Person {
        var person = self
        person.captions = Captions()
        for organization in draft.roles.compactMap(\.organization) { try captions.add(organization, to: &person.captions) }
        return person
    }

    static func partsFollow(from person: Person, _ stored: Stored<Person>, in database: Database) throws(SQLiteError) -> Bool {
        let days = try database.all(.foundOffices) { $0.add(stored.key) }
        return days
            == person.draft.roles.map { role in
                StoredOffice(first: role.from?.earliestDay, last: role.to?.latestDay, title: Array(role.title.folded.utf8))
            }
    }
}

/// What an office is found by.
private struct StoredOffice: Equatable {
    let first: Int?
    let last: Int?
    let title: [UInt8]
}

extension Query<StoredOffice> {
    fileprivate static let foundOffices = Query(
        """
        SELECT first_day, last_day, folded_title
        FROM person_role
        WHERE person_key = $1
        ORDER BY position
        """
    ) { row throws(SQLiteError) in
        StoredOffice(
            first: row.integerOrNil(0).map(Int.init), last: row.integerOrNil(1).map(Int.init), title: Array((row.textOrNil(2) ?? "").utf8))
    }
}
