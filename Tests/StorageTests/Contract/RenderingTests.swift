import Documents
import JSON
import Newsroom
import Testing
import Turns

/// The contract: what a store shows is what reading and writing it would give, whenever it is asked.
@Suite(.inTurn) struct RenderingTests {
    @Test(arguments: StoreUnderTest.all)
    func `everything is shown as it is read`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            _ = try await World(store, clock)
            for viewer in [Viewer.newsroom, .anonymous] { try await expectShown(store, as: viewer) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a change of what captions are taken from shows at once`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            _ = try await World(store, clock)
            // Remembered by now, if anything is.
            try await expectShown(store, as: .newsroom)
            for person in try await store.people.walk(ListQuery(sort: Sort(.name))) {
                try await store.people.change(person.record.id) {
                    $0.name += " II"
                    $0.roles.append(Person.Role(title: "Office of \"\($0.name)\""))
                }
                try await expectShown(store, as: .newsroom)
            }
            for organization in try await store.organizations.walk(ListQuery(sort: Sort(.name))) {
                try await store.organizations.change(organization.record.id) { $0.name += " \"\\" }
                try await expectShown(store, as: .newsroom)
            }
            for event in try await store.events.walk(ListQuery(sort: Sort(.title))) {
                try await store.events.change(event.record.id) {
                    $0.title += "!"
                    $0.window = EDTF("2030-01").map { Window(edtf: $0) }
                }
                try await expectShown(store, as: .newsroom)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an article is shown in its newest version, and no more when it is deleted`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            let made = try await store.articles.create(
                .sample("\u{201E}Quote\u{201C} \"\\") {
                    $0.body = "Line\nline \u{2028} \u{1F600} \\\" end\\"
                    $0.externalIDs = ExternalIDs([try externalID("wire:a\"b\\")])
                    $0.subheadline = ""
                })
            try await expectShown(store, as: .anonymous)
            try await store.articles.change(made.record.id) { $0.body = "{\"headline\":\"no\"}" }
            try await expectShown(store, as: .anonymous)
            let shown = try await store.articles.rendering(.slug(made.record.slug), as: .anonymous)
            #expect(shown.version == 2)
            try await store.articles.change(made.record.id) { $0.status = .retracted }
            #expect(await storeError { _ = try await store.articles.rendering(.id(made.record.id), as: .anonymous) } == .notFound)
            try await store.articles.delete(.id(made.record.id), if: .none, by: editor)
            #expect(await storeError { _ = try await store.articles.rendering(.id(made.record.id), as: .newsroom) } == .gone)
            #expect(await storeError { _ = try await store.articles.rendering(.slug(made.record.slug), as: .newsroom) } == .gone)
            #expect(await storeError { _ = try await store.articles.rendering(.slug(try slug("never")), as: .newsroom) } == .notFound)
        }
    }

    @Test(arguments: StoreUnderTest.all, [1, 2, 3] as [UInt64])
    func `whatever is written, and whenever, everything is shown as it is read`(_ engine: StoreUnderTest, _ seed: UInt64) async throws {
        try await engine.withStore { store, clock in
            _ = try await World(store, clock)
            var writes = RandomWrites(store, clock, seed: seed)
            for _ in 0..<60 {
                try await writes.writeOnce()
                for viewer in [Viewer.newsroom, .anonymous] { try await expectArticlesShown(store, as: viewer) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was undone is shown nowhere`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            let person = try await store.people.create(.sample("Before"))
            let reference = RoleReference<Person>(target: .id(person.record.id))
            let rehearsed = try await store.people.revise(
                .id(person.record.id), if: .none, by: editor, on: WriteTerms(isRehearsal: true)
            ) { resource, _ in
                var draft = resource.draft
                draft.name = "Rehearsed"
                return Proposal(draft)
            }
            guard case .resource(let shown) = rehearsed else { return #expect(Bool(false), "no resource") }
            #expect(shown.draft.name == "Rehearsed")
            let made = try await store.articles.create(.sample { $0.people = [reference] })
            try await expectArticlesShown(store, as: .newsroom)
            let rendering = try await store.articles.rendering(.id(made.record.id), as: .anonymous)
            #expect(String(decoding: rendering.json, as: UTF8.self).contains("\"name\":\"Before\""))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an embargo ends by the clock alone`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            let end = Instant(milliseconds: clock.now.milliseconds + 1_000)
            let key = ResourceKey<Article>.id(try await store.articles.create(.sample { $0.embargoedUntil = end }).record.id)
            clock.advance(milliseconds: 999)
            #expect(try store.articles.renderingAtOnce(key, as: .anonymous) == nil)
            #expect(await storeError { _ = try await store.articles.rendering(key, as: .anonymous) } == .notFound)
            let shown = try await store.articles.rendering(key, as: .newsroom)
            clock.advance(milliseconds: 1)
            #expect(try await store.articles.rendering(key, as: .anonymous) == shown)
        }
    }

    private func expectArticlesShown(_ store: any NewsroomStore, as viewer: Viewer) async throws {
        try await expectShown(store.articles, Sort(.publishedAt, descending: true), as: viewer)
    }

    private func expectShown(_ store: any NewsroomStore, as viewer: Viewer) async throws {
        try await expectShown(store.articles, Sort(.publishedAt, descending: true), as: viewer)
        try await expectShown(store.articles, Sort(.headline), as: viewer)
        try await expectShown(store.people, Sort(.name), as: viewer)
        try await expectShown(store.organizations, Sort(.name), as: viewer)
        try await expectShown(store.events, Sort(.title), as: viewer)
    }

    private func expectShown<R: Documented>(
        _ resources: any ResourceStore<R>, _ sort: Sort<R.SortMember>, as viewer: Viewer
    ) async throws {
        var query = ListQuery<R>(sort: sort, limit: 5, counts: true)
        repeat {
            let page = try await resources.page(query, as: viewer)
            let rendered = try await resources.renderedPage(query, as: viewer)
            let items = page.items.map { String(decoding: json(of: $0, form: .listItem), as: UTF8.self) }
            #expect(String(decoding: rendered.json, as: UTF8.self) == "[\(items.joined(separator: ","))]")
            #expect(rendered.next == page.next)
            #expect(rendered.total == page.total)
            for item in page.items {
                let resource = try await resources.find(.id(item.record.id), as: viewer)
                let rendering = try await resources.rendering(.id(item.record.id), as: viewer)
                #expect(String(decoding: rendering.json, as: UTF8.self) == String(decoding: json(of: resource, form: .wire), as: UTF8.self))
                #expect(rendering.version == resource.record.version)
                let atOnce = try resources.renderingAtOnce(.id(item.record.id), as: viewer)
                #expect(atOnce == nil || atOnce == rendering)
            }
            query.after = page.next
        } while query.after != nil
    }

    private func json<R: Documented>(of resource: R, form: DocumentForm) -> [UInt8] {
        var writer = JSONWriter()
        R.Document.write(resource, to: &writer, form: form, selecting: nil)
        return writer.finish()
    }
}
