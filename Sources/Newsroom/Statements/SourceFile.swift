/// What the newsroom keeps of an unnamed source. It is for those alone who may write, and stands in no document.
package struct SourceFile: Sendable, Equatable {
    package var id: SourceID
    package var createdAt: Instant
    /// Who it is, how to reach it, what was promised: nobody else's business.
    package var note: String?
    /// The statements in which it speaks or through which something came, in the order in which they were made.
    package var statements: [ID<Statement>]
    /// Of these.
    package var captions: Captions

    package init(id: SourceID, createdAt: Instant, note: String?, statements: [ID<Statement>] = [], captions: Captions = Captions()) {
        self.id = id
        self.createdAt = createdAt
        self.note = note
        self.statements = statements
        self.captions = captions
    }

    /// A note in shape, and what is wrong with it; a blank one is none.
    package static func settled(note: String?) -> (note: String?, failures: [MemberFailure]) {
        var check = DraftCheck()
        var note = note
        check.optional(&note, .sourceNote, at: "/note")
        return (note, check.failures)
    }
}

/// The unnamed sources. Whoever asks may write.
package protocol SourceStore: Sendable {
    /// - Throws: `notFound`.
    func find(_ id: SourceID) async throws(StoreError) -> SourceFile

    /// Keeps a note, in place of the one before. The log is told nothing of it.
    ///
    /// - Parameter note: in shape; nil for none.
    /// - Throws: `notFound`.
    func keep(note: String?, of id: SourceID) async throws(StoreError) -> SourceFile

    /// The source turns out to be a person: in each statement that names it the person stands in its place, a version and a row of the log
    /// each. What the log said before it goes on saying.
    ///
    /// - Returns: the source with the statements that were changed.
    /// - Throws: `notFound`; `invalid` at `/person`; `keyReused`, `keysFull`.
    func reveal(
        _ id: SourceID, as person: Reference<Person>, by actor: Actor, isRehearsal: Bool, receipt: ReceiptTerms<SourceFile>?
    ) async throws(StoreError) -> Revealed
}

/// What a reveal came to.
package enum Revealed: Sendable {
    case file(SourceFile)
    /// The answer that is kept under the write's key: made by this write, or by an earlier one, and then nothing was written now.
    case receipt(Receipt, isRepeated: Bool)
}
