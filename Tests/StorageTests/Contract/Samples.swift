import Newsroom
import Testing

let editor = Actor(name: "editor")

extension Article.Draft {
    static func sample(_ headline: String = "Talks called off", _ change: (inout Article.Draft) throws -> Void = { _ in }) rethrows
        -> Article.Draft
    {
        var draft = Article.Draft()
        draft.headline = headline
        draft.body = "The delegation will not travel."
        draft.status = .published
        try change(&draft)
        return draft
    }
}

extension Person.Draft {
    static func sample(_ name: String = "Yoav Gallant", _ change: (inout Person.Draft) throws -> Void = { _ in }) rethrows -> Person.Draft {
        var draft = Person.Draft()
        draft.name = name
        try change(&draft)
        return draft
    }
}

extension Organization.Draft {
    static func sample(_ name: String = "White House", _ change: (inout Organization.Draft) throws -> Void = { _ in }) rethrows
        -> Organization.Draft
    {
        var draft = Organization.Draft()
        draft.name = name
        try change(&draft)
        return draft
    }
}

extension Event.Draft {
    static func sample(_ title: String = "Talks on Rafah", _ change: (inout Event.Draft) throws -> Void = { _ in }) rethrows -> Event.Draft
    {
        var draft = Event.Draft()
        draft.title = title
        try change(&draft)
        return draft
    }
}

extension Statement.Draft {
    /// Said by an unnamed source that was not mentioned before, unless it is changed.
    static func sample(_ text: String = "Both sides look for a new date.", _ change: (inout Statement.Draft) throws -> Void = { _ in })
        rethrows -> Statement.Draft
    {
        var draft = Statement.Draft()
        draft.text = text
        draft.speaker = .unnamed(UnnamedSource(description: "a senior official"))
        try change(&draft)
        return draft
    }
}

extension ResourceStore {
    @discardableResult
    func create(_ draft: R.Draft) async throws(StoreError) -> R {
        try await create(Proposal(draft), by: editor)
    }

    @discardableResult
    func change(
        _ id: ID<R>, if precondition: Precondition = .none, _ change: @escaping @Sendable (inout R.Draft) -> Void
    ) async throws(StoreError) -> R {
        try await revise(.id(id), if: precondition, by: editor) { resource in
            var draft = resource.draft
            change(&draft)
            return Proposal(draft)
        }
    }

    /// All pages of a query, one after the other; `between` runs after each.
    func walk(
        _ query: ListQuery<R>, as viewer: Viewer = .newsroom, between: () async throws -> Void = {}
    ) async throws -> [R] {
        var query = query
        var items: [R] = []
        for _ in 0..<1_000 {
            let page = try await page(query, as: viewer)
            #expect(page.items.count <= query.limit)
            items += page.items
            guard let next = page.next else { return items }
            #expect(page.items.count == query.limit)
            query.after = next
            try await between()
        }
        Issue.record("the list does not end")
        return items
    }
}

func externalID(_ text: String) throws -> ExternalID {
    try #require(ExternalID(text))
}

func slug(_ text: String) throws -> Slug {
    try #require(Slug(text))
}

func instant(_ text: String) throws -> Instant {
    try #require(Instant(rfc3339OrDate: text))
}

func date(_ text: String) throws -> PartialDate {
    try #require(PartialDate(text))
}

func edtf(_ text: String) throws -> EDTF {
    try #require(EDTF(text))
}
