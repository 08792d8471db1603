import Newsroom
import Testing
import Turns

/// Whole resources by their ids.
@Suite(.inTurn) struct RelatedTests {
    @Test(arguments: StoreUnderTest.all)
    func `those that there are come whole, in the order of their ids`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let organization = try await store.organizations.create(.sample())
            let people = [try await store.people.create(.sample("A")), try await store.people.create(.sample("B"))]
            let event = try await store.events.create(.sample { $0.participants = [.init(target: .person(.id(people[0].record.id)))] })
            let gone = try await store.people.create(.sample("C"))
            try await store.people.delete(.id(gone.record.id), if: .none, by: editor)
            var ids = RelatedIDs(countMax: 10)
            for person in [people[1], gone, people[0], people[1]] { ids.add(.id(person.record.id)) }
            ids.add(.id(organization.record.id))
            ids.add(.id(event.record.id))
            #expect(ids.count == 5 && !ids.isCut)
            let related = try await store.related(ids, asOf: nil, as: .anonymous, byteCountMax: 1 << 20)
            #expect(related.people == [people[1], people[0]] && related.organizations == [organization])
            #expect(related.events.map(\.captions) == [event.captions] && related.isComplete)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `their bytes are bounded, and that some are missing is said`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            var ids = RelatedIDs(countMax: 50)
            for number in 0..<60 { ids.add(.id(try await store.people.create(.sample("\(number)")).record.id)) }
            #expect(ids.count == 50 && ids.isCut)
            let some = try await store.related(ids, asOf: nil, as: .newsroom, byteCountMax: 1)
            #expect(some.people.count == 1 && !some.isComplete)
            let all = try await store.related(ids, asOf: nil, as: .newsroom, byteCountMax: 1 << 20)
            #expect(all.people.count == 50 && all.isComplete)
        }
    }

    @Test func `what a resource refers to is known by names`() throws {
        let xSlug = try slug("x")
        let (person, organization, event) = (try id("per_") as ID<Person>, try id("org_") as ID<Organization>, try id("evt_") as ID<Event>)
        func targets<R: Resource>(_ draft: R.Draft, _ relation: R.Relation, _ own: ID<R>) -> Int {
            let record = Record(id: own, slug: xSlug, version: 1, createdAt: .distantPast, updatedAt: .distantPast)
            var ids = RelatedIDs(countMax: 9)
            R(record: record, draft: draft, captions: Captions()).addTargets(of: relation, to: &ids)
            return ids.people.count + 10 * ids.organizations.count + 100 * ids.events.count + 1_000 * ids.reporting.count
        }
        let article = Article.Draft.sample {
            $0.authors = [RoleReference(target: .id(person))]
            $0.organizations = [RoleReference(target: .id(organization))]
            $0.events = [RoleReference(target: .id(event))]
        }
        let own = try id("art_") as ID<Article>
        #expect(Article.Relation.allCases.map { targets(article, $0, own) } == [1, 0, 10, 100, 1_000])
        let meeting = Event.Draft.sample {
            $0.participants = [.init(target: .person(.id(person))), .init(target: .organization(.id(organization)))]
            $0.partOf = .id(event)
            $0.causes = [EventCause(event: .id(event), relation: .prompted)]
        }
        #expect(Event.Relation.allCases.map { targets(meeting, $0, event) } == [1, 10, 100, 100, 0])
        #expect(targets(.sample { $0.roles = [Person.Role(title: "x", organization: .id(organization))] }, .organizations, person) == 10)
        #expect(targets(.sample { $0.parent = .id(organization) }, .parent, organization) == 10)
    }

    private func id<R: Resource>(_ prefix: String) throws -> ID<R> {
        try #require(ID<R>("\(prefix)01HT3Z6V0Q8X9GZ5J2M4N7P1RS"))
    }
}
