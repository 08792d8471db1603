import Documents
import Newsroom
import Testing
import Turns

/// Statements as records: what goes out comes in again.
@Suite(.inTurn) struct StatementExportTests {
    @Test(arguments: StoreUnderTest.all)
    func `statements go out and come in again, and a second time change nothing`(_ kind: StoreUnderTest) async throws {
        var lines: [UInt8] = []
        try await kind.withStore { store, clock in
            _ = try await World(store, clock, hasStatements: true)
            try await rest(on: try await store.statements.walk(ListQuery(sort: Sort(.createdAt))), in: store)
            lines = try await exported(store)
        }
        try await kind.withStore { store, clock in
            clock.advance(milliseconds: 60_000)
            let first = try await imported(lines, into: store)
            #expect(first.invalid == 0 && first.unchanged == 0 && first.updated == 1)
            let sequence = try await store.newestSequence()
            let second = try await imported(lines, into: store)
            #expect(second.unchanged == first.rows && second.rows == first.rows)
            #expect(try await store.newestSequence() == sequence)
            #expect(try await exported(store) == lines)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a record that says nothing of a source keeps it, however often it comes`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let record = #"""
                {"type":"statement","external_id":"demo:s","speaker":{"unnamed":{"description":"an official"}},"text":"It is off.",
                "chain":[{"kind":"organization","external_id":"demo:axios"},{"unnamed":{"description":"an aide"}}]}
                """#
                .replacing("\n", with: "")
            let lines = Array((record + "\n" + #"{"type":"organization","external_id":"demo:axios","name":"Axios"}"#).utf8)
            let (first, second) = (try await imported(lines, into: store), try await imported(lines, into: store))
            #expect(first.created == 2 && second.unchanged == 2)
        }
    }

    /// Two events of which the causes and moves rest on statements.
    private func rest(on statements: [Statement], in store: any NewsroomStore) async throws {
        let cause = try await store.events.create(.sample("Cause"))
        let trip = try await store.events.create(
            .sample("Trip") {
                $0.status = .scheduled
                $0.window = Window(edtf: try edtf("2024-04-01"))
                $0.causes = [EventCause(event: .id(cause.record.id), relation: .prompted, basis: [.id(statements[1].record.id)])]
            })
        let basis = statements.prefix(3).map { Reference.id($0.record.id) }
        _ = try await store.events.revise(.id(trip.record.id), if: .none, by: editor, on: WriteTerms()) { event, now throws(StoreError) in
            let move = EventMove(.cancel, cause: EventCause(event: .id(cause.record.id), relation: .prevented), basis: basis)
            guard let moved = event.draft.moved(by: move, at: now) else { throw .notFound }
            return Proposal(moved)
        }
    }

    private func exported(_ store: any NewsroomStore) async throws -> [UInt8] {
        try await store.snapshot { snapshot throws(ExportError<Never>) in
            var bytes: [UInt8] = []
            try Exporter(snapshot).run { (piece: [UInt8]) throws(Never) in bytes.append(contentsOf: piece) }
            return bytes
        }
        .get()
    }

    private func imported(_ lines: [UInt8], into store: any NewsroomStore) async throws -> ImportSummary {
        var session = ImportSession(into: store, by: editor) { results in
            for result in results where result.outcome == .invalid { Issue.record("\(result)") }
        }
        try await session.feed(lines)
        return try await session.finish()
    }
}
