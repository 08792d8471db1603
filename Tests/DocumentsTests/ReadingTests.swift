import Documents
import JSON
import Newsroom
import Testing

struct ReadingTests {
    private func create(_ text: String) throws -> Proposal<Article.Draft> {
        ArticleDocument.read(try object(text), as: .create)
    }

    private func change(_ text: String, of article: Article, as mode: ReadingMode) throws -> Proposal<Article.Draft> {
        ArticleDocument.read(try object(text), over: article.draft, of: article.record, as: mode)
    }

    @Test func `every member of an article is read`() throws {
        let read = try create(
            """
            {"type":"analysis","slug":"talks-called-off","external_ids":{"wire":"7","archive":"a/b~c"},"headline":"Talks called off",
             "subheadline":"s","summary":"t","body":"b","body_format":"markdown","byline":"Staff","authors":[{"id":"per_00000000000000000000000009"}],
             "dateline":"WASHINGTON, March 27","section":"world","tags":["gaza"],"places":["usa"],"language":"pt-br","urgency":3,"status":"ready",
             "embargoed_until":"2024-03-28T00:00:00+02:00","published_at":"2024-03-27T18:05:00Z","source":"Axios",
             "canonical_url":"https://example.org/","usage_terms":"u","people":[{"slug":"yoav-gallant","role":"subject"}],
             "organizations":[{"external_id":"w:axios"}],"events":[]}
            """)
        #expect(read.failures == [])
        var expected = Article.Draft()
        expected.type = .analysis
        expected.slug = Slug("talks-called-off")
        expected.externalIDs["wire"] = "7"
        expected.externalIDs["archive"] = "a/b~c"
        expected.headline = "Talks called off"
        expected.subheadline = "s"
        expected.summary = "t"
        expected.body = "b"
        expected.bodyFormat = .markdown
        expected.byline = "Staff"
        expected.authors = [RoleReference(target: .id(id(9)))]
        expected.dateline = "WASHINGTON, March 27"
        expected.section = "world"
        expected.tags = ["gaza"]
        expected.places = ["usa"]
        expected.language = LanguageTag("pt-BR")
        expected.urgency = Urgency(3)
        expected.status = .ready
        expected.embargoedUntil = Instant(rfc3339: "2024-03-27T22:00:00Z")
        expected.publishedAt = savedAt
        expected.source = "Axios"
        expected.canonicalURL = WebURL("https://example.org/")
        expected.usageTerms = "u"
        expected.people = [RoleReference(target: .slug(try #require(Slug("yoav-gallant"))), role: "subject")]
        expected.organizations = [RoleReference(target: .externalID(try #require(ExternalID("w:axios"))))]
        #expect(read.draft == expected)
        #expect(read.positions == [:])
    }

    @Test func `nulls say nothing`() throws {
        let members = ArticleDocument.memberNames.map { "\"\($0)\":null" }.joined(separator: ",")
        let read = try create("{\(members)}")
        #expect(read == Proposal(Article.Draft()))
    }

    @Test func `all failing members are told at once, with their places`() throws {
        let read = try create(
            """
            {"type":"gossip","slug":"Talks!","external_ids":{"Wire":"7","ok":" "},"headline":5,"body":["b"],"authors":{},"tags":["a",7,null],
             "language":"english!","urgency":10,"status":"live","embargoed_until":"tomorrow","canonical_url":"example.org",
             "people":[{"id":"evt_00000000000000000000000009"},"per_00000000000000000000000009",{},{"id":"per_00000000000000000000000009","rol":"x"}]}
            """)
        #expect(
            failures(read) == [
                "/type invalid_value", "/slug invalid_value", "/external_ids/Wire invalid_value", "/external_ids/ok invalid_value",
                "/headline wrong_type", "/body wrong_type", "/authors wrong_type", "/tags/1 wrong_type", "/tags/2 wrong_type",
                "/language invalid_value", "/urgency out_of_range", "/status invalid_value", "/embargoed_until invalid_value",
                "/canonical_url invalid_value", "/people/0/id invalid_value", "/people/1 wrong_type", "/people/2 required",
                "/people/3/rol unknown_member",
            ])
        #expect(read.draft.tags == ["a"])
        #expect(read.draft.people == [RoleReference(target: .id(id(9)))])
        #expect(read.positions == ["/tags": [0], "/people": [3]])
        #expect(read.failures.allSatisfy { !$0.message.isEmpty })
    }

    @Test func `a list that is too long is not looked at`() throws {
        let tags = try create("{\"tags\":[\(Array(repeating: "5", count: 101).joined(separator: ","))]}")
        #expect(failures(tags) == ["/tags too_many"])
        #expect(tags.settled(after: nil, at: savedAt).failures.map(\.path) == ["/tags", "/headline"])
        let people = try create("{\"people\":[\(Array(repeating: "{}", count: 501).joined(separator: ","))]}")
        #expect(failures(people) == ["/people too_many"])
    }

    @Test func `of very many failures the first hundred are told`() throws {
        let members = (0..<5_000).map { "\"member\($0)\":1" }.joined(separator: ",")
        let read = try create("{\(members),\"people\":[{\"id\":5}]}")
        #expect(read.failures.count == MemberFailure.countMax)
        #expect(read.failures.first?.path == "/member0")
        #expect(read.draft.people == [])
        #expect(read.settled(after: nil, at: savedAt).failures.count == MemberFailure.countMax)
    }

    @Test func `messages say what would be right`() throws {
        #expect(try create(#"{"headline":5}"#).failures.first?.message == "must be a string, not a number")
        #expect(try create(#"{"urgency":"5"}"#).failures.first?.message == "must be a whole number, not a string")
        #expect(try create(#"{"urgency":1.5}"#).failures.map(\.message) == ["must be a whole number, not 1.5"])
        #expect(try create(#"{"urgency":1.5}"#).failures.map(\.rule) == [.wrongType])
        #expect(try create(#"{"urgency":1.0}"#) == create(#"{"urgency":1}"#))
        #expect(try create(#"{"urgency":1e300}"#).failures.map(\.rule) == [.outOfRange])
        #expect(
            try create(#"{"status":"publishd"}"#).failures.first?.message
                == "must be one of `draft`, `ready`, `published`, `retracted`, did you mean `published`?")
    }

    @Test func `unknown members are refused with the nearest name`() throws {
        #expect(
            try create(#"{"headlin":"x"}"#).failures == [
                MemberFailure(path: "/headlin", rule: .unknownMember, message: "is not known here, did you mean `headline`?")
            ])
        #expect(
            try create(#"{"a/b~c":1,"":2,"article_type":"news","external_id":"a:b"}"#).failures.map(\.path) == [
                "/a~1b~0c", "/", "/article_type", "/external_id",
            ])
        #expect(
            try create(#"{"people":[{"id":"per_00000000000000000000000009","slugg":"x"}]}"#).failures.first?.message
                == "is not known here, did you mean `slug`?")
    }

    @Test(arguments: ["id", "version", "url", "created_at", "updated_at", "word_count", "first_published_at"])
    func `what the server sets cannot be created`(_ name: String) throws {
        #expect(failures(try create("{\"\(name)\":\"x\"}")) == ["/\(name) read_only"])
        #expect(failures(try create("{\"\(name)\":5}")) == ["/\(name) read_only"])
    }

    @Test(arguments: [ReadingMode.replace, .merge])
    func `what was read can be sent back as it is`(_ mode: ReadingMode) throws {
        let article = try Sample.article()
        let read = try change(text(article), of: article, as: mode)
        #expect(read.failures == [])
        // The first publication is what the server carries on.
        var expected = article.draft
        if mode == .replace { expected.firstPublishedAt = nil }
        #expect(read.draft == expected)
        #expect(read.settled(after: article.draft, at: savedAt) == Proposal(article.draft))
        let event = try Sample.event()
        #expect(EventDocument.read(try object(text(event)), over: event.draft, of: event.record, as: mode) == Proposal(event.draft))
        let person = try Sample.person()
        #expect(PersonDocument.read(try object(text(person)), over: person.draft, of: person.record, as: mode) == Proposal(person.draft))
        let organization = try Sample.organization()
        #expect(
            OrganizationDocument.read(try object(text(organization)), over: organization.draft, of: organization.record, as: mode)
                == Proposal(organization.draft))
    }

    @Test(arguments: [ReadingMode.replace, .merge])
    func `what the server sets cannot be changed`(_ mode: ReadingMode) throws {
        let article = try Sample.article()
        let read = try change(
            """
            {"id":"art_00000000000000000000000006","version":4,"url":"/v1/articles/x","created_at":"2024-03-27T18:05:01Z","updated_at":null,
             "word_count":4,"first_published_at":"2024-03-27T18:05:00Z"}
            """, of: article, as: mode)
        #expect(
            failures(read) == [
                "/id read_only", "/version read_only", "/url read_only", "/created_at read_only", "/updated_at read_only",
                "/word_count read_only",
                "/first_published_at read_only",
            ])
        #expect(
            try change(#"{"created_at":"2024-03-27T14:05:00-04:00","first_published_at":"2024-03-21T05:46:40Z"}"#, of: article, as: mode)
                .failures == [])
    }

    @Test func `replacing begins from nothing but keeps the address`() throws {
        let article = try Sample.article()
        let read = try change(#"{"headline":"New"}"#, of: article, as: .replace)
        var expected = Article.Draft()
        expected.headline = "New"
        expected.slug = article.record.slug
        #expect(read == Proposal(expected))
        #expect(try change(#"{"slug":null}"#, of: article, as: .replace).draft.slug == nil)
        #expect(try change(#"{"slug":"other"}"#, of: article, as: .merge).draft.slug == Slug("other"))
    }

    @Test func `merging sets what is named, clears by null, and leaves the rest`() throws {
        let article = try Sample.article()
        let read = try change(
            #"{"byline":null,"section":"world","tags":["new"],"people":null,"type":null,"external_ids":{"wire":null,"x":"1"}}"#,
            of: article, as: .merge)
        #expect(read.failures == [])
        var expected = article.draft
        expected.byline = nil
        expected.section = "world"
        expected.tags = ["new"]
        expected.people = []
        expected.type = .news
        expected.externalIDs["wire"] = nil
        expected.externalIDs["x"] = "1"
        #expect(read.draft == expected)
        #expect(try change(#"{"external_ids":null}"#, of: article, as: .merge).draft.externalIDs == ExternalIDs())
        #expect(try change("{}", of: article, as: .merge) == Proposal(article.draft))
    }

    @Test(arguments: [ReadingMode.replace, .merge, .importRecord])
    func `what an article cannot be without is not cleared`(_ mode: ReadingMode) throws {
        var article = try Sample.article()
        for status in [ArticleStatus.published, .retracted] {
            article.draft.status = status
            let read = try change(#"{"headline":"New","status":null,"published_at":null}"#, of: article, as: mode)
            #expect(failures(read) == ["/status required", "/published_at required"])
        }
        article.draft.status = .ready
        #expect(failures(try change(#"{"headline":"New","published_at":null}"#, of: article, as: mode)) == [])
        #expect(failures(try change(#"{"status":null}"#, of: article, as: mode)) == ["/status required"])
    }

    @Test func `a member that fails leaves what was there`() throws {
        let article = try Sample.article()
        let read = try change(#"{"headline":5,"language":"!","published_at":"x","tags":"x"}"#, of: article, as: .merge)
        #expect(read.draft == article.draft)
        #expect(read.failures.count == 4)
    }

    @Test(arguments: [
        (
            #"{"id":"per_00000000000000000000000001","name":"n","role_at":"r","external_id":"w:x","url":null,"status":1,"title":2,"earliest":[]}"#,
            "id"
        ),
        (#"{"id":"per_00000000000000000000000001","external_id":null,"slug":null}"#, "id"), (#"{"slug":"a"}"#, "slug"),
        (#"{"external_id":"w:x","name":"n"}"#, "external_id"),
    ])
    func `a reference names its target in one way, captions beside it`(_ reference: String, _ way: String) throws {
        let read = try create("{\"people\":[\(reference)]}")
        #expect(read.failures == [])
        let expected: Reference<Person> =
            switch way {
            case "id": .id(id(1))
            case "slug": .slug(try #require(Slug("a")))
            default: .externalID(try #require(ExternalID("w:x")))
            }
        #expect(read.draft.people == [RoleReference(target: expected)])
    }

    @Test(arguments: [
        (#"{"id":"per_00000000000000000000000001","slug":"a"}"#, "/people/0 invalid_value"),
        (#"{"slug":"a","external_id":"w:x"}"#, "/people/0 invalid_value"),
        (#"{"id":null}"#, "/people/0 required"), (#"{"name":"Yoav Gallant"}"#, "/people/0 required"),
        (#"{"id":7}"#, "/people/0/id wrong_type"),
        (#"{"slug":"A"}"#, "/people/0/slug invalid_value"), (#"{"external_id":"x"}"#, "/people/0/external_id invalid_value"),
        (#"{"slug":"a","role":7}"#, "/people/0/role wrong_type"), ("null", "/people/0 wrong_type"), ("[]", "/people/0 wrong_type"),
    ])
    func `a reference that names none or two is refused`(_ reference: String, _ failure: String) throws {
        #expect(failures(try create("{\"people\":[\(reference)]}")) == [failure])
    }
}
