import Newsroom
import Testing
import Turns

/// The contract of the change feed: who is told what, and when.
@Suite(.inTurn) struct ChangeTests {
    @Test(arguments: StoreUnderTest.all)
    func `the newsroom is told of each version, by whom and why`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let article = try await store.articles.create(.sample { $0.status = .draft })
            clock.advance(milliseconds: 5)
            try await store.articles.change(article.record.id) { $0.status = .ready }
            _ = try await store.articles.restore(.id(article.record.id), Restoration(version: 1, note: "typo"), if: .none, by: editor)
            try await store.articles.change(article.record.id) { $0.headline = "Another" }
            try await store.articles.delete(.id(article.record.id), if: .none, by: Actor(name: "chief"))
            for viewer in [Viewer.newsroom, .reader] {
                let page = try await store.changes(ChangeQuery(), as: viewer)
                #expect(page.changes.map(\.operation) == [.created, .transitioned, .updated, .deleted], "\(page)")
                #expect(page.changes.map(\.sequence) == [1, 2, 3, 4] && page.next == 4 && page.newest == 4)
                #expect(page.changes.map(\.version) == [1, 2, 3, 4] && page.changes.allSatisfy { $0.id == article.record.id.text })
                #expect(page.changes.map(\.actor?.name) == ["editor", "editor", "editor", "chief"])
            }
            #expect(try await store.changes(ChangeQuery(), as: .anonymous) == ChangePage(changes: [], next: 4, newest: 4))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an article is new to everybody when it is published, and gone when it is retracted`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let article = try await store.articles.create(.sample { $0.status = .draft })
            let id = article.record.id
            var reader = Follower(.anonymous)
            try await reader.follow(store)
            #expect(reader.story() == [])
            try await store.articles.change(id) { $0.status = .published }
            try await store.articles.change(id) { $0.headline = "Another" }
            try await store.articles.change(id) {
                $0.status = .retracted
            }
            try await reader.follow(store)
            #expect(reader.story() == ["created 2", "updated 3", "deleted 4"])
            #expect(reader.heard.allSatisfy { $0.actor == nil && $0.note == nil })
            // What nobody sees by now is deleted without a word to them.
            try await store.articles.delete(.id(id), if: .none, by: editor)
            try await reader.follow(store)
            #expect(reader.story().count == 3 && reader.next == 5)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what everybody sees is updated and deleted for them, and comes back as new`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let article = try await store.articles.create(.sample())
            let person = try await store.people.create(.sample())
            try await store.articles.change(article.record.id) { $0.summary = "In short." }
            try await store.articles.delete(.id(article.record.id), if: .none, by: editor)
            _ = try await store.articles.restore(.id(article.record.id), Restoration(version: 1), if: .none, by: editor)
            try await store.people.delete(.id(person.record.id), if: .none, by: editor)
            for limit in 1...7 {
                var reader = Follower(.anonymous)
                try await reader.follow(store, limit: limit)
                #expect(reader.story(of: article.record.id.text) == ["created 1", "updated 2", "deleted 3", "created 4"])
                #expect(reader.story(of: person.record.id.text) == ["created 1", "deleted 2"])
                #expect(reader.next == 6)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the end of an embargo is told of by itself, before any write that follows`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let until = Instant(milliseconds: clock.now.milliseconds + 60_000)
            let quiet = try await store.articles.create(.sample { $0.embargoedUntil = until })
            let changed = try await store.articles.create(.sample { $0.publishedAt = until })
            let deleted = try await store.articles.create(.sample { $0.embargoedUntil = until })
            let lifted = try await store.articles.create(.sample { $0.embargoedUntil = until })
            var reader = Follower(.anonymous)
            try await reader.follow(store)
            #expect(reader.story() == [])
            // An embargo that is taken away ends there and then; it does not end once more.
            try await store.articles.change(lifted.record.id) { $0.embargoedUntil = nil }
            clock.advance(milliseconds: 60_000)
            try await store.articles.change(changed.record.id) { $0.headline = "Another" }
            try await store.articles.delete(.id(deleted.record.id), if: .none, by: editor)
            try await reader.follow(store)
            #expect(reader.story(of: quiet.record.id.text) == ["created 1"])
            #expect(reader.story(of: changed.record.id.text) == ["created 1", "updated 2"])
            #expect(reader.story(of: deleted.record.id.text) == ["created 1", "deleted 2"])
            #expect(reader.story(of: lifted.record.id.text) == ["created 2"])
            #expect(reader.present == (try await store.visible(to: .anonymous)))
            // The newsroom has seen it all along.
            var desk = Follower(.newsroom)
            try await desk.follow(store)
            #expect(desk.story(of: quiet.record.id.text) == ["created 1"])
            let revisions = try await store.articles.revisions(of: .id(quiet.record.id), RevisionQuery(), as: .newsroom)
            #expect(revisions.items.count == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the end of an embargo wakes who waits, though nobody writes`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let until = Instant(milliseconds: clock.now.milliseconds + 3_600_000)
            let article = try await store.articles.create(.sample { $0.embargoedUntil = until })
            clock.advance(milliseconds: 3_600_000)
            #expect(try await store.waitForChanges(after: 1, within: .seconds(600)) == 2)
            var reader = Follower(.anonymous)
            try await reader.follow(store)
            #expect(reader.heard.map(\.id) == [article.record.id.text] && reader.next == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an embargo that is set once more hides what was seen, and ends again`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let article = try await store.articles.create(.sample())
            let statement = try await store.statements.create(.sample { $0.article = .id(article.record.id) })
            let until = Instant(milliseconds: clock.now.milliseconds + 1_000)
            try await store.articles.change(article.record.id) { $0.embargoedUntil = until }
            clock.advance(milliseconds: 1_000)
            try await store.people.create(.sample())
            var reader = Follower(.anonymous)
            try await reader.follow(store)
            #expect(reader.story(of: article.record.id.text) == ["created 1", "deleted 2", "created 2"])
            #expect(reader.story(of: statement.record.id.text) == ["created 1", "deleted 1", "created 1"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `statements come and go with the article that reports them`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let draft = try await store.articles.create(.sample("Draft") { $0.status = .draft })
            let other = try await store.articles.create(.sample("Published"))
            let statement = try await store.statements.create(.sample { $0.article = .id(draft.record.id) })
            let loose = try await store.statements.create(.sample("Work in progress."))
            let id = statement.record.id
            try await store.articles.change(draft.record.id) { $0.status = .published }
            try await store.statements.change(id) { $0.text = "Both sides look for another date." }
            try await store.articles.change(draft.record.id) {
                $0.status = .retracted
            }
            try await store.statements.change(id) { $0.text = "Nobody sees this." }
            try await store.statements.change(id) { $0.article = .id(other.record.id) }
            try await store.statements.change(id) { $0.article = nil }
            for limit in [1, 2, 3, 100] {
                var reader = Follower(.anonymous)
                try await reader.follow(store, limit: limit)
                #expect(reader.story(of: id.text) == ["created 1", "updated 2", "deleted 2", "created 4", "deleted 5"])
                #expect(reader.story(of: draft.record.id.text) == ["created 2", "deleted 3"])
                #expect(reader.story(of: loose.record.id.text) == [])
                #expect(reader.present == (try await store.visible(to: .anonymous)))
            }
            let history = try await store.statements.revisions(of: .id(id), RevisionQuery(), as: .newsroom)
            #expect(history.items.map(\.version) == [5, 4, 3, 2, 1])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of what was merged everybody is told into what`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let from = try await store.people.create(.sample("Y. Gallant"))
            let survivor = try await store.people.create(.sample())
            let hidden = try await store.articles.create(
                .sample {
                    $0.status = .draft
                    $0.people = [RoleReference(target: .id(from.record.id))]
                })
            let merging = Merging(from: Reference<Person>.id(from.record.id))
            _ = try await store.people.merge(.id(survivor.record.id), merging, if: .none, by: editor, on: WriteTerms())
            for viewer in [Viewer.anonymous, .newsroom] {
                var reader = Follower(viewer)
                try await reader.follow(store)
                let end = try #require(reader.heard.last { $0.id == from.record.id.text })
                #expect(end.operation == .deleted && end.mergedInto == survivor.record.id.text)
                let merged = try #require(reader.heard.last { $0.id == survivor.record.id.text })
                #expect(merged.operation == (viewer == .newsroom ? .merged : .updated) && merged.mergedInto == nil)
                #expect(reader.heard.contains { $0.id == hidden.record.id.text } == (viewer == .newsroom))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a page of some kinds has those alone, and goes on behind what it left out`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            for number in 0..<5 {
                try await store.people.create(.sample("Person \(number)"))
                try await store.events.create(.sample("Event \(number)"))
                try await store.articles.create(.sample("Article \(number)"))
            }
            for viewer in [Viewer.anonymous, .newsroom] {
                let page = try await store.changes(ChangeQuery(after: 3, limit: 3, kinds: [.event, .person]), as: viewer)
                #expect(page.changes.map(\.sequence) == [4, 5, 7] && page.next == 7 && page.newest == 15)
                let last = try await store.changes(ChangeQuery(after: 10, limit: 3, kinds: [.event, .person]), as: viewer)
                #expect(last.changes.map(\.sequence) == [11, 13, 14] && last.next == 14)
                let end = try await store.changes(ChangeQuery(after: 14, limit: 3, kinds: [.event, .person]), as: viewer)
                #expect(end == ChangePage(changes: [], next: 15, newest: 15))
                #expect(try await store.changes(ChangeQuery(kinds: [.statement]), as: viewer).changes == [])
                let all = try await store.changes(ChangeQuery(limit: 1_000, kinds: Set(Kind.allCases)), as: viewer)
                #expect(all.changes.map(\.sequence) == Array(1...15))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is rehearsed, refused or no change is not told`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let article = try await store.articles.create(.sample())
            _ = try await store.articles.delete(.id(article.record.id), if: .none, by: editor, isRehearsal: true)
            #expect(await storeError { try await store.articles.create(.sample { $0.headline = "" }) } != nil)
            try await store.articles.change(article.record.id) { $0.headline = article.draft.headline }
            #expect(try await store.changes(ChangeQuery(), as: .anonymous).next == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `who waits is told of a row when it comes, and when the time is over`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            #expect(try await store.waitForChanges(after: 0, within: .milliseconds(1)) == 0)
            async let newest = store.waitForChanges(after: 0, within: .seconds(600))
            try await store.people.create(.sample())
            #expect(try await newest == 1)
            // What is there already is told at once.
            #expect(try await store.waitForChanges(after: 0, within: .seconds(600)) == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `who waits is let go when the store closes`(_ kind: StoreUnderTest) async throws {
        let store = try kind.open(TemporaryFolder(), TestClock())
        async let error = storeError { _ = try await store.waitForChanges(after: 0, within: .seconds(600)) }
        _ = try await store.waitForChanges(after: 0, within: .milliseconds(1))
        await store.close()
        guard case .unavailable? = await error else { throw StoreError.notFound }
    }
}
