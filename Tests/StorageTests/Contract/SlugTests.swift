import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct SlugTests {
    @Test(arguments: StoreUnderTest.all)
    func `a slug is made from the caption, and numbered when it is taken`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            var slugs: [String] = []
            for _ in 0..<12 { slugs.append(try await store.articles.create(.sample("Fed adds reserves")).record.slug.text) }
            #expect(slugs.first == "fed-adds-reserves")
            #expect(Set(slugs).count == 12)
            #expect(slugs == ["fed-adds-reserves"] + (2...12).map { "fed-adds-reserves-\($0)" })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the longest caption leaves room for its number`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let headline = String(repeating: "verylongword", count: 40)
            let slugs = try await [
                store.articles.create(.sample(headline)).record.slug, store.articles.create(.sample(headline)).record.slug,
            ]
            #expect(slugs[0] != slugs[1])
            #expect(slugs.allSatisfy { $0.text.utf8.count <= Slug.lengthMax })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a slug can be used once for each kind`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let wished = try slug("ice-road")
            try await store.articles.create(.sample { $0.slug = wished })
            try await store.people.create(.sample { $0.slug = wished })
            #expect(
                await storeError { try await store.articles.create(.sample { $0.slug = wished }) }
                    == .conflict([.taken("/slug")]))
            let other = try await store.articles.create(.sample("Another"))
            #expect(
                await storeError { try await store.articles.change(other.record.id) { $0.slug = wished } }
                    == .conflict([.taken("/slug")]))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a slug can be changed, and is made anew where none is given`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.articles.create(.sample("First"))
            let wished = try slug("second")
            let moved = try await store.articles.change(made.record.id) { $0.slug = wished }
            #expect(moved.record.slug == wished && moved.draft.slug == wished && moved.record.version == 2)
            let kept = try await store.articles.change(made.record.id) { $0.headline = "Third" }
            #expect(kept.record.slug == wished && kept.record.version == 3)
            #expect(try await store.articles.find(.slug(wished), as: .newsroom).draft.headline == "Third")
            let renamed = try await store.articles.change(made.record.id) { $0.slug = nil }
            #expect(renamed.record.slug.text == "third" && renamed.draft.slug?.text == "third" && renamed.record.version == 4)
            #expect(await storeError { _ = try await store.articles.find(.slug(wished), as: .newsroom) } == .notFound)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a slug that is made anew stays where it is as it would be made`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            var made: [Article] = []
            for _ in 0..<3 { made.append(try await store.articles.create(.sample("Talks"))) }
            for article in made {
                #expect(try await store.articles.change(article.record.id) { $0.slug = nil } == article)
            }
            try await store.articles.delete(.id(made[0].record.id), if: .none, by: editor)
            let first = try await store.articles.change(made[2].record.id) { $0.slug = nil }
            #expect(first.record.slug.text == "talks")
            #expect(try await store.articles.change(made[2].record.id) { $0.slug = nil } == first)
        }
    }
}
