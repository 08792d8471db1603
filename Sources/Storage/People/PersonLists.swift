import Newsroom

// What lists of people can be filtered and sorted by.
extension Person {
    static func filterSource(_ member: FilterMember) -> FilterSource {
        let roles = FilterSource.Part(table: "person_role", owner: "person_key", hasRepeats: true)
        switch member {
        case .id: return .column(.init(name: "person.id", isUnique: true))
        case .slug: return .column(.init(name: "person.slug", isUnique: true))
        case .name: return .column(.init(name: "person.name", foldsCase: true, ordersBy: "person.name"))
        case .sortName: return .column(.init(name: "person.sort_name", foldsCase: true, ordersBy: "person.sort_name"))
        case .born: return .column(.init(name: "person.born"))
        case .createdAt: return .column(.init(name: "person.created_at_ms"))
        case .updatedAt: return .column(.init(name: "person.updated_at_ms"))
        case .externalID: return .externalID
        case .role: return .part(roles, .init(name: "person_role.title", folded: "person_role.folded_title"))
        case .organization: return .partReference(roles, column: "person_role.organization_key", to: .organization)
        case .at: return .office
        }
    }

    static func sortColumn(_ member: SortMember) -> SortColumn {
        switch member {
        case .sortName: SortColumn(name: "person.sort_name", foldsCase: true)
        case .name: SortColumn(name: "person.name", foldsCase: true)
        case .createdAt: SortColumn(name: "person.created_at_ms")
        case .updatedAt: SortColumn(name: "person.updated_at_ms")
        }
    }

    static func byteCount(of person: Person) -> Int {
        let draft = person.draft
        return draft.name.utf8.count + (draft.description?.utf8.count ?? 0) + draft.aliases.reduce(0) { $0 + $1.name.utf8.count }
            + draft.roles.reduce(0) { $0 + $1.title.utf8.count } + draft.links.reduce(0) { $0 + $1.url.text.utf8.count }
            + person.captions.byteCount
    }
}
