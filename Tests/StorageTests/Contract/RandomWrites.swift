import Newsroom

/// One write after the other, of any kind and to whatever there is: names, offices, slugs, references, states, dates; some resources go,
/// some come back, some are made, some are written and undone.
struct RandomWrites {
    private let store: any NewsroomStore
    private let clock: TestClock
    private var random: SeededRandomSource
    private var number = 0

    init(_ store: any NewsroomStore, _ clock: TestClock, seed: UInt64) {
        self.store = store
        self.clock = clock
        random = SeededRandomSource(seed: seed)
    }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    private mutating func one<Element>(of elements: [Element]) -> Element? { elements.isEmpty ? nil : elements[below(elements.count)] }

    mutating func writeOnce() async throws {
        number += 1
        clock.advance(milliseconds: Int64(below(3)) * 400)
        switch below(10) {
        case 0, 1, 2: try await writePerson()
        case 3: try await writeOrganization()
        case 4, 5: try await writeEvent()
        default: try await writeArticle()
        }
    }

    private mutating func writePerson() async throws {
        guard let person = one(of: try await store.people.walk(ListQuery(sort: Sort(.createdAt)))) else { return }
        let (dice, number) = (below(6), number)
        try await write(store.people, person, dice) { draft in
            switch dice {
            case 1: draft.name = "Person \(number) \u{201E}\"\\"
            case 2: draft.roles = [Person.Role(title: "Office \(number)", from: PartialDate("1970"))] + draft.roles.prefix(2)
            case 3: draft.roles = draft.roles.map { Person.Role(title: $0.title, to: PartialDate("1970-01-01")) }
            default: draft.slug = Slug("person-\(number)")
            }
        }
    }

    private mutating func writeOrganization() async throws {
        guard let organization = one(of: try await store.organizations.walk(ListQuery(sort: Sort(.createdAt)))) else { return }
        let (dice, number) = (below(4), number)
        try await write(store.organizations, organization, dice) { draft in
            if dice == 1 { draft.name = "Body \(number)" } else { draft.country = CountryCode("FR") }
        }
    }

    private mutating func writeEvent() async throws {
        guard let event = one(of: try await store.events.walk(ListQuery(sort: Sort(.createdAt)))) else { return }
        let (dice, number) = (below(5), number)
        try await write(store.events, event, dice) { draft in
            switch dice {
            case 1: draft.title = "Event \(number)"
            case 2: draft.status = EventStatus.allCases[number % EventStatus.allCases.count]
            default: draft.window = number % 2 == 0 ? nil : EDTF("2024-05-0\(number % 9 + 1)").map { Window(edtf: $0) }
            }
        }
    }

    private mutating func writeArticle() async throws {
        let people = try await store.people.walk(ListQuery(sort: Sort(.createdAt)))
        let organizations = try await store.organizations.walk(ListQuery(sort: Sort(.createdAt)))
        let events = try await store.events.walk(ListQuery(sort: Sort(.createdAt)))
        let (person, organization, event) = (one(of: people), one(of: organizations), one(of: events))
        let (dice, number, now) = (below(8), number, clock.now.milliseconds)
        let change: @Sendable (inout Article.Draft) -> Void = { draft in
            switch dice {
            case 1: draft.headline = "Headline \(number) \u{2028}\"\n"
            case 2: draft.body += "{\"body\":\"\(number)\"}"
            case 3: draft.embargoedUntil = Instant(milliseconds: now + Int64(number % 5) * 300)
            case 4: draft.status = draft.status == .published ? .retracted : .published
            case 5: draft.publishedAt = Instant(milliseconds: Int64(number % 3) * 365 * 86_400_000)
            case 6: draft.slug = Slug("article-\(number)")
            default:
                draft.people = person.map { [RoleReference(target: .id($0.record.id), role: "subject")] } ?? []
                draft.authors = person.map { [RoleReference(target: .id($0.record.id))] } ?? []
                draft.organizations += organization.map { [RoleReference(target: .id($0.record.id))] } ?? []
                draft.events = event.map { [RoleReference(target: .id($0.record.id))] } ?? []
            }
        }
        let articles = try await store.articles.walk(ListQuery(sort: Sort(.createdAt), isWhole: true))
        if articles.count < 8 || dice == 7 {
            let draft = Article.Draft.sample("New \(number)") { change(&$0) }
            let error = await storeError { _ = try await store.articles.create(draft) }
            if let error { guard case .invalid = error else { throw error } }
        } else if let article = one(of: articles) {
            try await write(store.articles, article, dice, change)
        }
    }

    /// Deletes, now and then to bring it back, or rehearses a change, or makes it.
    private mutating func write<R: Resource>(
        _ shelf: any ResourceStore<R>, _ resource: R, _ dice: Int, _ change: @escaping @Sendable (inout R.Draft) -> Void
    ) async throws {
        let id = resource.record.id
        if dice == 0 {
            let isBroughtBack = below(2) == 0
            // What others refer to stays.
            guard await storeError({ try await shelf.delete(.id(id), if: .none, by: editor) }) == nil, isBroughtBack else { return }
            let error = await storeError {
                _ = try await shelf.restore(.id(id), Restoration(version: resource.record.version), if: .none, by: editor)
            }
            if let error { guard case .invalid = error else { throw error } }
            return
        }
        let isRehearsal = below(4) == 0
        let error = await storeError {
            _ = try await shelf.revise(.id(id), if: .none, by: editor, on: WriteTerms(isRehearsal: isRehearsal)) { resource, _ in
                var draft = resource.draft
                change(&draft)
                return Proposal(draft)
            }
        }
        if let error { guard case .invalid = error else { throw error } }
    }
}
