import HTTP
import Locks
import Testing

struct RequestBodyTests {
    /// A body in parts, which counts how many were asked for.
    private final class Parts: RequestBodySource {
        private let parts: [[UInt8]]
        private let taken = Lock(0)

        init(_ parts: [[UInt8]]) {
            self.parts = parts
        }

        var takenCount: Int { taken.withLock { $0 } }

        func next() async throws(Problem) -> [UInt8]? {
            let index = taken.withLock { count in
                defer { count += 1 }
                return count
            }
            return index < parts.count ? parts[index] : nil
        }
    }

    @Test func `a body is collected up to its bound`() async throws {
        #expect(try await RequestBody.none.collect(upTo: 0) == [])
        #expect(try await RequestBody.bytes([1, 2]).collect(upTo: 2) == [1, 2])
        #expect(try await RequestBody.stream(Parts([[1], [2, 3]]), byteCount: nil).collect(upTo: 3) == [1, 2, 3])
        #expect(try await RequestBody.stream(Parts([[1], [2, 3]]), byteCount: 3).collect(upTo: 3) == [1, 2, 3])
    }

    @Test func `a body beyond its bound is refused`() async {
        await #expect(throws: Problem.bodyTooLarge(byteCountMax: 1)) { try await RequestBody.bytes([1, 2]).collect(upTo: 1) }
        await #expect(throws: Problem.bodyTooLarge(byteCountMax: 2)) {
            try await RequestBody.stream(Parts([[1], [2, 3]]), byteCount: nil).collect(upTo: 2)
        }
    }

    @Test func `a body that is announced as too large is not read at all`() async {
        let parts = Parts([[1], [2, 3]])
        await #expect(throws: Problem.bodyTooLarge(byteCountMax: 2)) {
            try await RequestBody.stream(parts, byteCount: 3).collect(upTo: 2)
        }
        #expect(parts.takenCount == 0)
    }
}
