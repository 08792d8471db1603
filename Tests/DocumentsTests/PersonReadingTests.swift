import Documents
import JSON
import Newsroom
import Testing

struct PersonReadingTests {
    private func create(_ text: String) throws -> Proposal<Person.Draft> {
        PersonDocument.read(try object(text), as: .create)
    }

    @Test func `names and links may be plain strings`() throws {
        let read = try create(
            #"{"aliases":["A",{"name":"B","from":"1990","to":"1991-02"}],"links":["https://a.example/",{"url":"https://b.example/","title":"b"}]}"#
        )
        #expect(read.failures == [])
        #expect(read.draft.aliases == [Alias(name: "A"), Alias(name: "B", from: PartialDate("1990"), to: PartialDate("1991-02"))])
        #expect(read.draft.links.map(\.url.text) == ["https://a.example/", "https://b.example/"])
        #expect(read.draft.links.map(\.title) == [nil, "b"])
    }

    @Test func `roles are read with their organizations`() throws {
        let read = try create(
            """
            {"roles":[{"title":"Senator","organization":{"external_id":"c:senate"},"from":"2007-01-04","to":"2013"},{"title":"Envoy","organization":null}]}
            """)
        #expect(read.failures == [])
        #expect(
            read.draft.roles == [
                Person.Role(
                    title: "Senator", organization: .externalID(try #require(ExternalID("c:senate"))), from: PartialDate("2007-01-04"),
                    to: PartialDate("2013")),
                Person.Role(title: "Envoy"),
            ])
    }

    @Test func `failures name the member within the item`() throws {
        let read = try create(
            """
            {"born":"8 Nov","roles":[{"title":5,"organization":"x","from":"2024-13","until":"2025"},"Senator"],"aliases":[5,{"nam":"x"}],
             "links":["ftp://x",{"title":"t"},{"url":null},7],"identifiers":{"Wiki/data":"Q1","ok":7},"type":"person"}
            """)
        #expect(
            failures(read) == [
                "/born invalid_value", "/roles/0/title wrong_type", "/roles/0/organization wrong_type", "/roles/0/from invalid_value",
                "/roles/0/until unknown_member", "/roles/1 wrong_type", "/aliases/0 wrong_type", "/aliases/1/nam unknown_member",
                "/links/0 invalid_value", "/links/1/url required", "/links/2/url required", "/links/3 wrong_type",
                "/identifiers/Wiki~1data invalid_value", "/identifiers/ok wrong_type", "/type unknown_member",
            ])
    }

    @Test func `identifiers merge, and are replaced when all is`() throws {
        let person = try Sample.person()
        func read(_ text: String, _ mode: ReadingMode) throws -> Identifiers {
            PersonDocument.read(try object(text), over: person.draft, of: person.record, as: mode).draft.identifiers
        }
        let change = #"{"identifiers":{"viaf":"1"}}"#
        #expect(try read(change, .merge).byScheme == ["wikidata": "Q1", "viaf": "1"])
        #expect(try read(change, .replace).byScheme == ["viaf": "1"])
        #expect(try read(#"{"identifiers":{"wikidata":null}}"#, .merge).byScheme == [:])
        #expect(try read(#"{"identifiers":null}"#, .merge).byScheme == [:])
    }
}
