/// Writes that stand or fall together, lent by `NewsroomStore.transaction`: each sees what those before it did. Good only inside the call
/// that lends it.
package protocol NewsroomTransaction {
    /// Does one write.
    ///
    /// - Throws: what the write fails with (`ResourceWrite`); then the transaction is to end with an error.
    func perform(_ write: ResourceWrite<Article>, by actor: Actor) throws(StoreError) -> Written<Article>
    func perform(_ write: ResourceWrite<Person>, by actor: Actor) throws(StoreError) -> Written<Person>
    func perform(_ write: ResourceWrite<Organization>, by actor: Actor) throws(StoreError) -> Written<Organization>
    func perform(_ write: ResourceWrite<Event>, by actor: Actor) throws(StoreError) -> Written<Event>
    func perform(_ write: ResourceWrite<Statement>, by actor: Actor) throws(StoreError) -> Written<Statement>
}

/// What is asked of a transaction beside what it writes.
package struct TransactionTerms<Answer: Sendable>: Sendable {
    /// Whether all of it is done, checked and shown, and then undone.
    package var isRehearsal: Bool
    /// How its answer is kept for whoever asks again; nil: not at all. What a rehearsal or a refusal answers is not kept.
    package var receipt: ReceiptTerms<Answer>?

    package init(isRehearsal: Bool = false, receipt: ReceiptTerms<Answer>? = nil) {
        self.isRehearsal = isRehearsal
        self.receipt = receipt
    }
}

/// What a transaction came to.
package enum Transacted<Answer: Sendable>: Sendable {
    case answer(Answer)
    /// The answer that is kept under the key: made by this transaction, or by an earlier one, and then nothing was written now.
    case receipt(Receipt, isRepeated: Bool)
}

extension NewsroomStore {
    /// Stores without transactions.
    package func transaction<Answer: Sendable, Failure: Error>(
        by actor: Actor, on terms: TransactionTerms<Answer>,
        _ body: @escaping @Sendable (any NewsroomTransaction) throws(Failure) -> Answer
    ) async throws(StoreError) -> Result<Transacted<Answer>, Failure> {
        throw .unavailable("the store has no transactions")
    }
}
