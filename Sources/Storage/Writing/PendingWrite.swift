import Newsroom
import SQLite

/// A write that somebody waits for.
protocol PendingWrite: AnyObject, Sendable {
    /// When it was asked for: its wait for the file counts from then.
    var askedAt: MonotonicTime { get }

    /// Does the work inside the transaction, and keeps its answer back.
    func perform(in session: WriteSession) throws

    /// Gives the answer: what the work answered, or why it is not kept. Called once.
    func answer(_ failure: StoreError?)
}

/// A write with an answer of one type.
///
/// `@unchecked Sendable` is sound because the queue hands it from the thread that asks to the writer's, which alone touches it then.
final class Write<Answer: Sendable>: PendingWrite, @unchecked Sendable {
    typealias Work = @Sendable (WriteSession) throws -> Answer
    typealias Outcome = Result<Answer, StoreError>

    let askedAt = MonotonicTime.now
    private let work: Work
    private let continuation: UnsafeContinuation<Outcome, Never>
    private var done: Answer?

    init(_ work: @escaping Work, _ continuation: UnsafeContinuation<Outcome, Never>) {
        self.work = work
        self.continuation = continuation
    }

    func perform(in session: WriteSession) throws {
        done = try work(session)
    }

    func answer(_ failure: StoreError?) {
        if let failure {
            continuation.resume(returning: .failure(failure))
        } else if let done {
            continuation.resume(returning: .success(done))
        } else {
            continuation.resume(returning: .failure(.unavailable("a write ended without an answer")))
        }
    }
}
