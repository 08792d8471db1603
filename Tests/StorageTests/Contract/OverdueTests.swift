import Newsroom
import Testing
import Turns

/// The contract: events whose time has passed without a word.
@Suite(.inTurn) struct OverdueTests {
    private struct Case {
        let status: EventStatus
        let window: String?
        /// Whether it is overdue at noon on 27 March 2024.
        let isOverdue: Bool
    }

    private static let cases = [
        Case(status: .scheduled, window: "2024-03-26", isOverdue: true), Case(status: .scheduled, window: "2024-03-27", isOverdue: false),
        Case(status: .scheduled, window: "2024-03-27T12:00:00Z", isOverdue: false),
        Case(status: .scheduled, window: "2024-03-27T11:59:59.999Z", isOverdue: true),
        Case(status: .scheduled, window: "2024-03-01/..", isOverdue: false),
        Case(status: .scheduled, window: "2024-03-01/", isOverdue: false),
        Case(status: .scheduled, window: "../2024-03-01", isOverdue: true), Case(status: .postponed, window: nil, isOverdue: false),
        Case(status: .postponed, window: "2024-02", isOverdue: true), Case(status: .postponed, window: "2024-02/..", isOverdue: false),
        Case(status: .proposed, window: "2024-02", isOverdue: false), Case(status: .cancelled, window: "2024-02", isOverdue: false),
        Case(status: .inProgress, window: "2024-02", isOverdue: false), Case(status: .happened, window: "2024-02", isOverdue: false),
    ]

    private func fill(_ store: any NewsroomStore) async throws {
        for (index, one) in OverdueTests.cases.enumerated() {
            try await store.events.create(
                .sample("Event \(index + 10)") {
                    $0.status = one.status
                    $0.window = one.window.flatMap { EDTF($0) }.map { Window(edtf: $0) }
                })
        }
    }

    private func titles(_ store: any NewsroomStore, _ flag: Int64, asOf instant: Instant? = nil) async throws -> [String] {
        var query = ListQuery<Event>(
            filters: [Filter(.overdue, .equal, [.integer(flag)])], sort: Sort(.title), limit: 3, counts: true)
        query.asOf = instant
        let found = try await store.events.walk(query)
        #expect(found.allSatisfy { $0.isOverdue == (flag == 1) })
        #expect(try await store.events.page(query, as: .newsroom).total == found.count)
        return found.map(\.draft.title)
    }

    @Test(arguments: StoreUnderTest.all)
    func `what should have begun is overdue, wherever it is shown`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, _ in
            try await fill(store)
            let all = try await store.events.walk(ListQuery(sort: Sort(.title)))
            #expect(all.map(\.isOverdue) == OverdueTests.cases.map(\.isOverdue))
            for event in all {
                #expect(try await store.events.find(.id(event.record.id), as: .newsroom).isOverdue == event.isOverdue)
            }
            let overdue = OverdueTests.cases.indices.filter { OverdueTests.cases[$0].isOverdue }.map { "Event \($0 + 10)" }
            #expect(try await titles(store, 1) == overdue)
            #expect(try await titles(store, 0).count == OverdueTests.cases.count - overdue.count)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `it becomes overdue by the clock alone, and as of an instant it is what it was then`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            let event = try await store.events.create(
                .sample {
                    $0.status = .scheduled
                    $0.window = Window(edtf: try edtf("2024-03-27"))
                })
            let noon = clock.now
            clock.advance(milliseconds: 43_200_000 - 1)
            #expect(try await titles(store, 1).isEmpty)
            clock.advance(milliseconds: 1)
            #expect(try await titles(store, 1) == ["Talks on Rafah"])
            #expect(try await titles(store, 1, asOf: noon).isEmpty)
            #expect(try await titles(store, 0, asOf: noon) == ["Talks on Rafah"])
            clock.advance(milliseconds: 1_000)
            let late = clock.now
            clock.advance(milliseconds: 1_000)
            // Another slot ends it, and what was then stays so.
            try await store.events.change(event.record.id) { $0.window = EDTF("2024-05").map { Window(edtf: $0) } }
            #expect(try await titles(store, 1).isEmpty)
            clock.advance(milliseconds: 1_000)
            #expect(try await titles(store, 1, asOf: late) == ["Talks on Rafah"])
            #expect(try await store.events.find(.id(event.record.id), as: .newsroom, asOf: late).isOverdue)
            #expect(try await !store.events.find(.id(event.record.id), as: .newsroom, asOf: noon).isOverdue)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a day ends by the clock of its zone`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            for (title, zone) in [("Tokyo", "Asia/Tokyo"), ("UTC", "UTC"), ("New York", "America/New_York")] {
                try await store.events.create(
                    .sample(title) {
                        $0.status = .scheduled
                        $0.window = Window(edtf: try edtf("2024-03-27"), zone: TimeZoneName(zone))
                    })
            }
            var found: [[String]] = []
            for hours in [3, 9, 4] as [Int64] {
                clock.advance(milliseconds: hours * 3_600_000)
                found.append(try await titles(store, 1))
            }
            #expect(found == [["Tokyo"], ["Tokyo", "UTC"], ["New York", "Tokyo", "UTC"]])
            let query = ListQuery<Event>(sort: Sort(.earliest))
            #expect(try await store.events.walk(query).map(\.draft.title) == ["Tokyo", "UTC", "New York"])
            let day = Filter(Event.FilterMember.window, .overlaps, [.window(try edtf("2024-03-28T03:00:00Z"))])
            #expect(try await store.events.walk(ListQuery(filters: [day], sort: Sort(.earliest))).map(\.draft.title) == ["New York"])
        }
    }
}
