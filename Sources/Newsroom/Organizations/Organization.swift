/// A body that acts and speaks: a government, a party, a company, a newspaper.
package struct Organization: Resource {
    package static let kind = Kind.organization

    package var record: Record<Organization>
    package var draft: Draft
    package var captions: Captions

    package init(record: Record<Organization>, draft: Draft, captions: Captions) {
        self.record = record
        self.draft = draft
        self.captions = captions
    }

    package struct Draft: ResourceDraft {
        package var slug: Slug?
        package var externalIDs = ExternalIDs()
        package var name = ""
        package var aliases: [Alias] = []
        package var kind = OrganizationKind.other
        package var parent: Reference<Organization>?
        package var country: CountryCode?
        package var identifiers = Identifiers()

        package init() {}

        package var caption: String { name }
    }
}

package enum OrganizationKind: String, Sendable, CaseIterable {
    case government, intergovernmental, party
    case armedGroup = "armed_group"
    case media, company, other
}

extension Organization {
    package enum FilterMember: String, FilteringMember {
        case id, slug, name, kind, country, parent
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case externalID = "external_id"

        package var valueType: ListValueType {
            switch self {
            case .id, .slug, .name, .country: .text
            case .kind: .word(OrganizationKind.allCases.map(\.rawValue))
            case .parent: .reference(.organization)
            case .createdAt, .updatedAt: .instant
            case .externalID: .externalID
            }
        }
    }

    package enum SortMember: String, SortingMember {
        case name
        case createdAt = "created_at"
        case updatedAt = "updated_at"

        package var keyType: SortKeyType {
            switch self {
            case .name: .text
            case .createdAt, .updatedAt: .integer
            }
        }
    }
}
