import Newsroom
import SQLite

extension Organization: HistoricResource {
    static let updatedAtMember = FilterMember.updatedAt

    static func values(of member: FilterMember, in organization: Organization) -> MemberValues {
        let (record, draft) = (organization.record, organization.draft)
        switch member {
        case .id: return .text(record.id.text)
        case .slug: return .text(record.slug.text)
        case .name: return .text(draft.name)
        case .kind: return .text(draft.kind.rawValue)
        case .country: return .text(draft.country?.text)
        case .parent: return .references(draft.parent.map { [$0] } ?? [])
        case .createdAt: return .instant(record.createdAt)
        case .updatedAt: return .instant(record.updatedAt)
        case .externalID: return .externalIDs(draft.externalIDs.all)
        }
    }

    static func sortKey(_ member: SortMember, of organization: Organization) -> Position.SortKey {
        switch member {
        case .name: .text(organization.draft.name)
        case .createdAt: .integer(organization.record.createdAt.milliseconds)
        case .updatedAt: .integer(organization.record.updatedAt.milliseconds)
        }
    }

    func captioned(by captions: inout some CaptionSource) throws(SQLiteError) -> Organization {
        var organization = self
        organization.captions = Captions()
        if let parent = draft.parent { try captions.add(parent, to: &organization.captions) }
        return organization
    }
}
