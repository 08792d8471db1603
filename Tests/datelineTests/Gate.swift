import Dispatch
import Synchronization

/// Holds a thread until it is opened; then it is open for good.
final class Gate: Sendable {
    private let isOpen = Atomic(false)
    private let arrived = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    func pass() {
        if isOpen.load(ordering: .acquiring) { return }
        arrived.signal()
        opened.wait()
        opened.signal()
    }

    func waitForArrival() { arrived.wait() }

    func open() {
        isOpen.store(true, ordering: .releasing)
        opened.signal()
    }
}
