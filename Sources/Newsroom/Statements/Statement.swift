/// Who said what, about what, and through whom it came to us.
package struct Statement: Resource {
    package static let kind = Kind.statement

    package var record: Record<Statement>
    package var draft: Draft
    package var captions: Captions

    package init(record: Record<Statement>, draft: Draft, captions: Captions) {
        self.record = record
        self.draft = draft
        self.captions = captions
    }

    package struct Draft: ResourceDraft {
        package var slug: Slug?
        package var externalIDs = ExternalIDs()
        package var speaker: Attribution?
        /// The outlets and people that it came through, the nearest to the speaker first. Empty: our own reporter heard it.
        package var chain: [Attribution] = []
        package var manner = StatementManner.said
        package var form = StatementForm.paraphrase
        package var text = ""
        package var saidAt: Window?
        /// The article in which we report it. Who may see that may see the statement, and nobody else but the newsroom.
        package var article: Reference<Article>?
        package var anchor: QuoteAnchor?
        /// What it is about.
        package var events: [Reference<Event>] = []
        package var status = StatementStatus.live
        /// The statement that it puts right.
        package var corrects: Reference<Statement>?
        package var claim: Claim?

        package init() {}

        package var caption: String { text }

        /// How many it came through.
        package var hops: Int { chain.count }

        /// The speaker and those in the chain.
        package var attributions: [Attribution] { (speaker.map { [$0] } ?? []) + chain }
    }

    /// The statement as a viewer may see it: without what may not be told of others, and without the names by which the newsroom tells
    /// unnamed sources apart.
    package func seen(by viewer: Viewer, at now: Instant) -> Statement {
        guard viewer == .anonymous else { return self }
        var seen = self
        seen.captions = captions.seen(by: viewer, at: now)
        if let corrected = draft.corrects, !seen.captions.tell(of: corrected) { seen.draft.corrects = nil }
        seen.draft.speaker = draft.speaker?.withoutSourceID
        seen.draft.chain = draft.chain.map(\.withoutSourceID)
        return seen
    }

    /// The day at which the offices of those who speak count: the first of `said_at` in UTC; where that is open or unknown its last, and
    /// without it the day of the last change.
    package static func officeDay(saidAt: Window?, updatedAt: Instant) -> Int {
        (saidAt?.first ?? saidAt?.last ?? updatedAt).daysSince1970
    }
}

extension Attribution {
    fileprivate var withoutSourceID: Attribution {
        guard case .unnamed(var source) = self else { return self }
        source.id = nil
        return .unnamed(source)
    }
}

package enum StatementManner: String, Sendable, CaseIterable {
    case said, announced, confirmed, denied, wrote, asked
}

package enum StatementForm: String, Sendable, CaseIterable {
    case quote
    case partialQuote = "partial_quote"
    case paraphrase
}

package enum StatementStatus: String, Sendable, CaseIterable {
    case live
    /// Another statement puts it right.
    case corrected
    /// It is no longer held: it stays on the record, and counts for nothing.
    case withdrawn
}

extension Statement {
    package enum FilterMember: String, FilteringMember {
        case id
        case speaker
        /// An organization that it came through.
        case outlet
        case article, event, manner, form, status, corrects, hops
        /// Whether the speaker is not named.
        case unnamed
        case saidAt = "said_at"
        /// The instants between which it was said.
        case earliest, latest
        case claimAbout = "claim.about"
        case claimProperty = "claim.property"
        case claimValue = "claim.value"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case externalID = "external_id"

        package var valueType: ListValueType {
            switch self {
            case .id, .claimProperty, .claimValue: .text
            case .speaker: .party
            case .outlet: .reference(.organization)
            case .article: .reference(.article)
            case .event, .claimAbout: .reference(.event)
            case .corrects: .reference(.statement)
            case .manner: .word(StatementManner.allCases.map(\.rawValue))
            case .form: .word(StatementForm.allCases.map(\.rawValue))
            case .status: .word(StatementStatus.allCases.map(\.rawValue))
            case .unnamed: .word(["true", "false"])
            case .hops: .integer
            case .saidAt: .window
            case .earliest, .createdAt, .updatedAt: .instant
            case .latest: .lastInstant
            case .externalID: .externalID
            }
        }
    }

    package enum SortMember: String, SortingMember {
        case saidAt = "said_at"
        case createdAt = "created_at"
        case updatedAt = "updated_at"

        package var keyType: SortKeyType {
            switch self {
            // The whole order of windows: the start, then how narrow they are.
            case .saidAt: .text
            case .createdAt, .updatedAt: .integer
            }
        }
    }
}
