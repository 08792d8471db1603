/// Something that happens, or was to happen: one id and one URL, however often its date moves.
package struct Event: Resource {
    package static let kind = Kind.event

    package var record: Record<Event>
    package var draft: Draft
    package var captions: Captions
    /// The moment as of which it is looked at; nil: that of its version.
    package var seenAt: Instant?
    package var review: [ReviewMark] = []

    package init(record: Record<Event>, draft: Draft, captions: Captions) {
        self.record = record
        self.draft = draft
        self.captions = captions
    }

    package struct Draft: ResourceDraft {
        package var slug: Slug?
        package var externalIDs = ExternalIDs()
        package var title = ""
        package var summary: String?
        package var kind = EventKind.other
        package var status = EventStatus.proposed
        /// When it is to happen or did, as far as that is known; of a cancelled event when it was to happen.
        package var window: Window?
        /// The times that it was promised for before `window`, in order.
        package var formerSlots: [EventSlot] = []
        /// The moves of its life, in order.
        package var transitions: [EventTransition] = []
        package var place: Place?
        package var participants: [Participant] = []
        package var partOf: Reference<Event>?
        /// What led to it, in the order of their weight.
        package var causes: [EventCause] = []

        package init() {}

        package var caption: String { title }
    }

    /// Somebody who takes part.
    package struct Participant: Sendable, Hashable {
        package var target: Target
        package var role: String?

        package init(target: Target, role: String? = nil) {
            self.target = target
            self.role = role
        }

        package enum Target: Sendable, Hashable {
            case person(Reference<Person>)
            case organization(Reference<Organization>)
        }
    }
}

package enum EventKind: String, Sendable, CaseIterable {
    case meeting, vote, visit, call, briefing, trip, attack, election, court, other
}

package enum EventStatus: String, Sendable, CaseIterable {
    case proposed, scheduled, postponed, cancelled
    case inProgress = "in_progress"
    case happened
}

/// Where something happens.
package struct Place: Sendable, Equatable {
    package var name: String?
    package var country: CountryCode?
    /// Degrees, -90…90, north positive. Both coordinates are given, or neither (WGS 84).
    package var latitude: Double?
    /// Degrees, -180…180, east positive.
    package var longitude: Double?

    package init(name: String? = nil, country: CountryCode? = nil, latitude: Double? = nil, longitude: Double? = nil) {
        self.name = name
        self.country = country
        self.latitude = latitude
        self.longitude = longitude
    }
}

extension Event {
    package enum FilterMember: String, FilteringMember {
        case id, slug, title, kind, status, country
        /// The instants between which the window lies.
        case earliest, latest
        case window
        /// Whether it should have begun by now, or as of an instant by then.
        case overdue
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case externalID = "external_id"
        case person, organization
        case partOf = "part_of"
        case needsReview = "needs_review"

        package var valueType: ListValueType {
            switch self {
            case .id, .slug, .title, .country: .text
            case .kind: .word(EventKind.allCases.map(\.rawValue))
            case .status: .word(EventStatus.allCases.map(\.rawValue))
            case .earliest, .createdAt, .updatedAt: .instant
            case .latest: .lastInstant
            case .window: .window
            case .overdue: .flag
            case .externalID: .externalID
            case .person: .reference(.person)
            case .organization: .reference(.organization)
            case .partOf: .reference(.event)
            case .needsReview: .mark
            }
        }
    }

    package enum SortMember: String, SortingMember {
        case earliest
        case title
        case createdAt = "created_at"
        case updatedAt = "updated_at"

        package var keyType: SortKeyType {
            switch self {
            // That of `earliest` is the whole order of windows: the start, then how narrow they are.
            case .earliest, .title: .text
            case .createdAt, .updatedAt: .integer
            }
        }
    }
}
