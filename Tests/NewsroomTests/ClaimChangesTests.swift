import Newsroom
import Testing

/// Whether a position changed.
@Suite struct ClaimChangesTests {
    private func statement(
        _ value: String?, about: Int = 1, _ property: String = "approved", _ status: StatementStatus = .live
    ) -> Statement {
        var draft = Statement.Draft()
        draft.status = status
        draft.claim = value.map { Claim(about: .id(ID(ULID(bits: UInt128(about)))), property: property, value: $0) }
        let id = ID<Statement>(ULID(bits: 9))
        let now = Instant(milliseconds: 0)
        return Statement(
            record: Record(id: id, slug: Slug(of: id), version: 1, createdAt: now, updatedAt: now), draft: draft, captions: Captions())
    }

    @Test func `a value is compared with the last one on the same question`() {
        #expect(ClaimChanges.changes(in: []) == [])
        let changes = ClaimChanges.changes(in: [
            statement("no"), statement("no"), statement("yes", about: 2), statement("yes"), statement("yes", "other"), statement("no"),
        ])
        #expect(changes == [false, false, false, true, false, true])
    }

    @Test func `what claims nothing or counts no more is passed over`() {
        let changes = ClaimChanges.changes(in: [
            statement("no"), statement(nil), statement("yes", "approved", .withdrawn), statement("yes", "approved", .corrected),
            statement("no"),
        ])
        #expect(changes == [false, nil, nil, nil, false])
    }
}
