import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct ReferenceTests {
    @Test(arguments: StoreUnderTest.all)
    func `a reference is taken by id, slug or external id, and kept by id`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let ids = ExternalIDs([try externalID("desk:7")])
            let person = try await store.people.create(.sample { $0.externalIDs = ids })
            let house = try await store.organizations.create(.sample { $0.externalIDs = ids })
            let event = try await store.events.create(.sample { $0.externalIDs = ids })
            let number = try externalID("desk:7")
            let targets: [Reference<Person>] = [.id(person.record.id), .slug(person.record.slug), .externalID(number)]
            for target in targets {
                let article = try await store.articles.create(.sample { $0.people = [RoleReference(target: target, role: "subject")] })
                #expect(article.draft.people == [RoleReference(target: .id(person.record.id), role: "subject")])
            }
            let article = try await store.articles.create(
                .sample {
                    $0.authors = [RoleReference(target: .externalID(number))]
                    $0.organizations = [RoleReference(target: .slug(house.record.slug))]
                    $0.events = [RoleReference(target: .externalID(number))]
                })
            #expect(article.draft.organizations == [RoleReference(target: .id(house.record.id))])
            #expect(article.draft.events == [RoleReference(target: .id(event.record.id))])
            #expect(article.draft.authors == [RoleReference(target: .id(person.record.id))])
            let part = try await store.events.create(
                .sample {
                    $0.partOf = .slug(event.record.slug)
                    $0.participants = [
                        .init(target: .organization(.externalID(number))), .init(target: .person(.slug(person.record.slug))),
                    ]
                })
            #expect(part.draft.partOf == .id(event.record.id))
            #expect(part.draft.participants.map(\.target) == [.organization(.id(house.record.id)), .person(.id(person.record.id))])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `each unknown reference is named`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let known = try await store.people.create(.sample()).record.id
            let article = try Article.Draft.sample {
                $0.authors = [
                    RoleReference(target: .id(known)), RoleReference(target: .id(try #require(ID("per_01HT3Z6V0Q8X9GZ5J2M4N7P1RS")))),
                ]
                $0.organizations = [RoleReference(target: .slug(try slug("none")))]
                $0.events = [RoleReference(target: .externalID(try externalID("a:1")))]
            }
            #expect(try await unknown { try await store.articles.create(article) } == ["/authors/1", "/organizations/0", "/events/0"])
            let person = try Person.Draft.sample {
                $0.roles = [Person.Role(title: "x"), Person.Role(title: "y", organization: .slug(try slug("none")))]
            }
            #expect(try await unknown { try await store.people.create(person) } == ["/roles/1/organization"])
            let organization = try Organization.Draft.sample { $0.parent = .slug(try slug("none")) }
            #expect(try await unknown { try await store.organizations.create(organization) } == ["/parent"])
            let event = try Event.Draft.sample {
                $0.partOf = .slug(try slug("none"))
                $0.participants = [.init(target: .person(.id(known))), .init(target: .organization(.slug(try slug("none"))))]
            }
            #expect(try await unknown { try await store.events.create(event) } == ["/participants/1", "/part_of"])
        }
    }

    private func unknown(_ body: () async throws -> Void) async throws -> [String] {
        guard case .invalid(let failure)? = await storeError(body) else { return [] }
        #expect(failure.failures.allSatisfy { $0.rule == .unknownReference })
        return failure.failures.map(\.path)
    }

    @Test(arguments: StoreUnderTest.all)
    func `two names for one target are one reference`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample())
            let draft = Article.Draft.sample {
                $0.people = [RoleReference(target: .id(person.record.id)), RoleReference(target: .slug(person.record.slug))]
            }
            let article = try await store.articles.create(draft)
            #expect(article.draft.people == [RoleReference(target: .id(person.record.id))])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `somebody is shown with the office of the article's date`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(
                .sample("Benny Gantz") {
                    $0.roles = [
                        Person.Role(title: "Chief of Staff", from: PartialDate("2011-02"), to: PartialDate("2015-02")),
                        Person.Role(title: "Minister of Defense", from: PartialDate("2020-05-17"), to: PartialDate("2022-12-29")),
                        Person.Role(title: "Member of the War Cabinet", from: PartialDate("2023-10-11"), to: PartialDate("2024-06-09")),
                    ]
                }
            ).record.id
            let cases = [
                ("2015-02-28T23:59:59.999Z", "Chief of Staff"), ("2015-03-01", nil), ("2020-05-17", "Minister of Defense"),
                ("2022-12-29T12:00:00Z", "Minister of Defense"), ("2024-03-27", "Member of the War Cabinet"), ("2030-01-01", nil),
            ]
            for (date, office) in cases {
                let published = try instant(date)
                let article = try await store.articles.create(
                    .sample("On \(date)") {
                        $0.publishedAt = published
                        $0.people = [RoleReference(target: .id(person))]
                        $0.authors = [RoleReference(target: .id(person))]
                    })
                #expect(article.captions[person] == Caption(name: "Benny Gantz", roleAt: office), "\(date)")
                let event = try await store.events.create(
                    .sample("On \(date)") {
                        $0.window = Window(edtf: EDTF(at: published))
                        $0.participants = [.init(target: .person(.id(person)))]
                    })
                #expect(event.captions[person]?.roleAt == office, "\(date)")
            }
            let listed = try await store.articles.walk(ListQuery(sort: Sort(.publishedAt), limit: 4))
            #expect(listed.map { $0.captions[person]?.roleAt } == cases.map(\.1))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `captions follow what they are taken from`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample()).record.id
            let event = try await store.events.create(.sample()).record.id
            let article = try await store.articles.create(
                .sample {
                    $0.people = [RoleReference(target: .id(person))]
                    $0.events = [RoleReference(target: .id(event))]
                }
            ).record.id
            try await store.people.change(person) {
                $0.name = "Y. Gallant"
                $0.roles = [Person.Role(title: "Minister")]
            }
            try await store.events.change(event) {
                $0.title = "Talks"
                $0.status = .scheduled
                $0.window = EDTF("2024-04-01/..").map { Window(edtf: $0) }
            }
            let read = try await store.articles.find(.id(article), as: .anonymous)
            #expect(read.captions[person] == Caption(name: "Y. Gallant", roleAt: "Minister"))
            #expect(read.captions[event] == Caption(name: "Talks", status: .scheduled, earliest: "2024-04-01"))
            #expect(read.record.version == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a list names external ids of targets where that is asked for`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let first = try externalID("a:1")
            let ids = ExternalIDs([try externalID("b:2"), first])
            let person = try await store.people.create(.sample { $0.externalIDs = ids }).record.id
            let house = try await store.organizations.create(.sample { $0.externalIDs = ids }).record.id
            let whole = try await store.events.create(.sample { $0.externalIDs = ids }).record.id
            let bare = try await store.people.create(.sample("Bare")).record.id
            try await store.organizations.create(.sample("part") { $0.parent = .id(house) })
            try await store.people.create(.sample("role") { $0.roles = [Person.Role(title: "x", organization: .id(house))] })
            try await store.events.create(
                .sample("part") {
                    $0.partOf = .id(whole)
                    $0.participants = [.init(target: .person(.id(person))), .init(target: .organization(.id(house)))]
                })
            try await store.articles.create(
                .sample {
                    $0.people = [RoleReference(target: .id(person)), RoleReference(target: .id(bare))]
                    $0.organizations = [RoleReference(target: .id(house))]
                    $0.events = [RoleReference(target: .id(whole))]
                })
            func last<R>(_ items: [R]) throws -> R { try #require(items.last) }
            let article = try last(try await store.articles.walk(ListQuery(sort: Sort(.createdAt), isWhole: true, namesExternalIDs: true)))
            #expect([article.captions[person], article.captions[house], article.captions[whole]].allSatisfy { $0?.externalID == first })
            #expect(article.captions[bare] == Caption(name: "Bare"))
            let organization = try last(try await store.organizations.walk(ListQuery(sort: Sort(.createdAt), namesExternalIDs: true)))
            #expect(organization.captions[house]?.externalID == first)
            let role = try last(try await store.people.walk(ListQuery(sort: Sort(.createdAt), namesExternalIDs: true)))
            #expect(role.captions[house]?.externalID == first)
            let part = try last(try await store.events.walk(ListQuery(sort: Sort(.createdAt), namesExternalIDs: true)))
            #expect([part.captions[person], part.captions[house], part.captions[whole]].allSatisfy { $0?.externalID == first })
            let plain = try last(try await store.articles.walk(ListQuery(sort: Sort(.createdAt))))
            #expect(plain.captions[person]?.externalID == nil)
        }
    }
}
