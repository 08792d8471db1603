import Glibc
import HTTP
import HTTPServer
import Locks
import Synchronization

/// A number that handlers and tests share.
final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .sequentiallyConsistent) }

    func add(_ step: Int) { value.add(step, ordering: .sequentiallyConsistent) }
}

/// Keeps the bodies that it is given.
final class Keeper: Sendable {
    private let kept = Lock<[RequestBody]>([])

    var first: RequestBody? { kept.withLock { $0.first } }

    func keep(_ body: RequestBody) { kept.withLock { $0.append(body) } }
}

/// Makes system calls fail: each of these errors once, in this order, and then no more. At 0 the call is made.
final class Failures: Sendable {
    private let numbers: Lock<[CInt]>

    init(of numbers: [CInt]) { self.numbers = Lock(numbers.reversed()) }

    /// What a failing call returns; nil when it is to succeed.
    func next() -> Int? { numbers.withLock { $0.popLast() }.flatMap { $0 == 0 ? nil : -Int($0) } }

    /// The calls of Linux, of which `accept` fails like this.
    var calls: SystemCalls {
        var calls = SystemCalls.linux
        calls.accept = { [self] listener in next() ?? SystemCalls.linux.accept(listener) }
        return calls
    }
}

/// Blocks the thread, where the passing of time is what the test is about.
func pause(milliseconds: UInt32) { usleep(milliseconds * 1_000) }

/// So many bytes in which a part that is lost, doubled or moved does not go unnoticed: the period is a prime.
func patterned(_ byteCount: Int) -> [UInt8] {
    let period = (0..<4_099).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount + period.count)
    while bytes.count < byteCount { bytes.append(contentsOf: period) }
    bytes.removeLast(bytes.count - byteCount)
    return bytes
}
