import Glibc
import Newsroom
import SQLite
import Synchronization
import Testing
import Turns

@testable import Storage

/// A disk that is full, and one that fails.
@Suite(.inTurn) struct FaultTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    private func open() throws -> SQLiteNewsroomStore {
        let clock = clock
        return try SQLiteNewsroomStore.open(
            .init(path: path), now: { clock.now },
            randomness: SeededRandomSource(seed: clock.nextSeed()))
    }

    /// As if the disk had room for so many pages more, or all that it wants.
    private func leaveRoom(_ pageCount: Int?, _ store: SQLiteNewsroomStore) async throws {
        _ = try await store.engine.writer.perform { session in
            let used = Int(try session.database.pragma("page_count") ?? "") ?? 0
            try session.database.execute(script: "PRAGMA max_page_count = \(pageCount.map { used + $0 } ?? 1_000_000)")
        }
    }

    @Test func `when the disk is full writes are refused, reads go on, and writes go on when there is room`() async throws {
        let store = try open()
        let made = try await store.articles.create(.sample())
        try await leaveRoom(3, store)
        let long = String(repeating: "x", count: 100_000)
        #expect(await storeError { try await store.articles.create(.sample { $0.body = long }) } == .diskFull)
        #expect(!store.statistics.acceptsWrites || store.statistics.sequence == 1)
        #expect(try await store.articles.find(.id(made.record.id), as: .anonymous) == made)
        #expect(await storeError { try await store.articles.change(made.record.id) { $0.body = long } } == .diskFull)
        #expect(try await store.articles.change(made.record.id) { $0.section = "small" }.record.version == 2)
        try await leaveRoom(nil, store)
        #expect(try await store.articles.change(made.record.id) { $0.body = long }.record.version == 3)
        #expect(store.statistics.acceptsWrites && store.statistics.sequence == 3)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `a batch on a full disk keeps what has room, and loses nothing that was answered`() async throws {
        let store = try open()
        try await leaveRoom(60, store)
        let long = String(repeating: "x", count: 20_000)
        let kept = await withTaskGroup(of: String?.self) { group in
            for number in 0..<30 {
                group.addTask { try? await store.articles.create(.sample("Article \(number)") { $0.body = long }).record.id.text }
            }
            return await group.reduce(into: Set<String>()) { if let id = $1 { $0.insert(id) } }
        }
        #expect(kept.count < 30)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
        let again = try open()
        let listed = try await again.articles.walk(ListQuery(sort: Sort(.createdAt), limit: 200))
        #expect(Set(listed.map(\.record.id.text)) == kept)
        await again.close()
    }

    @Test func `a store that could not write finds out by itself when it can again`() async throws {
        let store = try open()
        // As after a COMMIT that found the disk full.
        store.engine.state.isWriting.store(false, ordering: .relaxed)
        #expect(store.statistics.isSound && !store.statistics.acceptsWrites)
        #expect(await eventually { store.statistics.acceptsWrites })
        #expect(store.statistics.acceptsWrites && store.statistics.sequence == 0)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `after a commit that failed in the disk writes are refused, and reads go on`() async throws {
        let store = try open()
        let made = try await store.articles.create(.sample())
        let broken = try breakJournal()
        #expect(broken > 0)
        let error = await storeError { try await store.articles.create(.sample("Second")) }
        guard case .unavailable? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!store.statistics.isSound && !store.statistics.acceptsWrites)
        guard case .unavailable? = await storeError({ try await store.articles.create(.sample("Third")) }) else {
            Issue.record("written")
            return
        }
        #expect(try await store.articles.find(.id(made.record.id), as: .anonymous) == made)
        await store.close()
        let again = try open()
        #expect(try await again.articles.find(.id(made.record.id), as: .anonymous) == made)
        #expect(try await again.articles.create(.sample("Fourth")).record.version == 1)
        await again.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    /// Puts a file that cannot be written in the place of each open descriptor of the write-ahead log; answers how many there were.
    private func breakJournal() throws -> Int {
        let wall = Glibc.open("/dev/null", O_RDONLY)
        defer { close(wall) }
        var count = 0
        for descriptor in openDescriptors() {
            var target = [CChar](repeating: 0, count: 4_096)
            let length = readlink("/proc/self/fd/\(descriptor)", &target, target.count)
            let name = String(decoding: target.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard name == path + "-wal" else { continue }
            // Readers keep theirs: they have the file mapped, or read it by descriptors of their own, opened for reading.
            guard fcntl(descriptor, F_GETFL) & O_ACCMODE == O_RDWR, dup2(wall, descriptor) == descriptor else { continue }
            count += 1
        }
        return count
    }

    /// Of the whole process: beside the tests of other suites ours may have any number.
    private func openDescriptors() -> [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var found: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if let number = Int32(name) { found.append(number) }
        }
        return found
    }
}
