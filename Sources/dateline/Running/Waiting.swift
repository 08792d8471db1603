internal import Dispatch
internal import Locks

/// Runs an asynchronous function from a thread that may wait: the main thread, which has nothing else to do.
///
/// The commands are synchronous, since Swift's asynchronous `main` hands the main thread to libdispatch, whose `sigsuspend` there would
/// undo the blocking of signals (`SignalWatch`). The function runs on a thread of its own: it may read, write and sync files, which take
/// their time, and Swift's own pool has one thread a core.
func waiting<Value: Sendable, Failure: Error>(
    for body: @escaping @Sendable () async throws(Failure) -> Value
) throws(Failure) -> Value {
    let outcome = Outcome<Value, Failure>()
    Task.detached(executorPreference: OwnThread.shared) {
        do throws(Failure) {
            let value = try await body()
            outcome.set(.success(value))
        } catch {
            outcome.set(.failure(error))
        }
    }
    return try outcome.get()
}

private final class Outcome<Value: Sendable, Failure: Error>: Sendable {
    private let result = Lock<Result<Value, Failure>?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func set(_ result: Result<Value, Failure>) {
        self.result.withLock { $0 = result }
        isThere.signal()
    }

    func get() throws(Failure) -> Value {
        isThere.wait()
        guard let result = result.withLock({ $0 }) else { preconditionFailure("signalled without a result") }
        return try result.get()
    }
}

private final class OwnThread: TaskExecutor {
    static let shared = OwnThread()

    private let queue = DispatchQueue(label: "dateline.command")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
