import Newsroom
import Testing
import Turns

/// The contract: who held which office when.
@Suite(.inTurn) struct OfficeListTests {
    private struct Party {
        let senate: Organization
        let house: Organization
    }

    private func fill(_ store: any NewsroomStore) async throws -> Party {
        let senate = try await store.organizations.create(.sample("Senate") { $0.externalIDs = ExternalIDs([try externalID("x:senate")]) })
        let house = try await store.organizations.create(.sample("House"))
        func role(_ title: String, _ organization: Organization?, _ from: String, _ to: String) -> Person.Role {
            Person.Role(
                title: title, organization: organization.map { .id($0.record.id) }, from: PartialDate(from), to: PartialDate(to))
        }
        let people: [(String, [Person.Role])] = [
            ("Ada North", [role("Sénateur", senate, "2001-01-03", "2007-01-03"), role("Senateur", senate, "2007-01-03", "2031-01-03")]),
            ("Ben South", [role("Senateur", senate, "2022", ""), role("Chair", house, "2024-01", "2024-06")]),
            ("Cleo East", [role("Deputy", house, "2019", "2022-12-29"), role("Senateur", house, "1990", "1995")]),
            ("Dan West", [role("Senateur adjoint", nil, "", "")]),
            ("Eve Far", []),
        ]
        for (name, roles) in people { try await store.people.create(.sample(name) { $0.roles = roles }) }
        return Party(senate: senate, house: house)
    }

    private func at(_ text: String) throws -> Filter<Person.FilterMember> { Filter(.at, .equal, [.window(try edtf(text))]) }
    private func role(_ text: String, _ comparison: Comparison = .equal) -> Filter<Person.FilterMember> {
        Filter(.role, comparison, [.text(text)])
    }

    private func names(
        _ store: any NewsroomStore, _ filters: [Filter<Person.FilterMember>], asOf instant: Instant? = nil
    ) async throws -> [String] {
        var query = ListQuery<Person>(filters: filters, sort: Sort(.name), limit: 1, counts: true)
        query.asOf = instant
        let found = try await store.people.walk(query)
        #expect(try await store.people.page(query, as: .newsroom).total == found.count)
        return found.map { String($0.draft.name.prefix(3)) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one and the same office has the title, the organization and the day`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, _ in
            let party = try await fill(store)
            let senate = Filter(Person.FilterMember.organization, .equal, [.id(party.senate.record.id.text)])
            let house = Filter(Person.FilterMember.organization, .equal, [.slug(party.house.record.slug)])
            #expect(try await names(store, [at("2024-03-27")]) == ["Ada", "Ben", "Dan"])
            #expect(try await names(store, [role("SENATEUR"), at("2024-03-27")]) == ["Ada", "Ben"])
            #expect(try await names(store, [role("sénateur", .startsWith), at("2024-03-27")]) == ["Ada", "Ben", "Dan"])
            #expect(try await names(store, [role("ADJ", .contains), at("2024-03-27")]) == ["Dan"])
            #expect(try await names(store, [role("senateur"), at("1992")]) == ["Cle"])
            #expect(try await names(store, [role("senateur"), house, at("2020")]) == [])
            #expect(try await names(store, [role("senateur"), house]) == ["Ben", "Cle"])
            #expect(try await names(store, [senate, at("2021-12-31")]) == ["Ada"])
            #expect(try await names(store, [senate, at("2022-01-01")]) == ["Ada", "Ben"])
            #expect(try await names(store, [house, at("2024-03-27")]) == ["Ben"])
            #expect(try await names(store, [house, at("2022-12-29T10:00:00Z")]) == ["Cle"])
            #expect(try await names(store, [house, at("2022-12-30")]) == [])
            #expect(try await names(store, [role("senateur", .notEqual), at("2024-03-27")]) == ["Ben", "Dan"])
            #expect(try await names(store, [Filter(.organization, .isNull, [.integer(1)]), at("2024")]) == ["Dan"])
            #expect(
                try await names(store, [Filter(.organization, .equal, [.externalID(try externalID("x:senate"))]), at("2030")]) == [
                    "Ada", "Ben",
                ])
            #expect(try await names(store, [at("../1800")]) == ["Dan"])
            #expect(try await names(store, [role("senateur"), Filter(.name, .startsWith, [.text("B")]), at("2024")]) == ["Ben"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `each item shows the offices held then, the most specific first, and whether that is certain`(
        _ engine: StoreUnderTest
    ) async throws {
        try await engine.withStore { store, _ in
            let party = try await fill(store)
            func offices(_ name: String, _ filters: [Filter<Person.FilterMember>]) async throws -> [String] {
                let person = try await store.people.walk(ListQuery(filters: filters, sort: Sort(.name))).first { $0.draft.name == name }
                return try #require(person?.offices).map { "\($0.role.title) \($0.isCertain) \($0.isAsked)" }
            }
            #expect(try await offices("Ben South", [at("2024-03-27")]) == ["Chair true true", "Senateur true true"])
            #expect(try await offices("Ben South", [role("senateur"), at("2024-03-27")]) == ["Chair true false", "Senateur true true"])
            #expect(
                try await offices("Ben South", [Filter(.organization, .equal, [.slug(party.house.record.slug)]), at("2024-03-27")])
                    == ["Chair true true", "Senateur true false"])
            // In January and June of 2024 perhaps; in 2022 perhaps; from 2023 on for certain.
            #expect(try await offices("Ben South", [at("2024-01-15")]) == ["Chair false true", "Senateur true true"])
            #expect(try await offices("Ben South", [at("2022-07")]) == ["Senateur false true"])
            #expect(try await offices("Ben South", [at("2023")]) == ["Senateur true true"])
            #expect(try await offices("Ben South", [at("2024")]) == ["Chair false true", "Senateur true true"])
            // Both on the day of the change: the one begun later.
            #expect(try await offices("Ada North", [at("2007-01-03")]) == ["Sénateur true true", "Senateur true true"])
            #expect(try await offices("Dan West", [at("1492-10-12")]) == ["Senateur adjoint true true"])
            #expect(try await store.people.walk(ListQuery(sort: Sort(.name))).allSatisfy { $0.offices == nil })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `as of an instant it is answered from what was known then`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            _ = try await fill(store)
            let before = clock.now
            clock.advance(milliseconds: 1_000)
            let ben = try #require(try await store.people.walk(ListQuery(sort: Sort(.name))).first { $0.draft.name == "Ben South" })
            try await store.people.change(ben.record.id) { $0.roles.removeFirst() }
            clock.advance(milliseconds: 1_000)
            let filters = [role("SÉNATEUR"), try at("2024-03-27")]
            #expect(try await names(store, filters) == ["Ada"])
            #expect(try await names(store, filters, asOf: before) == ["Ada", "Ben"])
            var query = ListQuery<Person>(filters: filters, sort: Sort(.name))
            query.asOf = before
            let then = try await store.people.page(query, as: .newsroom).items
            #expect(then.last?.offices?.map(\.role.title) == ["Chair", "Senateur"])
            #expect(then.last?.offices?.map(\.isAsked) == [false, true])
        }
    }
}
