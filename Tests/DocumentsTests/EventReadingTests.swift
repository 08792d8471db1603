import Documents
import JSON
import Newsroom
import Testing

struct EventReadingTests {
    private func create(_ text: String) throws -> Proposal<Event.Draft> {
        EventDocument.read(try object(text), as: .create)
    }

    private func merge(_ text: String) throws -> Proposal<Event.Draft> {
        let event = try Sample.event()
        return EventDocument.read(try object(text), over: event.draft, of: event.record, as: .merge)
    }

    @Test func `a window comes from edtf or from an instant`() throws {
        #expect(
            try create(#"{"window":{"edtf":"2024-04","confirmed":true,"stated":"in April","anchor":"2024-03","zone":"UTC"}}"#).draft.window
                == Window(
                    edtf: try EDTF(parsing: "2024-04"), confirmed: true, stated: "in April", anchor: PartialDate("2024-03"),
                    zone: TimeZoneName("UTC")))
        #expect(try create(#"{"window":{"at":"2024-03-27T14:05:00-04:00"}}"#).draft.window?.edtf.text == "2024-03-27T18:05:00Z")
        #expect(try create(#"{"window":{"edtf":null,"at":"2024-03-27T14:05:00-04:00"}}"#).failures == [])
    }

    @Test(arguments: [
        (#"{}"#, "/window/edtf required"), (#"{"earliest":"2024-04-01"}"#, "/window/edtf required"),
        (#"{"edtf":"2024-13"}"#, "/window/edtf invalid_value"),
        (#"{"edtf":2024}"#, "/window/edtf wrong_type"), (#"{"edtf":"2024","at":"2024-03-27T18:05:00Z"}"#, "/window/at invalid_value"),
        (#"{"at":"2024-03-27"}"#, "/window/at invalid_value"), (#"{"edtf":"2024","zone":"EST7"}"#, "/window/zone invalid_value"),
        (#"{"edtf":"2024","confirmed":"yes"}"#, "/window/confirmed wrong_type"),
        (#"{"edtf":"2024","anchor":"soon"}"#, "/window/anchor invalid_value"),
        (#"{"edtf":"2024","latst":"2025"}"#, "/window/latst unknown_member"), (#""2024""#, "/window wrong_type"),
    ])
    func `a window that says nothing or too much is refused`(_ window: String, _ failure: String) throws {
        #expect(failures(try create("{\"window\":\(window)}")) == [failure])
    }

    @Test func `what follows from edtf may be sent as it follows, or as it was read`() throws {
        #expect(try create(#"{"window":{"edtf":"2024","earliest":"2024-01-01","latest":"2024-12-31","precision":"year"}}"#).failures == [])
        #expect(try create(#"{"window":{"edtf":"2024","earliest":null,"latest":null,"precision":null}}"#).failures == [])
        #expect(
            failures(try create(#"{"window":{"edtf":"2024","earliest":"1999","latest":7,"precision":"day"}}"#)) == [
                "/window/earliest read_only", "/window/latest read_only", "/window/precision read_only",
            ])
        let moved = #"{"window":{"edtf":"2025-05","earliest":"2024-04-01","latest":null,"precision":"day"}}"#
        #expect(try merge(moved).failures == [])
        let event = try Sample.event()
        #expect(EventDocument.read(try object(moved), over: event.draft, of: event.record, as: .replace).failures == [])
        #expect(failures(try create(moved)) == ["/window/earliest read_only", "/window/precision read_only"])
        #expect(failures(try merge(#"{"window":{"earliest":"2024-05-01"}}"#)) == ["/window/earliest read_only"])
        #expect(failures(try merge(#"{"window":{"earliest":null}}"#)) == ["/window/earliest read_only"])
        #expect(
            failures(try create(#"{"window":{"edtf":"20x4","earliest":"1999","zone":5}}"#)) == [
                "/window/edtf invalid_value", "/window/zone wrong_type",
            ])
    }

    @Test func `an impossible date is explained`() throws {
        #expect(
            try create(#"{"window":{"edtf":"2024-05/2024-04"}}"#).failures.first?.message
                == "is no date of ISO 8601-2 (EDTF), level 0 or 1: the interval's start is after its end")
    }

    @Test func `windows and places merge`() throws {
        let event = try Sample.event()
        var expected = event.draft
        expected.window?.confirmed = true
        expected.window?.stated = nil
        expected.place?.name = "Jerusalem"
        expected.place?.country = CountryCode("IL")
        let change = #"{"window":{"confirmed":true,"stated":null,"earliest":"2024-04-01"},"place":{"name":"Jerusalem","country":"il"}}"#
        #expect(try merge(change) == Proposal(expected))
        let moved = try merge(#"{"window":{"at":"2024-04-03T10:00:00Z"}}"#).draft.window
        #expect(moved?.edtf.text == "2024-04-03T10:00:00Z")
        #expect(moved?.stated == "as early as next week")
        #expect(try merge(#"{"window":null,"place":null,"part_of":null,"participants":null}"#).draft.window == nil)
        #expect(failures(try merge(#"{"window":{"edtf":null}}"#)) == ["/window/edtf required"])
    }

    @Test func `places have names, countries and degrees`() throws {
        let read = try create(#"{"place":{"name":"Rafah","country":"ps","latitude":31,"longitude":34.25}}"#)
        #expect(read.draft.place == Place(name: "Rafah", country: CountryCode("PS"), latitude: 31, longitude: 34.25))
        #expect(
            failures(try create(#"{"place":{"name":1,"country":"Palestine","latitude":"31","lat":1}}"#)) == [
                "/place/name wrong_type", "/place/country invalid_value", "/place/latitude wrong_type", "/place/lat unknown_member",
            ])
    }

    @Test func `participants are people or organizations`() throws {
        let read = try create(
            """
            {"participants":[{"person":{"slug":"a"},"role":"host"},{"organization":{"slug":"b"}}],"part_of":{"external_id":"w:v"},"kind":"vote","status":"happened"}
            """)
        #expect(read.failures == [])
        #expect(
            read.draft.participants == [
                Event.Participant(target: .person(.slug(try #require(Slug("a")))), role: "host"),
                Event.Participant(target: .organization(.slug(try #require(Slug("b"))))),
            ])
        #expect(read.draft.partOf == .externalID(try #require(ExternalID("w:v"))))
        let wrong = try create(
            """
            {"participants":[{"role":"host"},{"person":{"slug":"a"},"organization":{"slug":"b"}},{"persn":{}},{"person":{"slug":"a","role":"x"}}]}
            """)
        #expect(
            failures(wrong) == [
                "/participants/0 required", "/participants/1 invalid_value", "/participants/2/persn unknown_member",
                "/participants/3/person/role unknown_member",
            ])
    }

    @Test func `an organization's members are read`() throws {
        let read = OrganizationDocument.read(
            try object(
                #"{"name":"N","aliases":["M"],"kind":"armed_group","parent":{"slug":"p"},"country":"ye","identifiers":{"wikidata":"Q2"}}"#),
            as: .create)
        #expect(read.failures == [])
        #expect(read.draft.kind == .armedGroup)
        #expect(read.draft.parent == .slug(try #require(Slug("p"))))
        #expect(read.draft.country?.text == "YE")
        #expect(
            failures(OrganizationDocument.read(try object(#"{"kind":"club","parent":5,"country":5}"#), as: .create))
                == ["/kind invalid_value", "/parent wrong_type", "/country wrong_type"])
    }
}
