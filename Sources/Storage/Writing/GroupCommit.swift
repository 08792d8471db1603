import Newsroom
import SQLite

/// Takes all writes that wait into one transaction: one COMMIT for all, and the answers after it. A write that is refused leaves the others
/// as they are.
struct GroupCommit {
    enum Outcome {
        /// What the writes did that could be done is on disk.
        case committed
        /// Another process held the file's write lock all the time: nothing was tried, and nobody is answered.
        case locked
        /// Nothing of the batch is kept; the next one may go better.
        case failed(StoreError)
        /// COMMIT failed in the disk: whether the batch is kept shows when the file is opened again.
        case unknown(StoreError)
    }

    let session: WriteSession
    let figures: WriterFigures

    /// Each write is answered once, but where the file is locked; `publish` comes between the commit and the answers, so that whoever is
    /// answered reads what was written.
    func perform(_ batch: [any PendingWrite], until deadline: MonotonicTime, publish: () -> Void) -> Outcome {
        var refusals: [StoreError?]?
        var outcome = transaction(until: deadline) { refusals = try performTogether(batch) }
        if case .committed = outcome, refusals == nil { outcome = transaction(until: deadline) { refusals = try performEach(batch) } }
        switch outcome {
        case .committed:
            publish()
            for (write, refusal) in zip(batch, refusals ?? []) { write.answer(refusal) }
        case .failed(let failure), .unknown(let failure):
            session.forgetTargets()
            for write in batch { write.answer(failure) }
        case .locked: break
        }
        return outcome
    }

    /// Whether a write could be kept now: a page of the file is written as it is.
    func probe() -> Outcome {
        transaction(until: MonotonicTime.now) { try session.database.run(.touch) }
    }

    /// Lets go of kept answers that are too old, some at a time, for when nobody writes. Nil where there are none.
    func tidy() -> Outcome? {
        session.beginWrite()
        guard (try? session.hasOldReceipts()) == true else { return nil }
        return transaction(until: MonotonicTime.now) { try session.forgetReceipts(countMax: GroupCommit.tidiedCountMax) }
    }

    private static let tidiedCountMax = 500

    /// Does something in a transaction that holds the write lock; what it throws undoes it.
    private func transaction(until deadline: MonotonicTime, _ body: () throws -> Void) -> Outcome {
        do throws(SQLiteError) {
            try session.database.beginWriting(until: deadline)
            try session.readLog()
        } catch {
            session.database.rollback()
            return error.code.primary == .busy ? .locked : .failed(StoreError(error))
        }
        do {
            try body()
            return commit()
        } catch {
            session.database.rollback()
            return .failed(StoreError(any: error))
        }
    }

    /// Why each write is refused, nil where it is not.
    ///
    /// There are no savepoints: a write is checked before its first statement that changes anything, so that a refused one has nothing to
    /// undo. Where one has all the same, or a statement failed, the whole transaction is undone, and the answer is nil.
    /// - Throws: what ended the whole transaction.
    private func performTogether(_ batch: [any PendingWrite]) throws -> [StoreError?]? {
        var refusals: [StoreError?] = []
        refusals.reserveCapacity(batch.count)
        for write in batch {
            session.beginWrite()
            try session.tellDuePublications()
            let (mark, changeCount) = (session.mark, session.database.changeCount)
            do {
                try write.perform(in: session)
                refusals.append(nil)
            } catch {
                // Where SQLite itself has undone the transaction, the neighbours are undone too.
                guard session.database.isInTransaction else { throw error }
                refusals.append(StoreError(any: error))
                guard session.database.changeCount != changeCount || error is SQLiteError else { continue }
                session.database.rollback()
                session.goBack(to: mark)
                // Those before it are undone too.
                session.forgetTargets()
                return nil
            }
        }
        return refusals
    }

    /// The same, each write in a savepoint of its own.
    private func performEach(_ batch: [any PendingWrite]) throws -> [StoreError?] {
        session.isDoneAgain = true
        defer { session.isDoneAgain = false }
        return try batch.map { write in
            session.beginWrite()
            try session.tellDuePublications()
            let mark = session.mark
            try session.database.setSavepoint()
            do {
                try write.perform(in: session)
                try session.database.releaseSavepoint()
                return nil
            } catch {
                guard session.database.isInTransaction else { throw error }
                try session.database.rollbackToSavepoint()
                session.goBack(to: mark)
                return StoreError(any: error)
            }
        }
    }

    private func commit() -> Outcome {
        guard session.database.isInTransaction else { return .committed }
        let start = MonotonicTime.now
        defer { figures.addCommit(since: start) }
        do throws(SQLiteError) {
            try session.database.commit()
            return .committed
        } catch {
            session.database.rollback()
            let failure = StoreError(error)
            switch error.code.primary {
            case .busy, .locked, .constraint: return .failed(failure)
            case _ where error.isOfFullDisk: return .failed(failure)
            default: return .unknown(failure)
            }
        }
    }
}

extension SQL {
    /// What it is set to is what it is; its page is written all the same.
    fileprivate static let touch = SQL("PRAGMA user_version = 0")
}
