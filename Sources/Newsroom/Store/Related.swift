/// A name by which a resource's references can be asked for as whole resources; its raw value is its name in the parameter `include`.
package protocol RelationName: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// What the references are to.
    var kind: Kind { get }
}

/// The ids of resources of several kinds: each once, in the order in which they were added, and no more than a bound.
package struct RelatedIDs: Sendable, Equatable {
    package private(set) var people: [ID<Person>] = []
    package private(set) var organizations: [ID<Organization>] = []
    package private(set) var events: [ID<Event>] = []
    package private(set) var articles: [ID<Article>] = []
    package private(set) var statements: [ID<Statement>] = []
    /// Articles of which the statements that they report are wanted.
    package private(set) var reporting: [ID<Article>] = []
    /// Whether one had no place any more.
    package private(set) var isCut = false
    private var seen: Set<Name> = []
    private let countMax: Int

    private struct Name: Hashable {
        let kind: Kind
        let ulid: ULID
    }

    package init(countMax: Int) {
        self.countMax = countMax
    }

    package var count: Int { seen.count }

    /// How many more there may be.
    package var countLeft: Int { countMax - seen.count }

    /// Asks for the statements that an article reports: they refer to it, so it does not know their ids.
    package mutating func addStatements(of article: ID<Article>) { reporting.append(article) }

    package mutating func add(_ reference: Reference<Person>?) { if let id = new(reference) { people.append(id) } }
    package mutating func add(_ reference: Reference<Organization>?) { if let id = new(reference) { organizations.append(id) } }
    package mutating func add(_ reference: Reference<Event>?) { if let id = new(reference) { events.append(id) } }
    package mutating func add(_ reference: Reference<Article>?) { if let id = new(reference) { articles.append(id) } }
    package mutating func add(_ reference: Reference<Statement>?) { if let id = new(reference) { statements.append(id) } }

    /// The id of a reference if it is to be added; stored references are all by id.
    private mutating func new<R: Resource>(_ reference: Reference<R>?) -> ID<R>? {
        guard case .id(let id)? = reference, !seen.contains(Name(kind: R.kind, ulid: id.ulid)) else { return nil }
        guard seen.count < countMax else {
            isCut = true
            return nil
        }
        seen.insert(Name(kind: R.kind, ulid: id.ulid))
        return id
    }
}

/// Whole resources that others refer to, as far as the viewer may see them, in the order of their ids in `RelatedIDs`.
package struct Related: Sendable, Equatable {
    package var people: [Person] = []
    package var organizations: [Organization] = []
    package var events: [Event] = []
    package var articles: [Article] = []
    package var statements: [Statement] = []
    /// Whether the bound of bytes left room for all.
    package var isComplete = true

    package init() {}
}

extension Article {
    package enum Relation: String, RelationName {
        case authors, people, organizations, events
        /// Those that it reports.
        case statements

        package var kind: Kind {
            switch self {
            case .authors, .people: .person
            case .organizations: .organization
            case .events: .event
            case .statements: .statement
            }
        }
    }

    package func addTargets(of relation: Relation, to ids: inout RelatedIDs) {
        switch relation {
        case .authors: for author in draft.authors { ids.add(author.target) }
        case .people: for person in draft.people { ids.add(person.target) }
        case .organizations: for organization in draft.organizations { ids.add(organization.target) }
        case .events: for event in draft.events { ids.add(event.target) }
        case .statements: ids.addStatements(of: record.id)
        }
    }
}

extension Person {
    package enum Relation: String, RelationName {
        /// Those of the offices held.
        case organizations

        package var kind: Kind { .organization }
    }

    package func addTargets(of relation: Relation, to ids: inout RelatedIDs) {
        for role in draft.roles { ids.add(role.organization) }
    }
}

extension Organization {
    package enum Relation: String, RelationName {
        case parent

        package var kind: Kind { .organization }
    }

    package func addTargets(of relation: Relation, to ids: inout RelatedIDs) {
        ids.add(draft.parent)
    }
}

extension Event {
    package enum Relation: String, RelationName {
        /// Those that take part.
        case people, organizations
        case partOf = "part_of"
        case causes
        /// Those that causes and transitions rest on.
        case statements

        package var kind: Kind {
            switch self {
            case .people: .person
            case .organizations: .organization
            case .partOf, .causes: .event
            case .statements: .statement
            }
        }
    }

    package func addTargets(of relation: Relation, to ids: inout RelatedIDs) {
        switch relation {
        case .people: for case .person(let person) in draft.participants.map(\.target) { ids.add(person) }
        case .organizations: for case .organization(let organization) in draft.participants.map(\.target) { ids.add(organization) }
        case .partOf: ids.add(draft.partOf)
        case .causes: for cause in draft.causes { ids.add(cause.event) }
        case .statements: for statement in basis { ids.add(statement) }
        }
    }
}

extension Statement {
    package enum Relation: String, RelationName {
        /// Those who speak, and those whom it came through.
        case people, organizations
        /// Those that it is about, that of its claim among them.
        case events
        case article
        case corrects

        package var kind: Kind {
            switch self {
            case .people: .person
            case .organizations: .organization
            case .events: .event
            case .article: .article
            case .corrects: .statement
            }
        }
    }

    package func addTargets(of relation: Relation, to ids: inout RelatedIDs) {
        switch relation {
        case .people: for case .person(let person) in draft.attributions { ids.add(person) }
        case .organizations: for organization in draft.attributions.compactMap(\.organization) { ids.add(organization) }
        case .events:
            for event in draft.events { ids.add(event) }
            ids.add(draft.claim?.about)
        case .article: ids.add(draft.article)
        case .corrects: ids.add(draft.corrects)
        }
    }
}
