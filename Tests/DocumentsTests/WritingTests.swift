import Documents
import JSON
import Newsroom
import Testing

struct WritingTests {
    @Test func `an article on the wire has every member, in order`() throws {
        #expect(
            try text(Sample.article()) == """
                {"id":"art_00000000000000000000000005","type":"analysis","slug":"talks-called-off",\
                "url":"/v1/articles/art_00000000000000000000000005","version":3,"created_at":"2024-03-27T18:05:00.000Z",\
                "updated_at":"2024-03-27T18:05:00.000Z","external_ids":{"archive":"a/b~c","wire":"7"},"headline":"Talks called off",\
                "subheadline":null,"summary":null,"body":"One two.\\n\\"Three\\"","body_format":"text","byline":"Staff",\
                "authors":[{"id":"per_00000000000000000000000009","name":"Ann Author","role_at":null,"role":"author"}],"dateline":null,\
                "section":null,"tags":["gaza","un"],"places":[],"language":"en","urgency":3,"status":"published","embargoed_until":null,\
                "first_published_at":"2024-03-21T05:46:40.000Z","published_at":"2024-03-27T18:05:00.000Z","source":null,\
                "canonical_url":"https://example.org/talks","usage_terms":null,"word_count":3,\
                "people":[{"id":"per_00000000000000000000000001","name":"Yoav Gallant","role_at":"Minister of Defense","role":"subject"},\
                {"id":"per_00000000000000000000000002","name":"Ron Dermer","role_at":null,"role":null}],\
                "organizations":[{"id":"org_00000000000000000000000003","name":"Axios","role":null}],\
                "events":[{"id":"evt_00000000000000000000000004","title":"Talks","status":"cancelled","earliest":"2024-04-01",\
                "role":"about"}],\
                "corrections":[{"kind":"clarification","text":"Monday it was.","issued_at":"2024-03-27T18:05:00.000Z",\
                "statement":{"id":"sta_00000000000000000000000007"}}],"needs_review":[\(Sample.markText)]}
                """)
    }

    @Test func `an event on the wire has its window worked out`() throws {
        #expect(
            try text(Sample.event()) == """
                {"id":"evt_00000000000000000000000004","slug":"talks","url":"/v1/events/evt_00000000000000000000000004","version":3,\
                "created_at":"2024-03-27T18:05:00.000Z","updated_at":"2024-03-27T18:05:00.000Z","external_ids":{},"title":"Talks",\
                "summary":null,"kind":"meeting","status":"scheduled","overdue":false,"window":{"edtf":"2024-04-01/..",\
                "earliest":"2024-04-01","latest":null,"earliest_at":"2024-04-01T04:00:00.000Z","latest_at":null,"precision":"day","confirmed":false,"stated":"as early as next week","anchor":"2024-03-27","zone":"America/New_York"},\
                "schedule":{"slots":[{"window":{"edtf":"2024-04-01/..","earliest":"2024-04-01","latest":null,\
                "earliest_at":"2024-04-01T04:00:00.000Z","latest_at":null,"precision":"day",\
                "confirmed":false,"stated":"as early as next week","anchor":"2024-03-27","zone":"America/New_York"},"state":"current"}]},\
                "place":{"name":"Washington","country":"US","latitude":38.9,"longitude":-77.0},\
                "participants":[{"person":{"id":"per_00000000000000000000000001","name":"Yoav Gallant","role_at":"Minister of Defense"},\
                "role":"guest"},{"organization":{"id":"org_00000000000000000000000003","name":"Pentagon"},"role":null}],\
                "part_of":{"id":"evt_00000000000000000000000008","title":"Visit","status":"happened","earliest":"2024-03-24"},\
                "causes":[],"transitions":[],"needs_review":[\(Sample.markText)]}
                """)
    }

    @Test func `a person on the wire has roles with their organizations`() throws {
        #expect(
            try text(Sample.person()) == """
                {"id":"per_00000000000000000000000001","slug":"yoav-gallant","url":"/v1/people/per_00000000000000000000000001","version":3,\
                "created_at":"2024-03-27T18:05:00.000Z","updated_at":"2024-03-27T18:05:00.000Z","external_ids":{},"name":"Yoav Gallant",\
                "sort_name":"Gallant, Yoav","aliases":[{"name":"Yoav Galant","from":"2015","to":null}],"description":null,\
                "born":"1958-11-08","roles":[{"title":"Minister of Defense",\
                "organization":{"id":"org_00000000000000000000000003","name":"Ministry of Defense"},"from":"2022-12-29","to":"2024-11-05"},\
                {"title":"General","organization":null,"from":null,"to":null}],"identifiers":{"wikidata":"Q1"},\
                "links":[{"url":"https://example.org/g","title":"Profile"}]}
                """)
    }

    @Test func `an organization on the wire has its parent`() throws {
        #expect(
            try text(Sample.organization()) == """
                {"id":"org_00000000000000000000000003","slug":"axios","url":"/v1/organizations/org_00000000000000000000000003","version":3,\
                "created_at":"2024-03-27T18:05:00.000Z","updated_at":"2024-03-27T18:05:00.000Z","external_ids":{},"name":"Axios",\
                "aliases":[],"kind":"media","parent":{"id":"org_00000000000000000000000007","name":"Cox"},"country":"US","identifiers":{}}
                """)
    }

    @Test func `what is empty is still there on the wire`() throws {
        let empty = Event(record: try record(4, "talks"), draft: Event.Draft(), captions: Captions())
        let object = try object(text(empty))
        #expect(object["window"] == .null)
        #expect(object["place"] == .null)
        #expect(object["part_of"] == .null)
        #expect(object["participants"] == .array([]))
    }

    private func namesWritten<R: Documented>(_ resource: R) throws -> [String] {
        try object(text(resource)).members.map(\.name)
    }

    @Test func `the names of the members are those that are written`() throws {
        #expect(try namesWritten(Sample.article()) == ArticleDocument.memberNames)
        #expect(try namesWritten(Sample.event()) == EventDocument.memberNames)
        #expect(try namesWritten(Sample.personInOffice()) == PersonDocument.memberNames)
        #expect(try namesWritten(Sample.organization()) == OrganizationDocument.memberNames)
    }

    private func eachAlone<R: Documented>(_ resource: R) throws {
        let whole = try object(text(resource))
        for name in R.Document.memberNames {
            let one = try object(text(resource, selecting: [name]))
            #expect(one.members.map(\.name) == (name == "id" ? ["id"] : ["id", name]))
            #expect(one[name] == whole[name])
        }
    }

    @Test func `each member can be had alone, with the id`() throws {
        try eachAlone(Sample.article())
        try eachAlone(Sample.event())
        try eachAlone(Sample.personInOffice())
        try eachAlone(Sample.organization())
    }

    @Test func `members are selected in the order of the document`() throws {
        #expect(
            try text(Sample.organization(), selecting: ["kind", "name", "name"]) == """
                {"id":"org_00000000000000000000000003","name":"Axios","kind":"media"}
                """)
    }

    @Test func `a member that does not exist cannot be selected`() throws {
        for names in [["id", "headlin"], [""], ["people.name"]] {
            #expect(FieldSelection(names, of: ArticleDocument.self) == nil)
        }
    }

    @Test func `a list item has no body unless it is selected`() throws {
        let article = try Sample.article()
        let item = try object(text(article, .listItem))
        #expect(item.members.map(\.name) == ArticleDocument.memberNames.filter { $0 != "body" })
        #expect(
            try text(article, .listItem, selecting: ["body"]) == #"{"id":"art_00000000000000000000000005","body":"One two.\n\"Three\""}"#)
        let selection = try #require(FieldSelection(["headline"], of: ArticleDocument.self))
        #expect(!selection.includes("body", of: ArticleDocument.self))
        #expect(selection.includes("id", of: ArticleDocument.self))
    }

    @Test func `the log has references by id alone and no captions`() throws {
        #expect(
            try text(Sample.event(), .log) == """
                {"id":"evt_00000000000000000000000004","slug":"talks","version":3,\
                "created_at":"2024-03-27T18:05:00.000Z","updated_at":"2024-03-27T18:05:00.000Z","title":"Talks",\
                "kind":"meeting","status":"scheduled","window":{"edtf":"2024-04-01/..",\
                "confirmed":false,"stated":"as early as next week","anchor":"2024-03-27","zone":"America/New_York"},\
                "place":{"name":"Washington","country":"US","latitude":38.9,"longitude":-77.0},\
                "participants":[{"person":{"id":"per_00000000000000000000000001"},\
                "role":"guest"},{"organization":{"id":"org_00000000000000000000000003"}}],\
                "part_of":{"id":"evt_00000000000000000000000008"}}
                """)
    }

    @Test func `an export names targets by external id where there is one`() throws {
        #expect(
            try text(Sample.article(), .export) == """
                {"type":"article","id":"art_00000000000000000000000005","slug":"talks-called-off",\
                "external_ids":{"archive":"a/b~c","wire":"7"},"article_type":"analysis","headline":"Talks called off",\
                "body":"One two.\\n\\"Three\\"","body_format":"text","byline":"Staff",\
                "authors":[{"id":"per_00000000000000000000000009","role":"author"}],"tags":["gaza","un"],"language":"en","urgency":3,\
                "status":"published","first_published_at":"2024-03-21T05:46:40.000Z","published_at":"2024-03-27T18:05:00.000Z",\
                "canonical_url":"https://example.org/talks",\
                "people":[{"external_id":"w:g","role":"subject"},{"id":"per_00000000000000000000000002"}],\
                "organizations":[{"id":"org_00000000000000000000000003"}],\
                "events":[{"id":"evt_00000000000000000000000004","role":"about"}],\
                "corrections":[{"kind":"clarification","text":"Monday it was.","issued_at":"2024-03-27T18:05:00.000Z",\
                "statement":{"id":"sta_00000000000000000000000007"}}]}
                """)
    }

    private func survivesTheLog<R: Documented>(_ resource: R) throws {
        let logged = try object(text(resource, .log))
        #expect(R.Document.draft(fromLog: logged) == resource.draft)
        #expect(R.Document.record(fromLog: logged) == resource.record)
        let empty = R(record: resource.record, draft: R.Draft(), captions: Captions())
        var expected = R.Draft()
        expected.slug = resource.record.slug
        #expect(R.Document.draft(fromLog: try object(text(empty, .log))) == expected)
    }

    @Test func `what the log holds is read back whole`() throws {
        try survivesTheLog(Sample.article())
        try survivesTheLog(Sample.event())
        try survivesTheLog(Sample.person())
        try survivesTheLog(Sample.organization())
    }

    @Test func `what is no document of the log is not read`() throws {
        #expect(ArticleDocument.draft(fromLog: try object(#"{"headline":5}"#)) == nil)
        #expect(ArticleDocument.draft(fromLog: try object(#"{"colour":"red"}"#)) == nil)
        #expect(ArticleDocument.record(fromLog: try object(#"{"id":"art_0"}"#)) == nil)
        #expect(PersonDocument.record(fromLog: try object(text(Sample.article(), .log))) == nil)
    }
}
