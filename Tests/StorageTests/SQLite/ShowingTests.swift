import Documents
import JSON
import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// What only this engine does: it shows articles by renderings that are kept, or made of the log's documents.
@Suite(.inTurn) struct ShowingTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    private func open() throws -> any NewsroomStore { try StoreUnderTest.all[0].open(folder, clock) }

    private func filled() async throws -> (store: any NewsroomStore, article: Article) {
        let store = try open()
        let person = try await store.people.create(.sample("Ron Dermer"))
        return (store, try await store.articles.create(.sample { $0.people = [RoleReference(target: .id(person.record.id))] }))
    }

    private func run(_ script: String) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.execute(script: script)
        try database.close()
    }

    private func count(_ condition: String) throws -> Int64 {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readOnly))
        let query = Query<Int64>(SQL(assembled: "SELECT count(*) FROM article_rendering WHERE \(condition)")) { row throws(SQLiteError) in
            row.integer(0)
        }
        let count = try database.first(query) ?? 0
        try database.close()
        return count
    }

    /// Waits for what the writer does when it is idle.
    private func isSo(_ condition: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<3_000 {
            if try await condition() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    /// The check of renderings, tables and log; what it says of the search index is others' business.
    private func expectSound() throws {
        let findings = try StoreCheck.run(path: path).filter { !$0.contains("search index") }
        #expect(findings == [])
    }

    private func text(_ rendering: Rendering?) -> String { String(decoding: rendering?.json ?? [], as: UTF8.self) }

    @Test(arguments: [
        "json_remove(document, '$.word_count')", "'{}'", "'{\"id\":\"art_0\"}'", "'no JSON'", "json_set(document, '$.new', 1)",
    ])
    func `a document of another form than today's is no obstacle`(_ document: String) async throws {
        let (store, article) = try await filled()
        let shown = try await store.articles.rendering(.id(article.record.id), as: .newsroom)
        let listed = try await store.articles.renderedPage(ListQuery(sort: Sort(.headline)), as: .newsroom)
        await store.close()
        try run(
            """
            DROP TRIGGER log_is_not_changed;
            UPDATE log SET document = \(document) WHERE kind = 'article';
            DELETE FROM article_rendering;
            """)
        let again = try open()
        #expect(try again.articles.renderingAtOnce(.id(article.record.id), as: .newsroom) == nil)
        #expect(try await again.articles.rendering(.id(article.record.id), as: .newsroom) == shown)
        #expect(try await again.articles.renderedPage(ListQuery(sort: Sort(.headline)), as: .newsroom) == listed)
        #expect(try await isSo { try again.articles.renderingAtOnce(.id(article.record.id), as: .newsroom) == shown })
        await again.close()
    }

    @Test func `captions that another process changes are shown`() async throws {
        let (store, article) = try await filled()
        _ = try await store.articles.rendering(.id(article.record.id), as: .newsroom)
        let other = try open()
        guard case .id(let person)? = article.draft.people.first?.target else { return #expect(Bool(false), "no reference") }
        try await other.people.change(person) { $0.name = "Another Name" }
        let isShown = try await isSo {
            text(try await store.articles.rendering(.id(article.record.id), as: .newsroom)).contains("Another Name")
        }
        #expect(isShown)
        await other.close()
        await store.close()
    }

    @Test func `what the writer read of changes that were undone is not taken for what came in their place`() async throws {
        let store = try open()
        let people = [try await store.people.create(.sample("Ada Frost")), try await store.people.create(.sample("Ben Snow"))]
        var articles: [ID<Article>] = []
        for person in people {
            articles.append(
                try await store.articles.create(.sample { $0.people = [RoleReference(target: .id(person.record.id))] }).record.id)
        }
        /// Another name, and then the article by its rendering, as the writer shows it.
        func shown(_ number: Int, isRehearsal: Bool) async throws -> String {
            let (person, article) = (people[number].record.id, articles[number])
            let outcome = try await store.transaction(by: editor, on: TransactionTerms<String>(isRehearsal: isRehearsal)) {
                transaction throws(StoreError) in
                let rename: ResourceWrite<Person> = .revise(.id(person), if: .none) { stored, _ in
                    var draft = stored.draft
                    draft.name = "Another Name"
                    return Proposal(draft)
                }
                _ = try transaction.perform(rename, by: editor)
                let same: ResourceWrite<Article> = .revise(.id(article), if: .none) { stored, _ in Proposal(stored.draft) }
                switch try transaction.perform(same, by: editor) {
                case .rendering(let rendering, _): return String(decoding: rendering.json, as: UTF8.self)
                case .resource(let article): return article.captions[person]?.name ?? ""
                case .receipt: return ""
                }
            }
            guard case .success(.answer(let text)) = outcome else { return "" }
            return text
        }
        #expect(try await shown(0, isRehearsal: true).contains("Another Name"))
        #expect(try await shown(1, isRehearsal: false).contains("Another Name"))
        await store.close()
    }

    @Test func `what another process writes is shown as it is read`() async throws {
        let store = try open()
        _ = try await World(store, clock)
        let other = try open()
        var writes = RandomWrites(other, clock, seed: 7)
        for _ in 0..<40 {
            try await writes.writeOnce()
            let newest = try await other.newestSequence()
            #expect(try await isSo { try await store.newestSequence() >= newest })
            for article in try await store.articles.walk(ListQuery(sort: Sort(.createdAt), isWhole: true)) {
                var writer = JSONWriter()
                ArticleDocument.write(article, to: &writer, form: .wire, selecting: nil)
                #expect(try await store.articles.rendering(.id(article.record.id), as: .newsroom).json == writer.finish())
            }
        }
        await other.close()
        await store.close()
        try expectSound()
    }

    @Test func `every way to write an article keeps its rendering`() async throws {
        let (store, article) = try await filled()
        let key = ResourceKey<Article>.id(article.record.id)
        #expect(try store.articles.renderingAtOnce(key, as: .anonymous)?.version == 1)
        #expect(try store.articles.renderingAtOnce(.slug(article.record.slug), as: .anonymous)?.version == 1)
        try await store.articles.change(article.record.id) { $0.headline = "Changed" }
        #expect(text(try store.articles.renderingAtOnce(key, as: .anonymous)).contains("\"headline\":\"Changed\""))
        try await store.articles.delete(key, if: .none, by: editor)
        #expect(try store.articles.renderingAtOnce(key, as: .newsroom) == nil)
        #expect(try count("1") == 0)
        _ = try await store.articles.restore(key, Restoration(version: 1), if: .none, by: editor)
        #expect(try store.articles.renderingAtOnce(key, as: .newsroom)?.version == 4)
        let entry = ImportEntry<Article>(id: article.record.id, externalIDs: ExternalIDs()) { draft in
            var draft = draft ?? Article.Draft()
            draft.headline = "Imported"
            return Proposal(draft)
        }
        _ = try await store.importRows([.article(entry)], by: editor)
        #expect(text(try store.articles.renderingAtOnce(key, as: .newsroom)).contains("\"headline\":\"Imported\""))
        await store.close()
        try expectSound()
    }

    @Test func `a rendering that is stale is made anew for the next reader`() async throws {
        let (store, article) = try await filled()
        let key = ResourceKey<Article>.id(article.record.id)
        let unrelated = try await store.people.create(.sample("Somebody Else"))
        #expect(try store.articles.renderingAtOnce(key, as: .newsroom) != nil)
        try await store.people.change(unrelated.record.id) { $0.name = "Still Somebody Else" }
        #expect(try store.articles.renderingAtOnce(key, as: .newsroom) != nil)
        guard case .id(let person)? = article.draft.people.first?.target else { return #expect(Bool(false), "no reference") }
        try await store.people.change(person) { $0.name = "Another Name" }
        #expect(try store.articles.renderingAtOnce(key, as: .newsroom) == nil)
        let shown = try await store.articles.rendering(key, as: .newsroom)
        #expect(text(shown).contains("Another Name"))
        #expect(try await isSo { try store.articles.renderingAtOnce(key, as: .newsroom) == shown })
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `articles from before there were renderings get theirs, and where that has come to is kept`() async throws {
        let (store, article) = try await filled()
        let shown = try await store.articles.rendering(.id(article.record.id), as: .newsroom)
        await store.close()
        try run("DELETE FROM article_rendering; UPDATE article_rendering_state SET (article_key, seq) = (0, 0)")
        let again = try open()
        #expect(try await isSo { try count("1") == 1 })
        #expect(try await isSo { try again.articles.renderingAtOnce(.id(article.record.id), as: .newsroom) == shown })
        await again.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `a rendering of another form is not shown, and made anew`() async throws {
        let (store, article) = try await filled()
        let shown = try await store.articles.rendering(.id(article.record.id), as: .newsroom)
        await store.close()
        try run("UPDATE article_rendering SET form = 0, json = '{\"old\":1}'; UPDATE article_rendering_state SET form = 0")
        let again = try open()
        #expect(try await again.articles.rendering(.id(article.record.id), as: .newsroom) == shown)
        #expect(try await isSo { try count("form = \(ArticleRendering.form)") == 1 })
        await again.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `more changes than are remembered make what is older stale, and all is gone through once more`() async throws {
        let (store, article) = try await filled()
        let key = ResourceKey<Article>.id(article.record.id)
        #expect(try store.articles.renderingAtOnce(key, as: .newsroom) != nil)
        await store.close()
        let rows = ChangedTargets.rowCountMax + 1
        try run(
            """
            WITH RECURSIVE counter (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counter WHERE number < \(rows))
            INSERT INTO log (seq, kind, id, slug, version, operation, actor, recorded_at_ms, public_from_ms, document, key)
            SELECT 2 + number, 'organization', 'org_x' || number, 'x', 1, 'created', 'a', 9000000000000, 0, '{}', 1000 + number FROM counter
            """)
        let again = try open()
        #expect(try again.articles.renderingAtOnce(key, as: .newsroom) == nil)
        #expect(try await isSo { try again.articles.renderingAtOnce(key, as: .newsroom) != nil })
        await again.close()
    }

    @Test func `targets are found changed behind a row, and not before it`() async throws {
        let (store, article) = try await filled()
        guard case .id(let person)? = article.draft.people.first?.target else { return #expect(Bool(false), "no reference") }
        try await store.people.change(person) { $0.name = "Another Name" }
        await store.close()
        let database = try Database(path: path, settings: ConnectionSettings(access: .readOnly))
        var changes = ChangedTargets()
        try changes.advance(to: 3, from: database)
        func areUnchanged(_ targets: ShownTarget..., since sequence: Int64) -> Bool {
            var bytes: [UInt8] = []
            for target in targets { target.append(to: &bytes) }
            return changes.areUnchanged(bytes.span, since: sequence)
        }
        let (changed, other) = (ShownTarget(.person, key: 1), ShownTarget(.organization, key: 1))
        let isUnchanged = [2, 3].map { areUnchanged(other, changed, since: $0) }
        #expect(isUnchanged == [false, true])
        let isOtherUnchanged = areUnchanged(other, ShownTarget(.person, key: 2), since: 0)
        #expect(isOtherUnchanged)
        try database.close()
    }

    /// Whoever changes what an article is shown as raises `ArticleRendering.form` with this text: else files would go on showing the old.
    @Test func `the form of a rendering has a number`() async throws {
        let (store, article) = try await filled()
        let shown = text(try await store.articles.rendering(.id(article.record.id), as: .newsroom))
        await store.close()
        guard case .id(let person)? = article.draft.people.first?.target else { return #expect(Bool(false), "no reference") }
        #expect(ArticleRendering.form == 2)
        #expect(
            shown == """
                {"id":"\(article.record.id.text)","type":"news","slug":"talks-called-off",\
                "url":"/v1/articles/\(article.record.id.text)","version":1,\
                "created_at":"2024-03-27T12:00:00.000Z","updated_at":"2024-03-27T12:00:00.000Z","external_ids":{},\
                "headline":"Talks called off","subheadline":null,"summary":null,"body":"The delegation will not travel.",\
                "body_format":"text","byline":null,"authors":[],"dateline":null,"section":null,"tags":[],"places":[],"language":null,\
                "urgency":null,"status":"published","embargoed_until":null,"first_published_at":"2024-03-27T12:00:00.000Z",\
                "published_at":"2024-03-27T12:00:00.000Z","source":null,"canonical_url":null,"usage_terms":null,"word_count":5,\
                "people":[{"id":"\(person.text)","name":"Ron Dermer","role_at":null,"role":null}],"organizations":[],"events":[],\
                "corrections":[]}
                """)
    }
}
