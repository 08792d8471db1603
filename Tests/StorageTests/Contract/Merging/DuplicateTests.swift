import Newsroom
import Storage
import Testing
import Turns

/// Pairs that may be one, and those that were judged different.
@Suite(.inTurn) struct DuplicateTests {
    private func pairs(_ store: any NewsroomStore, limit: Int = 200, scoreMin: Double = 0.6) async throws -> [DuplicatePair<Person>] {
        var query = DuplicateQuery(scoreMin: scoreMin, limit: limit)
        var found: [DuplicatePair<Person>] = []
        for _ in 0..<1_000 {
            let page = try await store.people.duplicates(query)
            #expect(page.items.count <= limit)
            found += page.items
            guard let next = page.next else { return found }
            query.after = next
        }
        Issue.record("the list does not end")
        return found
    }

    @Test(arguments: StoreUnderTest.all)
    func `names, identifiers and dates tell who may be the same`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await store.people.create(.sample("Benjamin Netanyahu") { $0.born = PartialDate("1949-10-21") })
            try await store.people.create(.sample("Binyamin Netanjahu") { $0.born = PartialDate("1949") })
            try await store.people.create(.sample("B. Netanyahu"))
            try await store.people.create(.sample("Robert Smith") { $0.born = PartialDate("1950") })
            try await store.people.create(.sample("Smith, Robert") { $0.born = PartialDate("1980") })
            try await store.people.create(.sample("Muammar Gaddafi") { $0.identifiers["wikidata"] = "Q19878" })
            let colonel = try externalID("wikidata:Q19878")
            try await store.people.create(.sample("Colonel Q.") { $0.externalIDs = ExternalIDs([colonel]) })
            try await store.people.create(.sample("Nobody Else"))
            let found = try await pairs(store, scoreMin: 0)
            let names = found.map { "\($0.one.draft.name) = \($0.other.draft.name)" }
            #expect(
                Set(names) == [
                    "Muammar Gaddafi = Colonel Q.", "Benjamin Netanyahu = Binyamin Netanjahu", "Benjamin Netanyahu = B. Netanyahu",
                    "Robert Smith = Smith, Robert",
                ])
            #expect(names.first == "Muammar Gaddafi = Colonel Q." && found.first?.likeness.reasons == [.sharedIdentifier])
            let smiths = try #require(found.first { $0.one.draft.name == "Robert Smith" })
            #expect(smiths.likeness.reasons == [.sameName, .otherBorn] && smiths.likeness.score < 0.5)
            #expect(try await pairs(store).count == 3)
            // One at a time is the same list.
            #expect(try await pairs(store, limit: 1, scoreMin: 0) == found)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a pair that was judged different is not suggested, and not merged, until that is withdrawn`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let one = try await store.people.create(.sample("Ada North"))
            let other = try await store.people.create(.sample("Ada North"))
            let third = try await store.people.create(.sample("Ada North"))
            #expect(try await pairs(store).count == 3)
            func judge(_ isWithdrawn: Bool) async throws -> Person {
                let distinction = Distinction<Person>(from: .id(other.record.id), isWithdrawn: isWithdrawn)
                return try await store.people.distinguish(.id(one.record.id), distinction, if: .none, by: editor, on: WriteTerms())
                    .plainResource()
            }
            #expect(try await judge(false).record.version == 2)
            #expect(try await judge(false).record.version == 2)
            #expect(try await pairs(store).count == 2)
            let merging = Merging<Person>(from: .id(one.record.id))
            guard
                case .mergeRefused? = await storeError({
                    _ = try await store.people.merge(.id(other.record.id), merging, if: .none, by: editor, on: WriteTerms())
                })
            else { Issue.record("merged"); return }
            // It holds of whoever one of them becomes part of, and not of others when that is undone.
            _ = try await store.people.merge(.id(third.record.id), merging, if: .none, by: editor, on: WriteTerms())
            #expect(try await pairs(store) == [])
            _ = try await store.people.split(.id(one.record.id), Splitting(), if: .none, by: editor, on: WriteTerms())
            #expect(try await pairs(store).count == 2)
            #expect(try await judge(true).record.version == 5)
            #expect(try await pairs(store).count == 3)
            let notes = try await store.people.revisions(of: .id(one.record.id), RevisionQuery(limit: 1), as: .newsroom).items
            #expect(notes.map(\.note) == ["no longer judged different from \(other.record.id)"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a thousand of one name are compared with their neighbours alone`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let rows = (0..<1_000).map { number in
                ImportRow.person(
                    ImportEntry(id: nil, externalIDs: ExternalIDs()) { _ in Proposal(.sample("John Smith") { $0.description = "\(number)" })
                    })
            }
            _ = try await store.importRows(rows, by: editor)
            var query = DuplicateQuery(scoreMin: 1, limit: 200)
            var pageCount = 0
            repeat {
                query.after = try await store.people.duplicates(query).next
                pageCount += 1
            } while query.after != nil && pageCount < 1_000
            // 64 neighbours each in two blocks, 10,000 comparisons a page.
            #expect((10...20).contains(pageCount))
        }
    }
}
