import Glibc
import Newsroom
import SQLite
import Synchronization
import Testing
import Turns

@testable import Storage

/// The write-ahead log stays short, whoever reads, and writes do not wait for readers.
@Suite(.inTurn) struct WALTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()

    private func open() throws -> SQLiteNewsroomStore {
        let clock = clock
        return try SQLiteNewsroomStore.open(
            .init(path: folder.file("newsroom.db"), queryWithin: .seconds(600)), now: { clock.now },
            randomness: SeededRandomSource(seed: clock.nextSeed()))
    }

    private final class Watch: Sendable {
        let isDone = Atomic(false)
        let queryCount = Atomic(0)
        let byteCountMax = Atomic(0)
    }

    /// Some 400 KB of log each.
    private func write(_ count: Int, _ store: SQLiteNewsroomStore, _ watch: Watch) async throws {
        let body = String(repeating: "word ", count: 40_000)
        for number in 0..<count {
            try await store.articles.create(.sample("Article \(number)") { $0.body = body })
            watch.byteCountMax.max(store.statistics.walByteCount, ordering: .relaxed)
        }
    }

    @Test func `long queries that overlap for ever do not keep the log, and writes do not wait for them`() async throws {
        let store = try open()
        let watch = Watch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Each begins before the other ends: there is never a moment without one, unless they are held back.
            for _ in 0..<2 {
                group.addTask {
                    while !watch.isDone.load(ordering: .relaxed) {
                        _ = try await store.engine.readers.longQueries.read { database in
                            let newest = try database.first(.newestLogRow)
                            usleep(100_000)
                            return newest?.sequence
                        }
                        watch.queryCount.add(1, ordering: .relaxed)
                    }
                }
            }
            try await write(250, store, watch)
            watch.isDone.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        // About 100 MB went through it.
        #expect(watch.byteCountMax.load(ordering: .relaxed) < 80_000_000, "\(watch.byteCountMax.load(ordering: .relaxed)) bytes")
        #expect(watch.queryCount.load(ordering: .relaxed) > 4)
        let figures = store.statistics.writing
        #expect(figures.checkpointCounts[.emptied, default: 0] > 0 && figures.commits.count >= 250)
        #expect(figures.batchSizes.count == 250 && figures.batchSizes.sum == 250)
        await store.close()
        #expect(folder.names == ["newsroom.db"])
    }

    @Test func `a snapshot of any length holds nobody back, and the log is emptied after it`() async throws {
        let store = try open()
        let watch = Watch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let pages = try await store.snapshot { snapshot throws(StoreError) in
                    let first = try snapshot.page(ListQuery<Article>(sort: Sort(.createdAt)))
                    while !watch.isDone.load(ordering: .relaxed) { usleep(1_000) }
                    return (first.items.count, try snapshot.page(ListQuery<Article>(sort: Sort(.createdAt))).items.count)
                }
                #expect(try pages.get() == (0, 0))
            }
            #expect(await eventually { store.engine.readers.areHeld })
            try await write(120, store, watch)
            let counted = ListQuery<Article>(
                filters: [Filter(.headline, .contains, [.text("Article")])], sort: Sort(.publishedAt), limit: 1, counts: true)
            #expect(try await store.articles.page(counted, as: .newsroom).total == 120)
            #expect(store.statistics.walByteCount > Checkpoints.pageCountMax * 4_096)
            watch.isDone.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        // The search index may write a little behind that.
        let byteCountMax = Checkpoints.pageCountMax * 4_096 / 2
        #expect(await eventually { store.statistics.walByteCount <= byteCountMax })
        await store.close()
    }
}
