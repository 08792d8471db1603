/// Somebody who speaks, or through whom words came: a person, an organization, or a source that is not named.
package enum Attribution: Sendable, Hashable {
    case person(Reference<Person>)
    case organization(Reference<Organization>)
    case unnamed(UnnamedSource)
    /// A person, or else an organization, by a name that either may have: as a client may say it. What is stored has none of these.
    case party(PartyName)

    package enum PartyName: Sendable, Hashable {
        case slug(Slug)
        case externalID(ExternalID)
    }

    /// The organization that it is, or that an unnamed source is said to belong to.
    package var organization: Reference<Organization>? {
        switch self {
        case .organization(let organization): organization
        case .unnamed(let source): source.organization
        case .person, .party: nil
        }
    }

    package var source: UnnamedSource? {
        if case .unnamed(let source) = self { source } else { nil }
    }
}

/// A source that is not named, as one statement tells of it.
package struct UnnamedSource: Sendable, Hashable {
    /// Which source it is: the same may stand behind several statements, and may be described otherwise in each. Nil: one that has not
    /// been mentioned before. Who is not of the newsroom is not told, since what one source said here and there may show who it is.
    package var id: SourceID?
    /// In the words of the report: `a senior US official`. Nil in requests: as in the newest statement of the source.
    package var description: String?
    /// What it is said to belong to.
    package var organization: Reference<Organization>?

    package init(id: SourceID? = nil, description: String? = nil, organization: Reference<Organization>? = nil) {
        self.id = id
        self.description = description
        self.organization = organization
    }
}

extension Attribution: ByteComparable {
    package func isIdentical(to other: Attribution) -> Bool {
        self == other && source?.description.isIdentical(to: other.source?.description) ?? true
    }
}
