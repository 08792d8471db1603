import Newsroom
import Testing

/// The life of an event, without a database: the table of moves, and what a write of the whole makes of it.
struct EventLifeTests {
    private let day: Int64 = 86_400_000

    private func draft(_ status: EventStatus = .proposed, _ edtf: String? = nil) throws -> Event.Draft {
        var draft = Event.Draft()
        draft.title = "Talks on Rafah"
        draft.status = status
        draft.window = try edtf.map(window)
        return draft
    }

    private func window(_ edtf: String) throws -> Window { Window(edtf: try EDTF(parsing: edtf)) }

    private func at(_ day: Int64) -> Instant { Instant(milliseconds: day * self.day) }

    private func texts(_ draft: Event.Draft) -> [String] { draft.slots.map { "\($0.window.edtf.text) \($0.state.rawValue)" } }

    private func failures(_ proposal: Proposal<Event.Draft>) -> [String] { proposal.failures.map { "\($0.path) \($0.rule.rawValue)" } }

    @Test(arguments: EventStatus.allCases, EventAction.allCases)
    func `the table of moves is the whole truth`(_ status: EventStatus, _ action: EventAction) throws {
        let table: [EventAction: (from: Set<EventStatus>, to: EventStatus)] = [
            .schedule: ([.proposed], .scheduled), .reschedule: ([.scheduled, .postponed, .cancelled], .scheduled),
            .postpone: ([.scheduled, .cancelled], .postponed),
            .cancel: ([.proposed, .scheduled, .postponed, .inProgress], .cancelled), .start: ([.scheduled], .inProgress),
            .complete: ([.scheduled, .inProgress], .happened),
        ]
        let event = try draft(status, "2024-04-01")
        let moved = event.moved(by: EventMove(action, window: action.window == .none ? nil : try window("2024-04-09")), at: at(1))
        let isOpen = table[action]?.from.contains(status) == true
        #expect((moved != nil) == isOpen)
        #expect(status.actions.contains(action) == isOpen)
        #expect(moved?.status == (isOpen ? table[action]?.to : nil))
        #expect(moved?.transitions.last?.from == (isOpen ? status : nil))
    }

    @Test func `cancelled, revived, put off and held: every date is kept`() throws {
        var event = try draft(.proposed)
        func move(_ action: EventAction, _ edtf: String? = nil, on day: Int64) throws {
            let moved = try #require(event.moved(by: EventMove(action, window: try edtf.map(window)), at: at(day)))
            let settled = moved.settled(after: event, at: at(day))
            #expect(failures(settled) == [])
            #expect(settled.draft == moved)
            #expect(moved.isTransition(from: event))
            event = settled.draft
        }
        try move(.schedule, "2024-03-27", on: 1)
        #expect(texts(event) == ["2024-03-27 current"])
        try move(.cancel, on: 2)
        #expect(texts(event) == ["2024-03-27 cancelled"])
        try move(.postpone, on: 3)
        #expect(texts(event) == ["2024-03-27 cancelled"])
        #expect(event.window == nil)
        try move(.reschedule, "2024-04-01/..", on: 4)
        #expect(texts(event) == ["2024-03-27 cancelled", "2024-04-01/.. current"])
        try move(.reschedule, "2024-04-05", on: 5)
        try move(.cancel, on: 6)
        try move(.reschedule, "2024-04-05", on: 7)
        try move(.start, on: 8)
        try move(.complete, "2024-04-06", on: 9)
        #expect(
            texts(event) == [
                "2024-03-27 cancelled", "2024-04-01/.. superseded", "2024-04-05 cancelled", "2024-04-05 superseded", "2024-04-06 held",
            ])
        #expect(
            event.transitions.map(\.action) == [
                .schedule, .cancel, .postpone, .reschedule, .reschedule, .cancel, .reschedule, .start, .complete,
            ])
        #expect(event.status == .happened)
    }

    @Test func `a date that was only thought of and then promised is one slot`() throws {
        let event = try draft(.proposed, "2024-04")
        let same = try #require(event.moved(by: EventMove(.schedule, window: try window("2024-04")), at: at(1)))
        #expect(texts(same) == ["2024-04 current"])
        let other = try #require(event.moved(by: EventMove(.schedule, window: try window("2024-05")), at: at(1)))
        #expect(texts(other) == ["2024-04 superseded", "2024-05 current"])
    }

    @Test func `a move asks for its window, or for none`() throws {
        func failures(_ action: EventAction, _ edtf: String?, effectiveAt: Instant? = nil) throws -> [String] {
            var move = EventMove(action, reason: " ", window: try edtf.map(window), effectiveAt: effectiveAt)
            let found = move.settle(at: at(1)).map { "\($0.path) \($0.rule.rawValue)" }
            #expect(move.reason == nil)
            return found
        }
        #expect(try failures(.schedule, nil) == ["/window required"])
        #expect(try failures(.reschedule, nil) == ["/window required"])
        #expect(try failures(.cancel, "2024") == ["/window invalid_value"])
        #expect(try failures(.start, "2024") == ["/window invalid_value"])
        #expect(try failures(.postpone, nil) == [])
        #expect(try failures(.complete, "2024") == [])
        #expect(try failures(.cancel, nil, effectiveAt: at(0)) == [])
        #expect(try failures(.cancel, nil, effectiveAt: at(2)) == ["/effective_at out_of_range"])
    }

    @Test func `another status or another promised date is a move`() throws {
        let event = try draft(.scheduled, "2024-03-27")
        var wanted = event
        wanted.window = try window("2024-04-01/..")
        let moved = wanted.settled(after: event, at: at(1))
        #expect(failures(moved) == [])
        #expect(texts(moved.draft) == ["2024-03-27 superseded", "2024-04-01/.. current"])
        #expect(moved.draft.transitions.map(\.action) == [.reschedule])
        wanted = moved.draft
        wanted.status = .cancelled
        let cancelled = wanted.settled(after: moved.draft, at: at(2))
        #expect(cancelled.draft.transitions.map(\.action) == [.reschedule, .cancel])
        #expect(texts(cancelled.draft).last == "2024-04-01/.. cancelled")
        #expect(cancelled.draft.settled(after: cancelled.draft, at: at(3)) == cancelled)
    }

    @Test func `what is said of a date beside the date is no move`() throws {
        let event = try draft(.scheduled, "2024-03-27")
        var wanted = event
        wanted.window?.confirmed = true
        wanted.window?.stated = "on Wednesday"
        let settled = wanted.settled(after: event, at: at(1)).draft
        #expect(settled.transitions == [])
        #expect(settled.window?.confirmed == true)
        let proposed = try draft(.proposed, "2024-03")
        var other = proposed
        other.window = try window("2024-05")
        #expect(other.settled(after: proposed, at: at(1)).draft.slots.count == 1)
    }

    @Test func `a move that the table does not have is refused`() throws {
        let event = try draft(.happened, "2024-03-27")
        var wanted = event
        wanted.status = .scheduled
        #expect(failures(wanted.settled(after: event, at: at(1))) == ["/status invalid_transition"])
        let scheduled = try draft(.scheduled, "2024-03-27")
        wanted = scheduled
        wanted.window = nil
        #expect(failures(wanted.settled(after: scheduled, at: at(1))) == ["/window required"])
    }

    @Test func `slots and transitions that are left out stay`() throws {
        let first = try draft(.scheduled, "2024-03-27")
        let event = try #require(first.moved(by: EventMove(.reschedule, window: try window("2024-04-02")), at: at(1)))
        var replaced = try draft(.scheduled, "2024-04-02")
        replaced.summary = "New words."
        let settled = replaced.settled(after: event, at: at(2))
        #expect(failures(settled) == [])
        #expect(settled.draft.slots == event.slots)
        #expect(settled.draft.transitions == event.transitions)
        #expect(settled.draft.summary == "New words.")
    }

    @Test func `a life that is brought along must be possible`() throws {
        let first = try draft(.scheduled, "2024-03-27")
        var event = try #require(first.moved(by: EventMove(.cancel, reason: "Off."), at: at(1)))
        #expect(failures(event.settled(after: nil, at: at(2))) == [])
        event.transitions[0].to = .postponed
        #expect(
            failures(event.settled(after: nil, at: at(2))) == ["/transitions/0/action invalid_transition", "/status invalid_transition"])
        event.transitions[0].to = .cancelled
        event.transitions[0].recordedAt = at(3)
        #expect(failures(event.settled(after: nil, at: at(2))) == ["/transitions/0/recorded_at out_of_range"])
        event.transitions[0].recordedAt = at(1)
        event.formerSlots = [EventSlot(window: try window("2024"), state: .held)]
        #expect(failures(event.settled(after: nil, at: at(2))) == ["/schedule/slots/0/state invalid_value"])
    }

    @Test func `nothing that happened is taken away`() throws {
        let first = try draft(.scheduled, "2024-03-27")
        let event = try #require(first.moved(by: EventMove(.reschedule, window: try window("2024-04-02")), at: at(1)))
        var other = event
        other.transitions[0].reason = "Other words."
        #expect(failures(other.settled(after: event, at: at(2))) == ["/transitions read_only"])
        other = event
        other.formerSlots[0].state = .cancelled
        #expect(failures(other.settled(after: event, at: at(2))) == ["/schedule read_only"])
    }

    @Test func `an older version takes its life from the newest`() throws {
        let first = try draft(.scheduled, "2024-03-27")
        let event = try #require(first.moved(by: EventMove(.cancel), at: at(1)))
        var old = first
        old.title = "Talks"
        old.keepLife(of: event)
        #expect(old.status == .cancelled)
        #expect(failures(old.settled(after: event, at: at(2))) == [])
    }
}
