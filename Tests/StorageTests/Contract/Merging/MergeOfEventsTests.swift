import Newsroom
import Storage
import Testing
import Turns

/// Merges of events and organizations, whose hierarchies and causes must stay without cycles.
@Suite(.inTurn) struct MergeOfEventsTests {
    private func merge<R: Resource>(
        _ store: any ResourceStore<R>, _ from: R, into survivor: R, _ kept: KeptValues = KeptValues()
    ) async throws -> R {
        let merging = Merging<R>(from: .id(from.record.id), kept: kept)
        return try await store.merge(.id(survivor.record.id), merging, if: .none, by: editor, on: WriteTerms()).plainResource()
    }

    @Test(arguments: StoreUnderTest.all)
    func `parts, causes and articles of one event are those of the survivor`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let vote = try await store.events.create(.sample("Vote"))
            let one = try await store.events.create(
                .sample("Talks") { $0.causes = [EventCause(event: .id(vote.record.id), relation: .triggered)] })
            let other = try await store.events.create(
                .sample("Talks in Washington") {
                    $0.window = EDTF("2024-03-26").map { Window(edtf: $0) }
                    $0.causes = [
                        EventCause(event: .id(vote.record.id), relation: .triggered),
                        EventCause(event: .id(one.record.id), relation: .prompted),
                    ]
                })
            let part = try await store.events.create(.sample("Lunch") { $0.partOf = .id(other.record.id) })
            let effect = try await store.events.create(
                .sample("Answer") { $0.causes = [EventCause(event: .id(other.record.id), relation: .prompted)] })
            let article = try await store.articles.create(.sample { $0.events = [RoleReference(target: .id(other.record.id))] })
            let merged = try await merge(store.events, other, into: one)
            #expect(merged.draft.window == other.draft.window && merged.draft.causes.map(\.event) == [.id(vote.record.id)])
            #expect(try await store.events.find(.id(part.record.id), as: .anonymous).draft.partOf == .id(one.record.id))
            #expect(try await store.events.find(.id(effect.record.id), as: .anonymous).draft.causes.map(\.event) == [.id(one.record.id)])
            #expect(
                try await store.articles.find(.id(article.record.id), as: .anonymous).draft.events.map(\.target) == [.id(one.record.id)])
            let revived = try await store.events.split(
                .id(other.record.id), Splitting(), if: .none, by: editor, on: WriteTerms()
            ).plainResource()
            #expect(revived.draft == other.draft)
            #expect(try await store.events.find(.id(one.record.id), as: .anonymous).draft == one.draft)
            #expect(try await store.events.find(.id(effect.record.id), as: .anonymous).draft == effect.draft)
            #expect(try await store.events.find(.id(part.record.id), as: .anonymous).draft == part.draft)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the life of the other is given up only where that is said`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let one = try await store.events.create(.sample("Talks"))
            let made = try await store.events.create(
                .sample("The talks") {
                    $0.status = .scheduled
                    $0.window = EDTF("2024-03-26").map { Window(edtf: $0) }
                })
            let other = try await store.events.change(made.record.id) { $0.status = .cancelled }
            let refused = await storeError { _ = try await merge(store.events, other, into: one) }
            guard case .mergeRefused(let failures)? = refused else { Issue.record("merged"); return }
            #expect(failures.map(\.path) == ["/keep/life"])
            let merged = try await merge(store.events, other, into: one, KeptValues(keepsLife: true))
            #expect(merged.draft.status == .proposed && merged.draft.transitions == [])
            let revived = try await store.events.split(
                .id(other.record.id), Splitting(), if: .none, by: editor, on: WriteTerms()
            ).plainResource()
            #expect(revived.draft == other.draft)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what would come to be its own cause, or to belong to itself, is not merged`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let first = try await store.events.create(.sample("First"))
            func event(_ title: String, after cause: Event) async throws -> Event {
                try await store.events.create(
                    .sample(title) { $0.causes = [EventCause(event: .id(cause.record.id), relation: .triggered)] })
            }
            let middle = try await event("Middle", after: first)
            let last = try await event("Last", after: middle)
            for (from, survivor) in [(first, last), (last, first)] {
                guard case .mergeRefused? = await storeError({ _ = try await merge(store.events, from, into: survivor) }) else {
                    Issue.record("a cycle of causes"); return
                }
            }
            let top = try await store.organizations.create(.sample("Ministry"))
            let office = try await store.organizations.create(.sample("Office") { $0.parent = .id(top.record.id) })
            let desk = try await store.organizations.create(.sample("Desk") { $0.parent = .id(office.record.id) })
            guard case .mergeRefused? = await storeError({ _ = try await merge(store.organizations, top, into: desk) }) else {
                Issue.record("belongs to itself"); return
            }
            // Where they touch, the edge between them goes.
            let merged = try await merge(store.organizations, top, into: office)
            #expect(merged.draft.parent == nil && merged.draft.aliases.map(\.name) == ["Ministry"])
            #expect(try await store.organizations.find(.id(desk.record.id), as: .anonymous).draft.parent == .id(office.record.id))
            _ = try await store.organizations.split(.id(top.record.id), Splitting(), if: .none, by: editor, on: WriteTerms())
            #expect(try await store.organizations.find(.id(office.record.id), as: .anonymous).draft == office.draft)
        }
    }
}
