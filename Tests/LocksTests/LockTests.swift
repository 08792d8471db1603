import Locks
import Testing

@Suite struct LockTests {
    private struct Refused: Error, Equatable {}

    @Test func `what many threads add at once is all there`() async {
        let sum = Shared()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<5_000 { sum.lock.withLock { $0 += 1 } } }
            }
        }
        #expect(sum.lock.withLock { $0 } == 40_000)
    }

    @Test func `a body that throws leaves what it changed, and the lock open`() {
        let lock = Lock([1])
        #expect(throws: Refused()) {
            try lock.withLock { values throws(Refused) in
                values.append(2)
                throw Refused()
            }
        }
        #expect(lock.withLock { $0 } == [1, 2])
    }

    @Test func `the value ends with its lock`() {
        weak var value: Shared?
        do {
            let lock = Lock(Shared())
            lock.withLock { value = $0 }
            #expect(value != nil)
        }
        #expect(value == nil)
    }

    private final class Shared: Sendable {
        let lock = Lock(0)
    }
}
