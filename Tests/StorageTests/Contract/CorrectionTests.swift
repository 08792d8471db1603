import Newsroom
import Testing
import Turns

/// Corrections as a list of their own.
@Suite(.inTurn) struct CorrectionTests {
    private static let noon: Int64 = 1_711_540_800_000

    private func correction(_ kind: CorrectionKind, _ text: String, _ minute: Int64) -> Correction {
        Correction(kind, text, issuedAt: Instant(milliseconds: Self.noon - 3_600_000 + minute * 60_000))
    }

    /// Four corrections of three articles, one of which everybody may not see.
    private func fill(_ store: any NewsroomStore) async throws -> [Article] {
        let one = try await store.articles.create(
            .sample("One") {
                $0.section = "world"
                $0.corrections = [correction(.correction, "a", 1), correction(.update, "d", 4)]
            })
        let two = try await store.articles.create(
            .sample("Two") {
                $0.section = "local"
                $0.corrections = [correction(.clarification, "b", 2)]
            })
        let hidden = try await store.articles.create(
            .sample("Hidden") {
                $0.section = "world"
                $0.embargoedUntil = Instant(milliseconds: Self.noon + 1_000)
                $0.corrections = [correction(.correction, "c", 3)]
            })
        return [one, two, hidden]
    }

    private func texts(
        _ store: any NewsroomStore, as viewer: Viewer = .newsroom, _ change: (inout CorrectionQuery) -> Void = { _ in }
    ) async throws -> [String] {
        var query = CorrectionQuery()
        change(&query)
        return try await store.corrections(query, as: viewer).items.map(\.correction.text)
    }

    @Test(arguments: StoreUnderTest.all)
    func `they come the newest first, by what is asked, of what may be seen`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let articles = try await fill(store)
            #expect(try await texts(store) == ["d", "c", "b", "a"])
            #expect(try await texts(store, as: .anonymous) == ["d", "b", "a"])
            #expect(try await texts(store) { $0.kinds = [.correction] } == ["c", "a"])
            #expect(try await texts(store, as: .anonymous) { $0.kinds = [.correction] } == ["a"])
            #expect(try await texts(store) { $0.kinds = [.correction, .update] } == ["d", "c", "a"])
            #expect(try await texts(store) { $0.section = "world" } == ["d", "c", "a"])
            #expect(try await texts(store) { ($0.section, $0.kinds) = ("world", [.update]) } == ["d"])
            #expect(try await texts(store) { $0.section = "World" } == [])
            #expect(try await texts(store) { $0.of = .id(articles[0].record.id) } == ["d", "a"])
            #expect(try await texts(store) { $0.of = .slug(articles[1].record.slug) } == ["b"])
            #expect(try await texts(store) { $0.article = .id(articles[0].record.id.text) } == ["d", "a"])
            #expect(try await texts(store, as: .anonymous) { $0.article = .id(articles[2].record.id.text) } == [])
            #expect(try await texts(store) { $0.article = .slug(Slug.from(caption: "nobody", kind: .article)) } == [])
            let (from, to) = (correction(.update, "", 2).issuedAt, correction(.update, "", 3).issuedAt)
            #expect(try await texts(store) { ($0.from, $0.to) = (from, to) } == ["c", "b"])
            let item = try await store.corrections(CorrectionQuery(limit: 1), as: .anonymous).items[0]
            #expect(item.article == articles[0].record.id && item.headline == "One" && item.correction.kind == .update)
            clock.advance(milliseconds: 1_000)
            #expect(try await texts(store, as: .anonymous) == ["d", "c", "b", "a"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `pages follow one another while others are issued, and equals stay apart`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            for number in 0..<5 {
                try await store.articles.create(.sample("Article \(number)") { $0.corrections = [correction(.update, "\(number)", 0)] })
            }
            var query = CorrectionQuery(limit: 2)
            var seen: [String] = []
            repeat {
                let page = try await store.corrections(query, as: .anonymous)
                seen += page.items.map(\.correction.text)
                query.after = page.next
                clock.advance(milliseconds: 1)
                try await store.articles.create(.sample("Later \(seen.count)") { $0.corrections = [correction(.update, "new", 30)] })
            } while query.after != nil
            #expect(seen == ["4", "3", "2", "1", "0"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of an article that is not there, or not to be seen, there is no list`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let articles = try await fill(store)
            func error(_ id: ID<Article>, _ viewer: Viewer) async -> StoreError? {
                var query = CorrectionQuery()
                query.of = .id(id)
                return await storeError { _ = try await store.corrections(query, as: viewer) }
            }
            #expect(await error(articles[2].record.id, .anonymous) == .notFound)
            #expect(await error(articles[2].record.id, .newsroom) == nil)
            try await store.articles.delete(.id(articles[0].record.id), if: .none, by: editor)
            #expect(await error(articles[0].record.id, .anonymous) == .gone)
            #expect(try await texts(store) == ["c", "b"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `they are kept with their article, through deletion and return`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await fill(store)[0]
            let changed = try await store.articles.change(made.record.id) {
                $0.section = "politics"
                $0.corrections = []
            }
            #expect(changed.draft.corrections == made.draft.corrections)
            #expect(try await store.articles.find(.id(made.record.id), as: .anonymous).draft.corrections == made.draft.corrections)
            #expect(try await texts(store) { $0.section = "politics" } == ["d", "a"])
            try await store.articles.delete(.id(made.record.id), if: .none, by: editor)
            let back = try await store.articles.restore(.id(made.record.id), Restoration(version: 1), if: .none, by: editor)
            #expect(back.draft.corrections == made.draft.corrections)
            #expect(try await texts(store) { $0.section = "world" } == ["d", "c", "a"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a statement stays with the article whose correction names it`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let article = try await store.articles.create(.sample("Public")).record.id
            let draft = try await store.articles.create(.sample("Draft") { $0.status = .draft }).record.id
            let loose = try await store.statements.create(.sample("Where it was first.")).record.id
            let named = try await store.statements.create(.sample { $0.externalIDs = ExternalIDs([try externalID("desk:s")]) }).record.id
            for id in [loose, named] { try await store.statements.change(id) { $0.article = .id(article) } }
            clock.advance(milliseconds: 1)
            try await store.articles.change(article) {
                $0.corrections = [Correction(.correction, "Misquoted.", issuedAt: clock.now, statement: named.text)]
            }
            let message = "must stay the article that it is, \(article.text): a correction of that is about this statement"
            let refusal = ValidationFailure([MemberFailure(path: "/article", rule: .conflict, message: message)])
            for other in [.id(draft), nil] as [Reference<Article>?] {
                #expect(await storeError { try await store.statements.change(named) { $0.article = other } } == .invalid(refusal))
            }
            #expect(
                await storeError {
                    _ = try await store.statements.restore(.id(named), Restoration(version: 1), if: .none, by: editor)
                } == .invalid(refusal))
            let entry = ImportEntry<Statement>(id: nil, externalIDs: ExternalIDs([try externalID("desk:s")])) { stored in
                var proposed = stored ?? Statement.Draft()
                proposed.article = .id(draft)
                return Proposal(proposed)
            }
            #expect(try await store.importRows([.statement(entry)], by: editor) == [.refused(.invalid(refusal))])
            #expect(try await store.statements.find(.id(named), as: .anonymous).record.version == 2)
            // What else it says may change; and others go where they like.
            try await store.statements.change(named) { $0.text = "Corrected." }
            try await store.statements.change(loose) { $0.article = .id(draft) }
            let shown = try await store.corrections(CorrectionQuery(), as: .anonymous).items.map(\.correction.statement)
            #expect(shown == [named.text])
            #expect(await storeError { _ = try await store.statements.find(.id(loose), as: .anonymous) } == .notFound)
        }
    }
}
