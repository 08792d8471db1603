import Newsroom
import Storage
import Locks
import Testing

/// An engine behind `NewsroomStore`. The contract suite passes over each of them.
struct StoreUnderTest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Opens an empty store, or once more the one in a folder.
    let open: @Sendable (TemporaryFolder, TestClock) throws -> any NewsroomStore

    static let all = [
        StoreUnderTest(testDescription: "SQLite") { folder, clock in
            // A query's bound is for what hangs, however busy the machine.
            try SQLiteNewsroomStore.open(
                .init(path: folder.file("newsroom.db"), queryWithin: .seconds(600)), now: { clock.now },
                randomness: SeededRandomSource(seed: clock.nextSeed()))
        }
    ]

    /// Lends an empty store, and closes it whatever happens.
    func withStore(_ body: (any NewsroomStore, TestClock) async throws -> Void) async throws {
        let folder = TemporaryFolder()
        let clock = TestClock()
        let store = try open(folder, clock)
        do {
            try await body(store, clock)
            await store.close()
        } catch {
            await store.close()
            throw error
        }
    }
}

/// A clock that a test sets. It begins at noon on 27 March 2024, UTC.
final class TestClock: Sendable {
    private let instant = Lock(Instant(milliseconds: 1_711_540_800_000))
    private let seed = Lock<UInt64>(0)

    var now: Instant { instant.withLock { $0 } }

    /// Another one for each store of the test: ids must differ also where the time does not.
    func nextSeed() -> UInt64 {
        seed.withLock {
            $0 += 1
            return $0
        }
    }

    func advance(milliseconds: Int64) {
        instant.withLock { $0 = Instant(milliseconds: $0.milliseconds + milliseconds) }
    }
}

/// The error that something throws as the store's own.
func storeError(_ body: () async throws -> Void) async -> StoreError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? StoreError
    }
}
