import Newsroom
import Testing

struct EventSettlingTests {
    private func failures(_ change: (inout Event.Draft) -> Void) -> [String] {
        var draft = Event.Draft()
        draft.title = "Talks in Washington"
        change(&draft)
        return draft.settled(after: nil, at: Instant(milliseconds: 0)).failures.map { "\($0.path) \($0.rule.rawValue)" }
    }

    @Test func `a title must be there`() {
        #expect(failures { $0.title = "" } == ["/title required"])
        #expect(failures { $0.title = String(repeating: "a", count: 501) } == ["/title too_long"])
        #expect(failures { $0.summary = String(repeating: "a", count: 10_001) } == ["/summary too_long"])
    }

    @Test func `coordinates are both given, or neither, and on the globe`() {
        #expect(failures { $0.place = Place(name: "Washington", latitude: 38.9, longitude: -77.0) } == [])
        #expect(failures { $0.place = Place(latitude: 90, longitude: -180) } == [])
        #expect(failures { $0.place = Place(name: "Washington", latitude: 38.9) } == ["/place/longitude required"])
        #expect(failures { $0.place = Place(longitude: 1) } == ["/place/latitude required"])
        #expect(
            failures { $0.place = Place(latitude: 90.1, longitude: 180.1) } == [
                "/place/latitude out_of_range", "/place/longitude out_of_range",
            ])
        #expect(failures { $0.place = Place(name: String(repeating: "a", count: 301)) } == ["/place/name too_long"])
    }

    @Test func `a place without anything is none`() {
        var draft = Event.Draft()
        draft.title = "Talks"
        draft.place = Place(name: "  ")
        #expect(draft.settled(after: nil, at: Instant(milliseconds: 0)).draft.place == nil)
    }

    @Test func `the words of a window are a line`() throws {
        var window = Window(edtf: try EDTF(parsing: "2024-04-01/.."))
        window.stated = " as early as\nnext week "
        var draft = Event.Draft()
        draft.title = "Talks"
        draft.window = window
        let settled = draft.settled(after: nil, at: Instant(milliseconds: 0))
        #expect(settled.draft.window?.stated == "as early as next week")
        #expect(settled.draft.settled(after: settled.draft, at: Instant(milliseconds: 9)) == settled)
        #expect(
            failures {
                $0.window = window; $0.window?.stated = String(repeating: "a", count: 301)
            } == ["/window/stated too_long"])
    }

    @Test func `who takes part twice in one role does so once`() {
        let person = Event.Participant.Target.person(.id(ID(ULID(bits: 1))))
        let organization = Event.Participant.Target.organization(.id(ID(ULID(bits: 1))))
        #expect(
            failures { $0.participants = [.init(target: person), .init(target: organization), .init(target: person, role: "host")] } == [])
        var draft = Event.Draft()
        draft.title = "Talks"
        draft.participants = [.init(target: person), .init(target: person, role: " "), .init(target: person, role: "host")]
        let settled = draft.settled(after: nil, at: Instant(milliseconds: 0))
        #expect(settled.failures == [])
        #expect(settled.draft.participants == [.init(target: person), .init(target: person, role: "host")])
    }
}

struct OrganizationSettlingTests {
    @Test func `a name must be there and other names be whole`() {
        var draft = Organization.Draft()
        draft.aliases = [Alias(name: "")]
        let failures = draft.settled(after: nil, at: Instant(milliseconds: 0)).failures.map { "\($0.path) \($0.rule.rawValue)" }
        #expect(failures == ["/name required", "/aliases/0/name required"])
    }
}
