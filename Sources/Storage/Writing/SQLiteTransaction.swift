package import Newsroom
import SQLite

/// Writes in one savepoint of the writer's transaction. It belongs to the writer's thread.
final class SQLiteTransaction: NewsroomTransaction {
    private let session: WriteSession
    /// What SQLite itself failed with, which is no answer to what was asked for.
    private(set) var failure: SQLiteError?

    init(_ session: WriteSession) {
        self.session = session
    }

    func perform(_ write: ResourceWrite<Article>, by actor: Actor) throws(StoreError) -> Written<Article> { try run(write, actor) }
    func perform(_ write: ResourceWrite<Person>, by actor: Actor) throws(StoreError) -> Written<Person> { try run(write, actor) }
    func perform(_ write: ResourceWrite<Organization>, by actor: Actor) throws(StoreError) -> Written<Organization> {
        try run(write, actor)
    }
    func perform(_ write: ResourceWrite<Event>, by actor: Actor) throws(StoreError) -> Written<Event> { try run(write, actor) }
    func perform(_ write: ResourceWrite<Statement>, by actor: Actor) throws(StoreError) -> Written<Statement> { try run(write, actor) }

    private func run<R: HistoricResource>(_ write: ResourceWrite<R>, _ actor: Actor) throws(StoreError) -> Written<R> {
        do {
            let stored = try session.perform(write, by: actor)
            if case .delete = write { return .resource(stored.resource) }
            return try session.written(stored, wantsRendering: true)
        } catch {
            if let error = error as? SQLiteError { failure = error }
            throw StoreError(any: error)
        }
    }
}

extension WriteSession {
    /// Does several writes that stand or fall together: what `work` throws undoes all of them, and nothing else.
    ///
    /// - Parameter isRehearsal: whether they are undone although all went well.
    /// - Throws: SQLite's errors, which leave the writer's whole transaction in doubt.
    func together<Answer, Failure: Error>(
        isRehearsal: Bool, _ work: (SQLiteTransaction) throws(Failure) -> Answer
    ) throws -> Result<Answer, Failure> {
        let mark = mark
        let transaction = SQLiteTransaction(self)
        try database.setSavepoint()
        let outcome = Result<Answer, Failure> { () throws(Failure) in try work(transaction) }
        if case .success = outcome, !isRehearsal {
            try database.releaseSavepoint()
            return outcome
        }
        // Where SQLite itself has ended the transaction there is no savepoint to go back to.
        if database.isInTransaction { try database.rollbackToSavepoint() }
        goBack(to: mark)
        if let failure = transaction.failure { throw failure }
        return outcome
    }
}

extension SQLiteNewsroomStore {
    package func transaction<Answer: Sendable, Failure: Error>(
        by actor: Actor, on terms: TransactionTerms<Answer>,
        _ body: @escaping @Sendable (any NewsroomTransaction) throws(Failure) -> Answer
    ) async throws(StoreError) -> Result<Transacted<Answer>, Failure> {
        let claim = terms.receipt.map { ReceiptClaim($0.key, of: actor) }
        return try await engine.writer.perform { session in
            if let claim, let receipt = try session.receipt(for: claim) { return .success(.receipt(receipt, isRepeated: true)) }
            guard !terms.isRehearsal, let claim, let make = terms.receipt?.make else {
                return try session.together(isRehearsal: terms.isRehearsal, body).map { .answer($0) }
            }
            let room = try session.roomForReceipt()
            return try session.together(isRehearsal: false, body).mapKept { answer in
                let receipt = make(answer)
                try session.keep(receipt, for: claim, forgettingUpTo: room)
                return .receipt(receipt, isRepeated: false)
            }
        }
    }
}

extension Result {
    /// The result with another success, for a change of it that may fail by itself.
    fileprivate func mapKept<Other>(_ change: (Success) throws -> Other) rethrows -> Result<Other, Failure> {
        switch self {
        case .success(let success): .success(try change(success))
        case .failure(let failure): .failure(failure)
        }
    }
}
