internal import Locks

/// Wakes those who wait for something to have happened; who is cancelled goes too.
final class Bell: Sendable {
    private struct Contents {
        var count: UInt64 = 0
        var nextID: UInt64 = 0
        var waiting: [UInt64: UnsafeContinuation<Void, Never>] = [:]
    }

    private let contents = Lock(Contents())

    /// How often it has rung. Read before looking, it holds for the wait: what happens in between is not missed.
    var count: UInt64 { contents.withLock { $0.count } }

    func ring() {
        let waiting = contents.withLock { contents in
            contents.count += 1
            defer { contents.waiting = [:] }
            return contents.waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }

    /// Waits until it has rung more often than `count`, or the task is cancelled.
    func wait(past count: UInt64) async {
        let id = contents.withLock { contents in
            contents.nextID += 1
            return contents.nextID
        }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let goesOn = contents.withLock { contents in
                    // The handler takes the lock after the task is cancelled: either it finds who waits, or this finds the cancellation.
                    guard contents.count == count, !Task.isCancelled else { return true }
                    contents.waiting[id] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            contents.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
    }
}
