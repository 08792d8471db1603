import Newsroom
import Storage
import Testing
import Turns

/// Two resources that turn out to be one.
@Suite(.inTurn) struct MergeTests {
    /// A person of whom there are two, an article that names both, one that names the other alone, and an event.
    struct Pair {
        let survivor: Person
        let other: Person
        let both: Article
        let alone: Article
        let event: Event

        init(_ store: any NewsroomStore) async throws {
            let party = try await store.organizations.create(.sample("Party"))
            let survivor = try await store.people.create(
                .sample("Yoav Gallant") {
                    $0.externalIDs = ExternalIDs([try externalID("desk:p1"), try externalID("wire:1")])
                    $0.roles = [Person.Role(title: "Minister", organization: .id(party.record.id), from: PartialDate("2022-12-29"))]
                })
            let other = try await store.people.create(
                .sample("Joav Galant") {
                    $0.externalIDs = ExternalIDs([try externalID("feed:77")])
                    $0.identifiers["wikidata"] = "Q1"
                    $0.aliases = [Alias(name: "General Galant", from: PartialDate("1998"))]
                    $0.born = PartialDate("1958-11-08")
                    $0.roles = [
                        Person.Role(title: "Minister", organization: .id(party.record.id), from: PartialDate("2022-12-29")),
                        Person.Role(title: "Major general"),
                    ]
                })
            both = try await store.articles.create(
                .sample("Both") {
                    $0.people = [
                        RoleReference(target: .id(other.record.id), role: "subject"),
                        RoleReference(target: .id(survivor.record.id), role: "mentioned"),
                    ]
                })
            alone = try await store.articles.create(
                .sample("Alone") {
                    $0.people = [RoleReference(target: .id(other.record.id), role: "mentioned")]
                    $0.authors = [RoleReference(target: .id(other.record.id), role: "author")]
                })
            event = try await store.events.create(.sample { $0.participants = [.init(target: .person(.id(other.record.id)))] })
            (self.survivor, self.other) = (survivor, other)
        }

        func merge(_ store: any NewsroomStore) async throws -> Person {
            try await store.people.merge(
                .id(survivor.record.id), Merging(from: .id(other.record.id)), if: .none, by: editor, on: WriteTerms()
            ).plainResource()
        }

        func split(_ store: any NewsroomStore) async throws -> Person {
            try await store.people.split(.id(other.record.id), Splitting(), if: .none, by: editor, on: WriteTerms()).plainResource()
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the survivor gains what the other has, and what referred to the other refers to the survivor`(_ kind: StoreUnderTest) async throws
    {
        try await kind.withStore { store, _ in
            let pair = try await Pair(store)
            let merged = try await pair.merge(store)
            let id = merged.record.id
            #expect(id == pair.survivor.record.id && merged.record.version == 2)
            #expect(merged.draft.aliases == [Alias(name: "Joav Galant"), Alias(name: "General Galant", from: PartialDate("1998"))])
            #expect(merged.draft.externalIDs.all.map(\.description) == ["desk:p1", "feed:77", "wire:1"])
            #expect(merged.draft.identifiers["wikidata"] == "Q1" && merged.draft.born == PartialDate("1958-11-08"))
            #expect(merged.draft.roles.map(\.title) == ["Minister", "Major general"])
            #expect(try await store.people.find(.id(id), as: .anonymous) == merged)
            let both = try await store.articles.find(.id(pair.both.record.id), as: .newsroom)
            #expect(both.draft.people == [RoleReference(target: .id(id), role: "subject")] && both.record.version == 2)
            let alone = try await store.articles.find(.id(pair.alone.record.id), as: .newsroom)
            #expect(alone.draft.people.map(\.target) == [.id(id)] && alone.draft.authors.map(\.target) == [.id(id)])
            #expect(alone.captions[id]?.name == "Yoav Gallant")
            let event = try await store.events.find(.id(pair.event.record.id), as: .newsroom)
            #expect(event.draft.participants.map(\.target) == [.person(.id(id))])
            let operations = try await store.people.revisions(of: .id(id), RevisionQuery(), as: .newsroom).items
            #expect(operations.map(\.operation) == [.merged, .created])
            #expect(operations[0].note == "merged \(pair.other.record.id) into \(id)")
            let moved = try await store.articles.revisions(of: .id(pair.alone.record.id), RevisionQuery(), as: .newsroom).items
            #expect(moved[0].operation == .updated && moved[0].note == operations[0].note)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every name of what was merged leads to the survivor, and lists do not show it`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let pair = try await Pair(store)
            let id = try await pair.merge(store).record.id
            let old = pair.other.record
            for viewer in [Viewer.newsroom, .anonymous] {
                #expect(await storeError { _ = try await store.people.find(.id(old.id), as: viewer) } == .merged(into: id.text))
                #expect(await storeError { _ = try await store.people.find(.slug(old.slug), as: viewer) } == .merged(into: id.text))
            }
            #expect(try await store.people.walk(ListQuery(sort: Sort(.name))).map(\.record.id) == [id])
            let references: [Reference<Person>] = [.id(old.id), .slug(old.slug), .externalID(try externalID("feed:77"))]
            for reference in references {
                let article = try await store.articles.create(.sample { $0.people = [RoleReference(target: reference)] })
                #expect(article.draft.people.map(\.target) == [.id(id)])
            }
            let filters: [FilterValue] = [.id(old.id.text), .slug(old.slug), .externalID(try externalID("feed:77"))]
            for value in filters {
                let query = ListQuery<Article>(filters: [Filter(.person, .equal, [value])], sort: Sort(.createdAt), limit: 50)
                #expect(try await store.articles.page(query, as: .newsroom).items.count == 5)
            }
            #expect(await storeError { try await store.people.change(old.id) { $0.name = "x" } } == .merged(into: id.text))
            #expect(await storeError { try await store.people.delete(.id(old.id), if: .none, by: editor) } == .merged(into: id.text))
            let restoration = Restoration(version: 1)
            #expect(
                await storeError { _ = try await store.people.restore(.id(old.id), restoration, if: .none, by: editor) }
                    == .merged(into: id.text))
            // Its address stays its own.
            #expect(try await store.people.create(.sample("Joav Galant")).record.slug.text == "joav-galant-2")
            let revisions = try await store.people.revisions(of: .id(old.id), RevisionQuery(), as: .newsroom).items
            #expect(revisions.map(\.operation) == [.deleted, .created])
            let refused = await storeError { _ = try await store.people.revisions(of: .id(old.id), RevisionQuery(), as: .anonymous) }
            #expect(refused == .merged(into: id.text))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of the past everything is as it was`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let pair = try await Pair(store)
            let before = clock.now
            clock.advance(milliseconds: 10)
            let id = try await pair.merge(store).record.id
            let after = clock.now
            clock.advance(milliseconds: 10)
            for viewer in [Viewer.newsroom, .anonymous] {
                #expect(try await store.people.find(.id(pair.other.record.id), as: viewer, asOf: before).draft.name == "Joav Galant")
                let article = try await store.articles.find(.id(pair.alone.record.id), as: viewer, asOf: before)
                #expect(article.draft.people.map(\.target) == [.id(pair.other.record.id)])
                #expect(article.captions[pair.other.record.id]?.name == "Joav Galant")
                let absence = await storeError { _ = try await store.people.find(.id(pair.other.record.id), as: viewer, asOf: after) }
                #expect(absence == .merged(into: id.text))
                var query = ListQuery<Person>(sort: Sort(.name), limit: 10)
                query.asOf = before
                #expect(try await store.people.page(query, as: viewer).items.count == 2)
                query.asOf = after
                #expect(try await store.people.page(query, as: viewer).items.count == 1)
                var articles = ListQuery<Article>(
                    filters: [Filter(.person, .equal, [.id(pair.other.record.id.text)])], sort: Sort(.createdAt), limit: 10)
                articles.asOf = after
                #expect(try await store.articles.page(articles, as: viewer).items.count == 2)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what cannot be merged is refused with the reason, and nothing is kept`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let pair = try await Pair(store)
            let gone = try await store.people.create(.sample("Gone"))
            try await store.people.delete(.id(gone.record.id), if: .none, by: editor)
            let clash = try await store.people.create(
                .sample("Clash") {
                    $0.externalIDs = ExternalIDs([try externalID("wire:2")])
                    $0.identifiers["wikidata"] = "Q9"
                })
            let sequence = try await store.newestSequence()
            let survivor = ResourceKey.id(pair.survivor.record.id)
            func refusal(_ from: Reference<Person>, _ kept: KeptValues = KeptValues()) async -> StoreError? {
                await storeError {
                    _ = try await store.people.merge(survivor, Merging(from: from, kept: kept), if: .none, by: editor, on: WriteTerms())
                }
            }
            #expect(await refusal(.id(pair.survivor.record.id))?.paths == ["/from"])
            #expect(await refusal(.slug(try slug("nobody")))?.paths == ["/from"])
            guard case .mergeRefused(let deleted)? = await refusal(.id(gone.record.id)) else { Issue.record("not refused"); return }
            #expect(deleted.map(\.message) == ["was deleted"])
            #expect(await refusal(.id(clash.record.id))?.paths == ["/keep/external_ids/wire"])
            #expect(await refusal(.id(clash.record.id), KeptValues(externalIDs: ["wire": "3"]))?.paths == ["/keep/external_ids/wire"])
            let stale = await storeError {
                _ = try await store.people.merge(
                    survivor, Merging(from: .id(pair.other.record.id)), if: .versions([7]), by: editor, on: WriteTerms())
            }
            #expect(stale == .staleVersion(current: 1))
            #expect(try await store.newestSequence() == sequence)
            let kept = try await store.people.merge(
                survivor, Merging(from: .id(clash.record.id), kept: KeptValues(externalIDs: ["wire": "1"])), if: .none, by: editor,
                on: WriteTerms()
            ).plainResource()
            #expect(kept.draft.externalIDs["wire"] == "1" && kept.draft.identifiers["wikidata"] == "Q9")
            // The id that was given up still leads here, and is nobody else's.
            let article = try await store.articles.create(
                .sample { $0.people = [RoleReference(target: .externalID(try externalID("wire:2")))] })
            #expect(article.draft.people.map(\.target) == [.id(pair.survivor.record.id)])
            let taken = await storeError {
                try await store.people.create(.sample("Third") { $0.externalIDs = ExternalIDs([try externalID("wire:2")]) })
            }
            #expect(taken == .conflict([.taken("/external_ids/wire")]))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of the past an external id finds what had it itself, whatever is written later`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let (kept, given) = (try externalID("wire:1"), try externalID("wire:2"))
            let survivor = try await store.people.create(.sample("Ada Frost") { $0.externalIDs = ExternalIDs([kept]) })
            let other = try await store.people.create(.sample("Ada Snow") { $0.externalIDs = ExternalIDs([given]) })
            let merging = Merging<Person>(from: .id(other.record.id), kept: KeptValues(externalIDs: ["wire": "1"]))
            _ = try await store.people.merge(.id(survivor.record.id), merging, if: .none, by: editor, on: WriteTerms())
            let instant = clock.now
            clock.advance(milliseconds: 1_000)
            for isChanged in [false, true] {
                if isChanged { try await store.people.change(survivor.record.id) { $0.description = "later" } }
                for (comparison, id, isFound) in [
                    (.equal, kept, true), (.equal, given, false), (.oneOf, given, false), (.notEqual, given, true),
                    (.notEqual, kept, false),
                ] as [(Comparison, ExternalID, Bool)] {
                    let filter = Filter<Person.FilterMember>(.externalID, comparison, [.externalID(id)])
                    let page = try await store.people.page(
                        ListQuery(filters: [filter], sort: Sort(.name), asOf: instant), as: .newsroom)
                    #expect(page.items.map(\.record.id) == (isFound ? [survivor.record.id] : []), "\(comparison) \(id) \(isChanged)")
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an external id that was given up finds the survivor in lists, however many are asked for`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let (kept, given) = (try externalID("wire:1"), try externalID("wire:2"))
            let survivor = try await store.people.create(.sample("Ada Frost") { $0.externalIDs = ExternalIDs([kept]) })
            let other = try await store.people.create(.sample("Ada Snow") { $0.externalIDs = ExternalIDs([given]) })
            let third = try await store.people.create(.sample("Ada Third"))
            let merging = Merging<Person>(from: .id(other.record.id), kept: KeptValues(externalIDs: ["wire": "1"]))
            _ = try await store.people.merge(.id(survivor.record.id), merging, if: .none, by: editor, on: WriteTerms())
            let (one, all) = ([survivor.record.id], [survivor.record.id, third.record.id])
            typealias Member = Person.FilterMember
            let asked: [(Filter<Member>, [ID<Person>])] = [
                (Filter(.externalID, .equal, [.externalID(given)]), one), (Filter(.externalID, .equal, [.externalID(kept)]), one),
                (Filter(.externalID, .oneOf, [.externalID(try externalID("wire:9")), .externalID(given)]), one),
                (Filter(.externalID, .oneOf, [.externalID(kept), .externalID(given)]), one),
                (Filter(.externalID, .notEqual, [.externalID(given)]), [third.record.id]),
                (Filter(.externalID, .notEqual, [.externalID(try externalID("wire:9"))]), all),
                (Filter(.externalID, .isNull, [.integer(0)]), one), (Filter(.externalID, .isNull, [.integer(1)]), [third.record.id]),
            ]
            for (filter, expected) in asked {
                for others in [[], [Filter(Member.name, .startsWith, [.text("Ada")])], [Filter(Member.name, .notEqual, [.text("x")])]] {
                    let page = try await store.people.page(
                        ListQuery(filters: others + [filter], sort: Sort(.name), limit: 50, counts: true), as: .newsroom)
                    #expect(page.items.map(\.record.id) == expected, "\(filter)")
                    #expect(page.total == expected.count, "\(filter)")
                }
            }
        }
    }

    private func merge(_ store: any NewsroomStore, _ from: ID<Person>, into survivor: ID<Person>) async -> StoreError? {
        await storeError {
            _ = try await store.people.merge(.id(survivor), Merging(from: .id(from)), if: .none, by: editor, on: WriteTerms())
        }
    }

    private func split(_ store: any NewsroomStore, _ id: ID<Person>, _ from: Reference<Person>? = nil) async -> StoreError? {
        await storeError { _ = try await store.people.split(.id(id), Splitting(from: from), if: .none, by: editor, on: WriteTerms()) }
    }

    private func absence(_ store: any NewsroomStore, _ id: ID<Person>) async -> StoreError? {
        await storeError { _ = try await store.people.find(.id(id), as: .anonymous) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `chains lead to the last survivor, are undone from their end, and come back with it`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let one = try await store.people.create(.sample("Ada One")).record.id
            let two = try await store.people.create(.sample("Ben Two")).record.id
            let three = try await store.people.create(.sample("Cid Three")).record.id
            #expect(await merge(store, one, into: two) == nil)
            #expect(await merge(store, two, into: three) == nil)
            #expect(await absence(store, one) == .merged(into: three.text))
            #expect(await merge(store, one, into: three)?.paths == ["/from"])
            #expect(await split(store, one)?.paths == [""])
            try await store.people.delete(.id(three), if: .none, by: editor)
            #expect(await absence(store, one) == .gone)
            _ = try await store.people.restore(.id(three), Restoration(version: 2), if: .none, by: editor)
            #expect(await absence(store, one) == .merged(into: three.text))
            #expect(await split(store, two) == nil)
            #expect(await absence(store, one) == .merged(into: two.text))
            #expect(await split(store, two, .id(one)) == nil)
            #expect(try await store.people.find(.id(one), as: .anonymous).draft.name == "Ada One")
            #expect(try await store.people.find(.id(two), as: .anonymous).draft.aliases == [])
        }
    }
}

extension Written {
    /// The resource of a write that kept no answer.
    func plainResource() throws -> R {
        guard case .resource(let resource) = self else { throw Unexpected() }
        return resource
    }
}

private struct Unexpected: Error {}

extension StoreError {
    /// Where the failures are that it tells.
    var paths: [String] {
        switch self {
        case .invalid(let failure): failure.failures.map(\.path)
        case .mergeRefused(let failures), .conflict(let failures): failures.map(\.path)
        default: []
        }
    }
}
