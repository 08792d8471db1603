import Locks

/// So many turns, given in the order in which they were asked for.
final class Turns: Sendable {
    /// Most tests wait for a disk, a clock or another process for most of their time: more than the cores, and far fewer than there are.
    static let shared = Turns(16)

    private let state: Lock<(freeCount: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(_ count: Int) { state = Lock((count, [])) }

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.freeCount == 0 else {
                    state.freeCount -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.freeCount += 1
            return nil
        }
        next?.resume()
    }
}
