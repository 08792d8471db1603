import Dispatch
import Glibc

/// Runs a client on a thread of its own, as one of a group: a queue would let only some of them block at a time.
func startClient(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
    group.enter()
    var thread = pthread_t()
    let work = Work {
        body()
        group.leave()
    }
    let code = pthread_create(&thread, nil, runWork, Unmanaged.passRetained(work).toOpaque())
    precondition(code == 0, "no thread for a test")
    pthread_detach(thread)
}

private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
    return nil
}
