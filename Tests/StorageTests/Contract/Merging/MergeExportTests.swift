import Documents
import Newsroom
import Storage
import Testing
import Turns

/// Merges and judgements in exports and imports.
@Suite(.inTurn) struct MergeExportTests {
    private func exported(_ store: any NewsroomStore) async throws -> [UInt8] {
        let exported = try await store.snapshot { snapshot throws(ExportError<Never>) in
            let sink = Sink()
            try Exporter(snapshot).run { (piece: [UInt8]) throws(Never) in sink.bytes += piece }
            return sink.bytes
        }
        return try exported.get()
    }

    private func imported(_ bytes: [UInt8], into store: any NewsroomStore) async throws -> ImportSummary {
        var session = ImportSession(into: store, by: editor) { results in
            for result in results where result.problem != nil { Issue.record("\(result)") }
        }
        try await session.feed(bytes)
        return try await session.finish()
    }

    @Test(arguments: StoreUnderTest.all)
    func `an export is imported with what was merged and judged, and again without a change`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let pair = try await MergeTests.Pair(store)
            let link = try await store.people.create(.sample("Link"))
            _ = try await store.people.merge(
                .id(pair.other.record.id), Merging(from: .id(link.record.id)), if: .none, by: editor, on: WriteTerms())
            _ = try await pair.merge(store)
            let third = try await store.people.create(.sample("Third"))
            let distinction = Distinction<Person>(from: .id(pair.survivor.record.id))
            _ = try await store.people.distinguish(.id(third.record.id), distinction, if: .none, by: editor, on: WriteTerms())
            let bytes = try await exported(store)
            try await kind.withStore { other, _ in
                let first = try await imported(bytes, into: other)
                // Two that were merged, two people, a party, an event, two articles.
                #expect(first.created == 8 && first.updated == 0)
                let sequence = try await other.newestSequence()
                let second = try await imported(bytes, into: other)
                #expect(second.unchanged == 8)
                #expect(try await other.newestSequence() == sequence)
                #expect(try await exported(other) == bytes)
                let survivor = pair.survivor.record.id
                for id in [pair.other.record.id, link.record.id] {
                    #expect(await storeError { _ = try await other.people.find(.id(id), as: .anonymous) } == .merged(into: survivor.text))
                }
                #expect(
                    await storeError { _ = try await other.people.find(.slug(pair.other.record.slug), as: .anonymous) }
                        == .merged(into: survivor.text))
                let merging = Merging<Person>(from: .id(third.record.id))
                let refused = await storeError {
                    _ = try await other.people.merge(.id(survivor), merging, if: .none, by: editor, on: WriteTerms())
                }
                #expect(refused?.paths == ["/from"])
                // What was merged lives again, as far as the export told of it; what referred to it stays.
                let revived = try await pair.split(other)
                #expect(revived.draft.aliases == pair.other.draft.aliases + [Alias(name: "Link")])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `where both live still, the record makes the merge; a record of what is merged already changes nothing of it`(
        _ kind: StoreUnderTest
    ) async throws {
        try await kind.withStore { store, _ in
            let pair = try await MergeTests.Pair(store)
            let (survivor, old) = (pair.survivor.record.id, pair.other.record.id)
            let record = #"{"type":"person","id":"\#(old)","name":"Joav Galant","merged_into":{"id":"\#(survivor)"}}"#
            #expect(try await imported(Array(record.utf8), into: store).updated == 1)
            #expect(try await imported(Array(record.utf8), into: store).unchanged == 1)
            #expect(await storeError { _ = try await store.people.find(.id(old), as: .anonymous) } == .merged(into: survivor.text))
            // A feed that knows it under its own id goes on.
            let feed = #"{"type":"person","external_id":"feed:77","description":"d"}"#
            #expect(try await imported(Array(feed.utf8), into: store).updated == 1)
            #expect(try await store.people.find(.id(survivor), as: .anonymous).draft.description == "d")
            let row = ImportRow.person(
                ImportEntry(id: old, externalIDs: ExternalIDs()) { _ in Proposal(.sample("x") { $0.description = "d" }) })
            #expect(try await store.importRows([row], by: editor) == [.refused(.merged(into: survivor.text))])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a record of a merge that is refused leaves both as they are, and its neighbours are kept`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            func draft(_ name: String, _ id: String) throws -> Person.Draft {
                try .sample(name) { draft in
                    draft.aliases = (0..<60).map { Alias(name: "\(name) \($0)") }
                    draft.externalIDs = ExternalIDs([try externalID(id)])
                }
            }
            let survivor = try await store.people.create(draft("Frost", "desk:1"))
            let other = try await store.people.create(draft("Snow", "feed:7"))
            let sequence = try await store.newestSequence()
            func row(_ name: String) -> ImportRow {
                .person(ImportEntry(id: nil, externalIDs: ExternalIDs()) { _ in Proposal(.sample { $0.name = name }) })
            }
            let merge = ImportRow.person(
                ImportEntry(id: other.record.id, externalIDs: ExternalIDs(), mergedInto: .id(survivor.record.id)) { stored in
                    Proposal(stored ?? Person.Draft())
                })
            let outcomes = try await store.importRows([row("First"), merge, row("Last")], by: editor)
            guard case .created = outcomes[0], case .refused(let refusal) = outcomes[1], case .created = outcomes[2] else {
                Issue.record("\(outcomes)")
                return
            }
            #expect(refusal.paths == ["/aliases"])
            #expect(try await store.newestSequence() == sequence + 2)
            for person in [survivor, other] { #expect(try await store.people.find(.id(person.record.id), as: .newsroom) == person) }
            let article = try await store.articles.create(
                .sample { $0.people = [RoleReference(target: .externalID(try externalID("feed:7")))] })
            #expect(article.draft.people.map(\.target) == [.id(other.record.id)])
        }
    }
}

private final class Sink {
    var bytes: [UInt8] = []
}
