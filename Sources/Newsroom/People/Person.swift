/// A person, with the offices held and when: who somebody was at a date matters to every story.
package struct Person: Resource {
    package static let kind = Kind.person

    package var record: Record<Person>
    package var draft: Draft
    package var captions: Captions
    /// The offices held at the time that a list was asked for, the most specific first; nil where it was asked for none.
    package var offices: [HeldOffice]?

    package init(record: Record<Person>, draft: Draft, captions: Captions) {
        self.record = record
        self.draft = draft
        self.captions = captions
    }

    package struct Draft: ResourceDraft {
        package var slug: Slug?
        package var externalIDs = ExternalIDs()
        package var name = ""
        /// The name as it is sorted: `Gallant, Yoav`. Made from the name when the client gives none.
        package var sortName: String?
        package var aliases: [Alias] = []
        package var description: String?
        package var born: PartialDate?
        package var roles: [Role] = []
        package var identifiers = Identifiers()
        package var links: [Link] = []

        package init() {}

        package var caption: String { name }
    }

    /// An office or position, held for a time. The dates may be partial or unknown; both are inclusive.
    package struct Role: Sendable, Equatable {
        package var title: String
        package var organization: Reference<Organization>?
        package var from: PartialDate?
        package var to: PartialDate?

        package init(title: String, organization: Reference<Organization>? = nil, from: PartialDate? = nil, to: PartialDate? = nil) {
            self.title = title
            self.organization = organization
            self.from = from
            self.to = to
        }
    }
}

/// Another name, and when it was used. On the wire `{"name","from","to"}`, or in requests just the name.
package struct Alias: Sendable, Hashable {
    package var name: String
    package var from: PartialDate?
    package var to: PartialDate?

    package init(name: String, from: PartialDate? = nil, to: PartialDate? = nil) {
        self.name = name
        self.from = from
        self.to = to
    }
}

/// A page about somebody: `{"url","title"}`.
package struct Link: Sendable, Equatable {
    package var url: WebURL
    package var title: String?

    package init(url: WebURL, title: String? = nil) {
        self.url = url
        self.title = title
    }
}

/// Ids in public authority files, by scheme: `{"wikidata": "Q57405"}`. Schemes have the form of external sources.
package struct Identifiers: Sendable, Equatable {
    package private(set) var byScheme: [String: String]

    package init(byScheme: [String: String] = [:]) {
        self.byScheme = byScheme
    }

    package subscript(scheme: String) -> String? {
        get { byScheme[scheme] }
        set { byScheme[scheme] = newValue }
    }

    package var all: [(scheme: String, value: String)] {
        byScheme.sorted { $0.key < $1.key }.map { (scheme: $0.key, value: $0.value) }
    }
}

extension Person {
    package enum FilterMember: String, FilteringMember {
        case id, slug, name, born
        case sortName = "sort_name"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case externalID = "external_id"
        /// The title of an office held at any time, or then (`at`), whatever its capitals and accents.
        case role
        /// The organization of an office held at any time, or then (`at`).
        case organization
        /// When an office was held: the same that `role` and `organization` ask for.
        case at

        package var valueType: ListValueType {
            switch self {
            case .id, .slug, .name, .born, .sortName, .role: .text
            case .createdAt, .updatedAt: .instant
            case .externalID: .externalID
            case .organization: .reference(.organization)
            case .at: .date
            }
        }
    }

    package enum SortMember: String, SortingMember {
        case sortName = "sort_name"
        case name
        case createdAt = "created_at"
        case updatedAt = "updated_at"

        package var keyType: SortKeyType {
            switch self {
            case .sortName, .name: .text
            case .createdAt, .updatedAt: .integer
            }
        }
    }
}
