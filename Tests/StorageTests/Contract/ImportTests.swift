import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct ImportTests {
    private func row(
        _ externalIDs: String..., id: String? = nil, change: @escaping @Sendable (inout Article.Draft) -> Void
    ) -> ImportRow {
        .article(
            ImportEntry(id: id.flatMap { ID($0) }, externalIDs: ExternalIDs(externalIDs.compactMap { ExternalID($0) })) { stored in
                var draft = stored ?? Article.Draft()
                change(&draft)
                return Proposal(draft)
            })
    }

    private func person(_ externalID: String, _ name: String) -> ImportRow {
        .person(
            ImportEntry(id: nil, externalIDs: ExternalIDs([ExternalID(externalID)].compactMap { $0 })) { stored in
                var draft = stored ?? Person.Draft()
                draft.name = name
                return Proposal(draft)
            })
    }

    @Test(arguments: StoreUnderTest.all)
    func `rows are created, changed, and left unchanged`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let rows = [row("a:1") { $0.headline = "One" }, row("a:2") { $0.headline = "Two" }, person("a:1", "Somebody")]
            let created = try await store.importRows(rows, by: editor)
            let ids = created.compactMap { if case .created(let id) = $0 { id } else { nil } }
            #expect(ids.count == 3)
            let article = try await store.articles.find(.id(try #require(ID(ids[0]))), as: .newsroom)
            #expect(article.draft.headline == "One" && article.draft.externalIDs.bySource == ["a": "1"])
            clock.advance(milliseconds: 1_000)
            #expect(try await store.importRows(rows, by: editor) == ids.map { .unchanged(id: $0) })
            #expect(store.statistics.sequence == 3)
            let changed = try await store.importRows([row("a:1") { $0.section = "world" }, row("a:2") { $0.headline = "Two" }], by: editor)
            #expect(changed == [.updated(id: ids[0]), .unchanged(id: ids[1])])
            let after = try await store.articles.find(.id(article.record.id), as: .newsroom)
            #expect(after.draft.headline == "One" && after.draft.section == "world" && after.record.version == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `rows behind the first refusal are left alone where that is asked, but for one that lacks references alone`(
        _ kind: StoreUnderTest
    ) async throws {
        try await kind.withStore { store, _ in
            let rows = [
                row("a:1") { $0.headline = "One" },
                row("a:2") {
                    $0.headline = "Two"
                    $0.people = [RoleReference(target: .id(ID(ULID(bits: 5))))]
                },
                row("a:3") { $0.headline = "Three" }, row("a:4") { $0.headline = "" }, row("a:5") { $0.headline = "Five" },
            ]
            let outcomes = try await store.importRows(rows, by: editor, ImportRules(stopsAtRefusal: true))
            #expect(outcomes.map(\.endsImport) == [false, false, false, true])
            let all = try await store.articles.walk(ListQuery(sort: Sort(.createdAt)))
            #expect(all.map(\.draft.headline) == ["One", "Three"])
            #expect(try await store.importRows(rows, by: editor).count == 5)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a refused row leaves its neighbours as they are`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let taken = try await store.articles.create(
                .sample("Taken") { $0.externalIDs = ExternalIDs([ExternalID("b:9")].compactMap { $0 }) })
            let wished = taken.record.slug
            let outcomes = try await store.importRows(
                [
                    row("a:1") { $0.headline = "One" }, row("a:2") { $0.headline = "" },
                    row("a:3") {
                        $0.headline = "Three"
                        $0.slug = wished
                    },
                    row("a:4") {
                        $0.headline = "Four"
                        $0.people = [RoleReference(target: .id(ID(ULID(bits: 5))))]
                    },
                    row("a:1", "b:9") { $0.headline = "Five" }, row("a:6") { $0.headline = "Six" },
                ], by: editor)
            guard case .created = outcomes[0], case .refused(.invalid(let blank)) = outcomes[1],
                case .refused(.invalid(let unknown)) = outcomes[3], case .created = outcomes[5]
            else {
                Issue.record("\(outcomes)")
                return
            }
            #expect(blank.failures.map(\.path) == ["/headline"])
            #expect(outcomes[2] == .refused(.conflict([.taken("/slug")])))
            #expect(unknown.failures.map(\.path) == ["/people/0"])
            #expect(outcomes[4] == .refused(.conflict([.taken("/external_ids/b")])))
            #expect(store.statistics.sequence == 3)
            #expect(try await store.articles.page(ListQuery(sort: Sort(.createdAt)), as: .newsroom).items.count == 3)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a row sees the rows in front of it`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let number = try externalID("p:1")
            let outcomes = try await store.importRows(
                [
                    row("a:0") {
                        $0.headline = "Too early"
                        $0.people = [RoleReference(target: .externalID(number))]
                    }, person("p:1", "Somebody"),
                    row("a:1") {
                        $0.headline = "In time"
                        $0.people = [RoleReference(target: .externalID(number))]
                    }, row("a:1") { $0.section = "twice" },
                ], by: editor)
            guard case .refused = outcomes[0], case .created = outcomes[1], case .created(let id) = outcomes[2] else {
                Issue.record("\(outcomes)")
                return
            }
            #expect(outcomes[3] == .updated(id: id))
            let article = try await store.articles.find(.id(try #require(ID(id))), as: .newsroom)
            #expect(article.captions.all.map(\.name) == ["Somebody"] && article.record.version == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an id that is given is kept, and a deleted one stays gone`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let id = "art_01HT3Z6V0Q8X9GZ5J2M4N7P1RS"
            #expect(try await store.importRows([row("a:1", id: id) { $0.headline = "One" }], by: editor) == [.created(id: id)])
            #expect(try await store.importRows([row(id: id) { $0.headline = "Two" }], by: editor) == [.updated(id: id)])
            #expect(
                try await store.importRows([row("a:1", id: "art_01HT3Z6V0Q8X9GZ5J2M4N7P1RT") { $0.headline = "x" }], by: editor)
                    == [.refused(.conflict([.taken("/external_ids/a")]))])
            try await store.articles.delete(.id(try #require(ID(id))), if: .none, by: editor)
            #expect(try await store.importRows([row("a:1", id: id) { $0.headline = "x" }], by: editor) == [.refused(.gone)])
            let again = try await store.importRows([row("a:1") { $0.headline = "x" }], by: editor)
            guard case .created(let other) = again[0] else {
                Issue.record("\(again)")
                return
            }
            #expect(other != id)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `rows wait for what they refer to, and behind earlier ones of their resource by whatever name`(
        _ kind: StoreUnderTest
    ) async throws {
        try await kind.withStore { store, _ in
            _ = try await store.importRows([row("a:1", "b:1") { $0.headline = "One" }], by: editor)
            let unknown = Reference<Person>.externalID(try externalID("p:1"))
            let rows = [
                row("a:1") { $0.people = [RoleReference(target: unknown)] }, row("b:1") { $0.headline = "Newer" },
                row("c:1") { $0.headline = "Another" }, row("a:1") { $0.headline = "" },
            ]
            let outcomes = try await store.importRows(rows, by: editor, ImportRules(waiting: []))
            guard case .waits(let failure?, let names) = outcomes[0], case .waits(nil, names: names) = outcomes[1],
                case .created = outcomes[2], case .waits(nil, names: names) = outcomes[3]
            else {
                Issue.record("\(outcomes)")
                return
            }
            #expect(failure.failures.map(\.path) == ["/people/0"] && names.count == 3)
            let later = try await store.importRows([rows[1]], by: editor, ImportRules(waiting: names))
            #expect(later == [.waits(nil, names: names)])
            guard case .refused(.invalid) = try await store.importRows([rows[0]], by: editor)[0] else {
                Issue.record("where nothing waits, what lacks something is refused")
                return
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a row does not change one external id by another`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let first = try await store.importRows([row("wire:1", "cms:A") { $0.headline = "One" }], by: editor)
            guard case .created(let id) = first[0] else {
                Issue.record("\(first)")
                return
            }
            let other = row("wire:2", "cms:A") { $0.headline = "Two" }
            #expect(try await store.importRows([other], by: editor) == [.refused(.conflict([.another("/external_ids/wire")]))])
            let named = row("wire:2", "cms:A", id: id) { $0.headline = "Two" }
            #expect(try await store.importRows([named], by: editor) == [.updated(id: id)])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `external ids of a row are added to those that are there`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let first = try await store.importRows([row("a:1") { $0.headline = "One" }], by: editor)
            let second = try await store.importRows([row("a:1", "b:2") { $0.headline = "One" }], by: editor)
            guard case .created(let id) = first[0] else {
                Issue.record("\(first)")
                return
            }
            #expect(second == [.updated(id: id)])
            #expect(
                try await store.articles.find(.id(try #require(ID(id))), as: .newsroom).draft.externalIDs.bySource == ["a": "1", "b": "2"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `thousands of equal headlines each have a slug`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            for part in 0..<4 {
                let rows = (0..<500).map { number in row("a:\(part * 500 + number)") { $0.headline = "Proposed offerings" } }
                let outcomes = try await store.importRows(rows, by: editor)
                #expect(outcomes.allSatisfy { if case .created = $0 { true } else { false } })
            }
            let last = try await store.articles.find(.slug(try slug("proposed-offerings-2000")), as: .newsroom)
            #expect(last.draft.externalIDs["a"] == "1999")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nothing is an import too`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let outcomes = try await store.importRows([], by: editor)
            #expect(outcomes.isEmpty && store.statistics.sequence == 0)
        }
    }
}
