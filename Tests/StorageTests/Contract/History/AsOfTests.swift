import Newsroom
import Testing
import Turns

/// Lists and resources as of an instant, against what was answered at that instant.
@Suite(.inTurn) struct AsOfTests {
    @Test(arguments: StoreUnderTest.all, [1, 2, 3] as [UInt64])
    func `every filter, sort and count answers what it answered then`(_ kind: StoreUnderTest, _ seed: UInt64) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            var upheaval = Upheaval(store, clock, seed: seed)
            try await upheaval.run()
            let questions = try await Questions(store, seed: seed)
            let then = clock.now
            let answers = Answers(
                articles: await questions.ask(store.articles), people: await questions.ask(store.people),
                organizations: await questions.ask(store.organizations), events: await questions.ask(store.events))
            for _ in 0..<3 { try await upheaval.run() }
            await questions.check(store.articles, answers.articles, asOf: then)
            await questions.check(store.people, answers.people, asOf: then)
            await questions.check(store.organizations, answers.organizations, asOf: then)
            await questions.check(store.events, answers.events, asOf: then)
        }
    }

    @Test(arguments: StoreUnderTest.all, [11, 12] as [UInt64])
    func `statements are listed as they were then, and called what they were called`(_ kind: StoreUnderTest, _ seed: UInt64) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock, hasStatements: true)
            var upheaval = Upheaval(store, clock, seed: seed)
            try await upheaval.run()
            let questions = try await Questions(store, seed: seed)
            let then = clock.now
            let answers = await questions.ask(store.statements)
            clock.advance(milliseconds: 1)
            let statements = try await store.statements.walk(ListQuery(sort: Sort(.createdAt)))
            for (number, statement) in statements.enumerated() where statement.draft.corrects == nil {
                try await store.statements.change(statement.record.id) { draft in
                    draft.text += " Or so."
                    draft.manner = StatementManner.allCases[(number + 1) % 6]
                    draft.chain.reverse()
                    draft.claim = nil
                    if number % 2 == 0 { draft.speaker = .unnamed(UnnamedSource(description: "somebody else")) }
                }
            }
            let correcting = try #require(statements.first { $0.draft.corrects != nil })
            try await store.statements.delete(.id(correcting.record.id), if: .none, by: editor)
            try await upheaval.run()
            await questions.check(store.statements, answers, asOf: then)
        }
    }

    private struct Answers {
        let articles: [(ListQuery<Article>, Result<Page<Article>, StoreError>)]
        let people: [(ListQuery<Person>, Result<Page<Person>, StoreError>)]
        let organizations: [(ListQuery<Organization>, Result<Page<Organization>, StoreError>)]
        let events: [(ListQuery<Event>, Result<Page<Event>, StoreError>)]
    }

    @Test(arguments: StoreUnderTest.all, [4, 5] as [UInt64])
    func `pages hold while everything changes between them`(_ kind: StoreUnderTest, _ seed: UInt64) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            var upheaval = Upheaval(store, clock, seed: seed)
            try await upheaval.run()
            let then = clock.now
            func check<R: Resource>(_ shelf: any ResourceStore<R>) async throws {
                for sort in R.SortMember.allCases {
                    for isDescending in [true, false] {
                        let now = clock.now
                        var query = ListQuery<R>(sort: Sort(sort, descending: isDescending), limit: 3)
                        let expected = try await shelf.walk(query)
                        clock.advance(milliseconds: 1)
                        query.asOf = now
                        var pageCount = 0
                        let walked = try await shelf.walk(query) {
                            pageCount += 1
                            if pageCount < 3 { try await upheaval.run() }
                        }
                        #expect(walked == expected, "\(sort) \(isDescending)")
                    }
                }
            }
            try await check(store.people)
            try await check(store.articles)
            try await check(store.events)
            try await check(store.organizations)
            #expect(then < clock.now)
        }
    }

    @Test(arguments: StoreUnderTest.all, [6, 7, 8] as [UInt64])
    func `everybody sees what was public then and may be seen now`(_ kind: StoreUnderTest, _ seed: UInt64) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            var upheaval = Upheaval(store, clock, seed: seed)
            try await upheaval.run()
            let then = clock.now
            let query = ListQuery<Article>(sort: Sort(.publishedAt, descending: true), limit: 4, counts: true)
            let seenThen = try await store.articles.walk(query, as: .anonymous)
            for _ in 0..<2 { try await upheaval.run() }
            var expected: [Article] = []
            for article in seenThen {
                let error = await storeError { _ = try await store.articles.find(.id(article.record.id), as: .anonymous) }
                if error == nil { expected.append(article) }
                let past = await storeError { _ = try await store.articles.find(.id(article.record.id), as: .anonymous, asOf: then) }
                #expect(past == error)
            }
            var past = query
            past.asOf = then
            let walked = try await store.articles.walk(past, as: .anonymous)
            #expect(walked.map(\.draft) == expected.map(\.draft))
            #expect(walked.map(\.record) == expected.map(\.record))
            #expect(try await store.articles.page(past, as: .anonymous).total == expected.count)
            #expect(!expected.isEmpty && expected.count < seenThen.count)
        }
    }

    @Test(arguments: StoreUnderTest.all, [9, 10] as [UInt64])
    func `facets and whole references answer what they answered then`(_ kind: StoreUnderTest, _ seed: UInt64) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            var upheaval = Upheaval(store, clock, seed: seed)
            try await upheaval.run()
            let section = [Filter(Article.FilterMember.section, .isNull, [.integer(0)])]
            let tag = [Filter(Article.FilterMember.tag, .equal, [.text("gaza")])]
            let articles = try await facets(store.articles, [[], section, tag])
            let people = try await facets(store.people, [[]])
            let organizations = try await facets(store.organizations, [[]])
            let events = try await facets(store.events, [[], [Filter(.status, .notEqual, [.text("cancelled")])]])
            #expect(articles.contains { $0.1.contains { !$0.values.isEmpty } })
            var ids = RelatedIDs(countMax: 100)
            for article in try await store.articles.walk(ListQuery(sort: Sort(.createdAt))) {
                for relation in Article.Relation.allCases { article.addTargets(of: relation, to: &ids) }
            }
            let related = try await store.related(ids, asOf: nil, as: .newsroom, byteCountMax: 1 << 20)
            #expect(!related.people.isEmpty && !related.events.isEmpty)
            let then = clock.now
            for _ in 0..<3 { try await upheaval.run() }
            try await check(store.articles, articles, asOf: then)
            try await check(store.people, people, asOf: then)
            try await check(store.organizations, organizations, asOf: then)
            try await check(store.events, events, asOf: then)
            #expect(try await store.related(ids, asOf: then, as: .newsroom, byteCountMax: 1 << 20) == related)
            // What is gone by now is for the newsroom alone.
            let seen = try await store.related(ids, asOf: then, as: .anonymous, byteCountMax: 1 << 20)
            let left = try await store.related(ids, asOf: nil, as: .anonymous, byteCountMax: 1 << 20)
            #expect(seen.people.map(\.record.id) == left.people.map(\.record.id))
            #expect(seen.people == related.people.filter { person in left.people.contains { $0.record.id == person.record.id } })
        }
    }

    private func facets<R: Resource>(
        _ shelf: any ResourceStore<R>, _ filters: [[Filter<R.FilterMember>]]
    ) async throws -> [(FacetQuery<R>, [Facet<R>])] {
        var answers: [(FacetQuery<R>, [Facet<R>])] = []
        for filters in filters {
            let query = FacetQuery<R>(
                filters: filters, members: R.FilterMember.allCases.filter(\.isFacet), valueCountMax: 1_000, within: .seconds(600))
            answers.append((query, try await shelf.facets(query, as: .newsroom)))
        }
        return answers
    }

    private func check<R: Resource>(
        _ shelf: any ResourceStore<R>, _ answers: [(FacetQuery<R>, [Facet<R>])], asOf then: Instant
    ) async throws {
        for (query, facets) in answers {
            var past = query
            past.asOf = then
            for (now, before) in zip(try await shelf.facets(past, as: .newsroom), facets) {
                // Equals come in the order of rows' numbers, which those that were brought back do not have any more.
                #expect(now.isComplete && now.member == before.member)
                #expect(Set(now.values.map { "\($0)" }) == Set(before.values.map { "\($0)" }), "\(now.member) \(query.filters)")
            }
            past.asOf = Instant(milliseconds: 0)
            #expect(try await shelf.facets(past, as: .newsroom).allSatisfy { $0.isComplete && $0.values.isEmpty })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `drafts, embargoed and retracted work never leak through the past`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let hour: Int64 = 3_600_000
            let embargo = Instant(milliseconds: clock.now.milliseconds + hour)
            let draft = try await store.articles.create(.sample("Draft") { $0.status = .draft })
            let embargoed = try await store.articles.create(.sample("Embargoed") { $0.embargoedUntil = embargo })
            let retracted = try await store.articles.create(.sample("Retracted"))
            let deleted = try await store.articles.create(.sample("Deleted"))
            let kept = try await store.articles.create(.sample("Kept"))
            let then = clock.now
            clock.advance(milliseconds: 2 * hour)
            try await store.articles.change(draft.record.id) { $0.status = .published }
            try await store.articles.change(retracted.record.id) { $0.status = .retracted }
            try await store.articles.delete(.id(deleted.record.id), if: .none, by: editor)
            let query = ListQuery<Article>(sort: Sort(.headline), counts: true, asOf: then)
            let page = try await store.articles.page(query, as: .anonymous)
            #expect(page.items.map(\.record.id) == [kept.record.id] && page.total == 1)
            #expect(try await store.articles.page(query, as: .newsroom).items.count == 5)
            for (article, expected) in [
                (draft, StoreError.notFound), (embargoed, .notFound), (retracted, .notFound), (deleted, .gone), (kept, nil),
            ] {
                for key in [ResourceKey.id(article.record.id), .slug(article.record.slug)] {
                    #expect(await storeError { _ = try await store.articles.find(key, as: .anonymous, asOf: then) } == expected)
                    #expect(await storeError { _ = try await store.articles.find(key, as: .newsroom, asOf: then) } == nil)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was not there yet is missing, what was gone is gone, the future is refused`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let before = clock.now
            clock.advance(milliseconds: 10)
            let made = try await store.people.create(.sample())
            clock.advance(milliseconds: 10)
            try await store.people.delete(.id(made.record.id), if: .none, by: editor)
            let gone = clock.now
            clock.advance(milliseconds: 10)
            let back = try await store.people.restore(.id(made.record.id), Restoration(version: 1), if: .none, by: editor)
            for key in [ResourceKey.id(made.record.id), .slug(made.record.slug)] {
                for viewer in [Viewer.anonymous, .newsroom] {
                    #expect(await storeError { _ = try await store.people.find(key, as: viewer, asOf: before) } == .notFound)
                    #expect(try await store.people.find(key, as: viewer, asOf: made.record.createdAt) == made)
                    #expect(await storeError { _ = try await store.people.find(key, as: viewer, asOf: gone) } == .gone)
                    #expect(try await store.people.find(key, as: viewer, asOf: clock.now) == back)
                }
            }
            for (instant, versions) in [(before, []), (made.record.createdAt, [1]), (gone, []), (clock.now, [3])] as [(Instant, [Int])] {
                let page = try await store.people.page(ListQuery(sort: Sort(.name), asOf: instant), as: .anonymous)
                #expect(page.items.map(\.record.version) == versions)
            }
            let ahead = Instant(milliseconds: clock.now.milliseconds + 1)
            #expect(await storeError { _ = try await store.people.find(.id(made.record.id), as: .newsroom, asOf: ahead) } == .aheadOfTime)
            #expect(
                await storeError { _ = try await store.people.page(ListQuery(sort: Sort(.name), asOf: ahead), as: .newsroom) }
                    == .aheadOfTime)
        }
    }
}
