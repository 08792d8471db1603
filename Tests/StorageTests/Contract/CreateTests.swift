import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct CreateTests {
    @Test(arguments: StoreUnderTest.all)
    func `an article comes back with all that it was made with`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let house = try await store.organizations.create(.sample())
            let person = try await store.people.create(.sample())
            let event = try await store.events.create(.sample())
            let draft = try Article.Draft.sample {
                $0.slug = try slug("talks")
                $0.externalIDs = ExternalIDs([try externalID("wire:1"), try externalID("desk:a:b")])
                $0.type = .analysis
                $0.subheadline = "A delegation stays at home"
                $0.summary = "First line.\nSecond line."
                $0.body = "Body with \"quotes\", a tab\tand 日本.\n\nTwo."
                $0.bodyFormat = .markdown
                $0.byline = "By our own reporter"
                $0.dateline = "WASHINGTON, March 27"
                $0.section = "world"
                $0.tags = ["gaza", "diplomacy"]
                $0.places = ["Washington", "Rafah"]
                $0.language = LanguageTag("pt-BR")
                $0.urgency = Urgency(3)
                $0.embargoedUntil = try instant("2024-03-28T06:00:00Z")
                $0.publishedAt = try instant("2024-03-27T18:05:00.123Z")
                $0.source = "Staff"
                $0.canonicalURL = WebURL("https://example.org/talks")
                $0.usageTerms = "Not for resale"
                $0.authors = [RoleReference(target: .id(person.record.id), role: "reporter")]
                $0.people = [RoleReference(target: .id(person.record.id), role: "subject"), RoleReference(target: .id(person.record.id))]
                $0.organizations = [RoleReference(target: .id(house.record.id), role: nil)]
                $0.events = [RoleReference(target: .id(event.record.id), role: "about")]
            }
            let made = try await store.articles.create(draft)
            var expected = draft
            expected.firstPublishedAt = draft.publishedAt
            #expect(made.draft == expected)
            #expect(made.record.version == 1)
            #expect(made.record.createdAt == clock.now && made.record.updatedAt == clock.now)
            #expect(made.wordCount == 8)
            #expect(made.captions[person.record.id]?.name == "Yoav Gallant")
            #expect(made.captions[house.record.id]?.name == "White House")
            #expect(made.captions[event.record.id] == Caption(name: "Talks on Rafah", status: .proposed))
            #expect(try await store.articles.find(.id(made.record.id), as: .newsroom) == made)
            #expect(try await store.articles.find(.slug(try slug("talks")), as: .newsroom) == made)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a person comes back with all that it was made with`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let cabinet = try await store.organizations.create(.sample("Cabinet"))
            let draft = try Person.Draft.sample {
                $0.slug = try slug("gallant")
                $0.externalIDs = ExternalIDs([try externalID("desk:7")])
                $0.sortName = "Gallant, Yoav"
                $0.aliases = [Alias(name: "Y. G.", from: try date("1977"), to: try date("1977-05")), Alias(name: "The General")]
                $0.description = "Politician"
                $0.born = try date("1958-11-08")
                $0.roles = [
                    Person.Role(title: "Minister of Defense", organization: .id(cabinet.record.id), from: try date("2022-12-29")),
                    Person.Role(title: "Member", from: try date("2015"), to: try date("2025-01")),
                ]
                $0.identifiers["wikidata"] = "Q15072"
                $0.identifiers["gnd"] = "1"
                $0.links = [
                    Link(url: try #require(WebURL("https://example.org/g")), title: "Page"), Link(url: try #require(WebURL("http://a.b"))),
                ]
            }
            let made = try await store.people.create(draft)
            #expect(made.draft == draft)
            #expect(made.captions[cabinet.record.id] == Caption(name: "Cabinet"))
            #expect(try await store.people.find(.id(made.record.id), as: .anonymous) == made)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an organization comes back with all that it was made with`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let parent = try await store.organizations.create(.sample("Executive Office"))
            let draft = try Organization.Draft.sample {
                $0.slug = try slug("white-house")
                $0.externalIDs = ExternalIDs([try externalID("desk:wh")])
                $0.aliases = [Alias(name: "WH", from: try date("1901"))]
                $0.kind = .government
                $0.parent = .id(parent.record.id)
                $0.country = CountryCode("US")
                $0.identifiers["wikidata"] = "Q35525"
            }
            let made = try await store.organizations.create(draft)
            #expect(made.draft == draft)
            #expect(made.captions[parent.record.id] == Caption(name: "Executive Office"))
            #expect(try await store.organizations.find(.id(made.record.id), as: .anonymous) == made)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an event comes back with all that it was made with`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample())
            let house = try await store.organizations.create(.sample())
            let whole = try await store.events.create(
                .sample("A week of talks") { $0.window = Window(edtf: try! edtf("2024-04"), confirmed: true) })
            let draft = try Event.Draft.sample {
                $0.slug = try slug("talks")
                $0.externalIDs = ExternalIDs([try externalID("desk:e1")])
                $0.summary = "About Rafah"
                $0.kind = .meeting
                $0.status = .scheduled
                $0.window = Window(
                    edtf: try edtf("2024-04-01/.."), confirmed: false, stated: "as early as next week", anchor: try date("2024-03-27"),
                    zone: TimeZoneName("America/New_York"))
                $0.place = Place(name: "Washington", country: CountryCode("US"), latitude: 38.8977, longitude: -77.0365)
                $0.participants = [
                    .init(target: .person(.id(person.record.id)), role: "guest"),
                    .init(target: .organization(.id(house.record.id)), role: "host"),
                    .init(target: .person(.id(person.record.id)), role: nil),
                ]
                $0.partOf = .id(whole.record.id)
            }
            let made = try await store.events.create(draft)
            #expect(made.draft == draft)
            #expect(made.captions[whole.record.id] == Caption(name: "A week of talks", status: .proposed, earliest: "2024-04-01"))
            #expect(made.captions[person.record.id]?.name == "Yoav Gallant")
            #expect(made.captions[house.record.id]?.name == "White House")
            #expect(try await store.events.find(.id(made.record.id), as: .anonymous) == made)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the least that a resource can be is kept`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            var draft = Article.Draft()
            draft.headline = "x"
            let article = try await store.articles.create(draft)
            #expect(article.draft.status == .draft && article.draft.publishedAt == nil && article.draft.body.isEmpty)
            #expect(try await store.articles.find(.id(article.record.id), as: .newsroom) == article)
            let person = try await store.people.create(.sample("x"))
            #expect(try await store.people.find(.id(person.record.id), as: .newsroom) == person)
            let organization = try await store.organizations.create(.sample("x"))
            #expect(try await store.organizations.find(.id(organization.record.id), as: .newsroom) == organization)
            let event = try await store.events.create(.sample("x"))
            #expect(try await store.events.find(.id(event.record.id), as: .newsroom) == event)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `all failing members are told at once, and nothing is kept`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            var draft = Article.Draft()
            draft.tags = [String(repeating: "x", count: 101)]
            draft.people = [RoleReference(target: .slug(try slug("nobody")))]
            draft.events = [RoleReference(target: .externalID(try externalID("desk:none")))]
            let proposal = Proposal(draft, failures: [MemberFailure(path: "/sectoin", rule: .unknownMember, message: "is not known")])
            let error = await storeError { _ = try await store.articles.create(proposal, by: editor) }
            guard case .invalid(let failure)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(
                Set(failure.failures.map { "\($0.path) \($0.rule.rawValue)" }) == [
                    "/sectoin unknown_member", "/people/0 unknown_reference", "/events/0 unknown_reference", "/headline required",
                    "/tags/0 too_long",
                ])
            #expect(try await store.articles.page(ListQuery(sort: Sort(.createdAt)), as: .newsroom).items.isEmpty)
            #expect(store.statistics.sequence == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the longest texts that the domain allows are kept`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            func text(_ rule: TextRule) -> String { String(repeating: "ä", count: rule.lengthMax) }
            let draft = Article.Draft.sample(text(.headline)) {
                $0.subheadline = text(.subheadline)
                $0.summary = text(.summary)
                $0.body = text(.body)
                $0.byline = text(.byline)
                $0.dateline = text(.dateline)
                $0.section = text(.section)
                $0.source = text(.source)
                $0.usageTerms = text(.usageTerms)
                $0.tags = [text(.tag)]
                $0.places = [text(.articlePlace)]
            }
            let made = try await store.articles.create(draft)
            #expect(made.draft.body.utf8.count == 2 * TextRule.body.lengthMax)
            let person = try await store.people.create(.sample(text(.name)) { $0.description = text(.description) })
            #expect(person.draft.name == text(.name))
            let event = try await store.events.create(.sample(text(.title)))
            #expect(event.draft.title == text(.title))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what others have is told together with all else that fails`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let ids = ExternalIDs([ExternalID("a:1"), ExternalID("b:2")].compactMap { $0 })
            let first = try await store.articles.create(.sample("Taken") { $0.externalIDs = ids })
            func failure(_ headline: String) async -> StoreError? {
                await storeError {
                    try await store.articles.create(
                        .sample(headline) {
                            $0.slug = first.record.slug
                            $0.externalIDs = ids
                        })
                }
            }
            let paths = ["/slug", "/external_ids/a", "/external_ids/b"]
            #expect(await failure("Sound") == .conflict(paths.map { .taken($0) }))
            guard case .invalid(let failure)? = await failure("") else {
                Issue.record("not invalid")
                return
            }
            #expect(Set(failure.failures.map(\.path)) == Set(paths + ["/headline"]))
        }
    }
}
