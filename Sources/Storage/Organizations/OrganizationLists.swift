import Newsroom

// What lists of organizations can be filtered and sorted by.
extension Organization {
    static func filterSource(_ member: FilterMember) -> FilterSource {
        let name = "organization.name"
        switch member {
        case .id: return .column(.init(name: "organization.id", isUnique: true))
        case .slug: return .column(.init(name: "organization.slug", isUnique: true))
        case .name: return .column(.init(name: name, foldsCase: true, ordersBy: name))
        case .kind: return .column(.init(name: "organization.kind", ordersBy: name, isSelective: false))
        case .country: return .column(.init(name: "organization.country", ordersBy: name, isSelective: false))
        case .parent: return .reference(column: "organization.parent_key", to: .organization)
        case .createdAt: return .column(.init(name: "organization.created_at_ms"))
        case .updatedAt: return .column(.init(name: "organization.updated_at_ms"))
        case .externalID: return .externalID
        }
    }

    static func sortColumn(_ member: SortMember) -> SortColumn {
        switch member {
        case .name: SortColumn(name: "organization.name", foldsCase: true)
        case .createdAt: SortColumn(name: "organization.created_at_ms")
        case .updatedAt: SortColumn(name: "organization.updated_at_ms")
        }
    }

    static func byteCount(of organization: Organization) -> Int {
        organization.draft.name.utf8.count + organization.draft.aliases.reduce(0) { $0 + $1.name.utf8.count }
            + organization.captions.byteCount
    }
}
