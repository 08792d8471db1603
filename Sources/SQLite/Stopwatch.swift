import CSQLite

/// How long a connection's statements may run and wait. SQLite asks for the deadline as they run.
final class Stopwatch {
    var deadline = MonotonicTime.distantFuture
    var busyWithin = Duration.zero

    /// In instructions of SQLite's machine: some tens of microseconds.
    private static let stepCount: Int32 = 1_000

    /// The connection does not outlive its owner, which keeps the stopwatch: the unretained pointer stays good.
    func watch(_ handle: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            handle, Stopwatch.stepCount,
            { context in
                guard let context else { return 0 }
                let deadline = Unmanaged<Stopwatch>.fromOpaque(context).takeUnretainedValue().deadline
                return deadline != .distantFuture && MonotonicTime.recently > deadline ? 1 : 0
            }, context)
    }
}

extension Database {
    /// When the statements of this connection end by themselves, with the code `interrupted`.
    package var deadline: MonotonicTime {
        get { stopwatch.deadline }
        set { stopwatch.deadline = newValue }
    }

    /// Looks at the clock. SQLite does so as it steps; where what is done between its steps is most of the time, that is not often enough.
    ///
    /// - Throws: `interrupted`, as a statement that runs past the deadline.
    package func checkDeadline(_ context: String) throws(SQLiteError) {
        guard MonotonicTime.recently < deadline else {
            throw SQLiteError(code: .interrupted, message: "interrupted", context: context)
        }
    }
}
