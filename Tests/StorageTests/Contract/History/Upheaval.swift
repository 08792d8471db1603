import Newsroom

/// Changes a world at random, so that little is as it was: names, slugs, external ids, references, states; some things go, some come back,
/// and new ones take the names of old ones.
struct Upheaval {
    private let store: any NewsroomStore
    private let clock: TestClock
    private var random: SeededRandomSource

    init(_ store: any NewsroomStore, _ clock: TestClock, seed: UInt64) {
        self.store = store
        self.clock = clock
        random = SeededRandomSource(seed: seed)
    }

    private mutating func below(_ bound: UInt64) -> Int { Int(random.next() % bound) }

    /// Changes about two of three resources, after a moment.
    mutating func run() async throws {
        clock.advance(milliseconds: 10)
        for article in try await store.articles.walk(ListQuery(sort: Sort(.createdAt), isWhole: true)) {
            let (dice, number) = (below(9), below(1_000))
            try await change(store.articles, article, dice, Sort(.createdAt)) { draft in
                draft.headline = ["Talks", "talks off", "Another \(number)"][number % 3]
                draft.section = number % 2 == 0 ? "world" : "us"
                draft.tags = number % 3 == 0 ? [] : ["gaza", "new"]
                draft.urgency = Urgency(number % 9 + 1)
                if draft.status == .published { draft.status = number % 2 == 0 ? .retracted : .published }
                if draft.status == .draft, number % 2 == 0 { draft.status = .published }
                draft.people = Array(draft.people.dropFirst())
                draft.organizations = []
                draft.events = Array(draft.events.reversed().dropLast(number % 2))
                if number % 3 == 0 { draft.publishedAt = Instant(milliseconds: Int64(number)) }
            }
        }
        for event in try await store.events.walk(ListQuery(sort: Sort(.createdAt))) {
            let (dice, number) = (below(9), below(1_000))
            try await change(store.events, event, dice, Sort(.createdAt)) { draft in
                draft.title = ["Vote", "Éclair", "Other \(number)"][number % 3]
                let open = [draft.status] + draft.status.actions.map(\.to)
                let status = open[number % open.count]
                if status == draft.status || (status != .cancelled && status != .inProgress) {
                    draft.window = EDTF(["2024-05-01", "", "1999", "../2024-05"][number % 4]).map { Window(edtf: $0) }
                }
                if status == .scheduled { draft.window = draft.window ?? EDTF("2024-05-01").map { Window(edtf: $0) } }
                draft.status = status
                draft.participants = Array(draft.participants.dropLast())
                draft.partOf = nil
            }
        }
        for person in try await store.people.walk(ListQuery(sort: Sort(.createdAt))) {
            let (dice, number) = (below(9), below(1_000))
            try await change(store.people, person, dice, Sort(.createdAt)) { draft in
                draft.name = ["Ron Dermer", "zed", "Person \(number)"][number % 3]
                draft.sortName = nil
                draft.born = number % 2 == 0 ? nil : PartialDate("1958")
                draft.roles = draft.roles.prefix(2).map { Person.Role(title: "x\($0.title.suffix(20))") } + [Person.Role(title: "Envoy")]
            }
        }
        for organization in try await store.organizations.walk(ListQuery(sort: Sort(.createdAt))) {
            let (dice, number) = (below(9), below(1_000))
            try await change(store.organizations, organization, dice, Sort(.createdAt)) { draft in
                draft.name = ["a_b", "WHITE HOUSE", "Body \(number)"][number % 3]
                draft.parent = nil
                draft.country = CountryCode("FR")
            }
        }
    }

    /// Deletes, deletes and brings back, swaps names with a new one, changes, or leaves alone.
    private func change<R: Resource>(
        _ shelf: any ResourceStore<R>, _ resource: R, _ dice: Int, _ sort: Sort<R.SortMember>,
        _ change: @escaping @Sendable (inout R.Draft) -> Void
    ) async throws {
        let id = resource.record.id
        clock.advance(milliseconds: Int64(dice % 2))
        switch dice {
        case 0, 1:
            // What others refer to stays.
            guard await storeError({ try await shelf.delete(.id(id), if: .none, by: editor) }) == nil, dice == 1 else { return }
            let error = await storeError {
                _ = try await shelf.restore(.id(id), Restoration(version: resource.record.version), if: .none, by: editor)
            }
            if let error { guard case .invalid = error else { throw error } }
        case 2, 3:
            let ids = resource.draft.externalIDs
            try await shelf.change(id) { draft in
                change(&draft)
                draft.slug = nil
                draft.externalIDs = ExternalIDs()
            }
            // Worlds do not grow without end.
            guard try await shelf.page(ListQuery(sort: sort, limit: 1, counts: true), as: .newsroom).total ?? 0 < 20,
                try await shelf.find(.id(id), as: .newsroom).record.slug != resource.record.slug
            else { return }
            var heir = resource.draft
            heir.externalIDs = ids
            let error = await storeError { try await shelf.create(heir) }
            if let error { guard case .invalid = error else { throw error } }
        case 4, 5, 6: try await shelf.change(id, change)
        default: break
        }
    }
}
