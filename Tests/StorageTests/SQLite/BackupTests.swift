import Glibc
import Newsroom
import SQLite
import Synchronization
import Testing
import Turns

@testable import Storage

@Suite(.inTurn) struct BackupTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }
    private var backup: String { folder.file("backup.db") }

    private func open(_ name: String = "newsroom.db") throws -> SQLiteNewsroomStore {
        let clock = clock
        return try SQLiteNewsroomStore.open(
            .init(path: folder.file(name), queryWithin: .seconds(600)), now: { clock.now },
            randomness: SeededRandomSource(seed: clock.nextSeed()))
    }

    private final class Watch: Sendable {
        let isDone = Atomic(false)
    }

    private func backupError(_ body: () async throws -> Void) async -> BackupError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? BackupError
        }
    }

    private func ids(in name: String) async throws -> Set<String> {
        let store = try open(name)
        let people = try await store.people.walk(ListQuery(sort: Sort(.createdAt), limit: 200))
        await store.close()
        return Set(people.map(\.record.id.text))
    }

    @Test func `a backup under constant writes ends, is sound, and has every write that was answered before`() async throws {
        let store = try open()
        let long = String(repeating: "word ", count: 40_000)
        for number in 0..<60 { try await store.articles.create(.sample("Article \(number)") { $0.body = long }) }
        let before = try await store.people.create(.sample("Before"))
        let watch = Watch()
        let (summary, during) = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    var count = 0
                    while !watch.isDone.load(ordering: .relaxed) {
                        try await store.people.create(.sample("Writer \(writer), \(count)"))
                        count += 1
                    }
                    return count
                }
            }
            let summary = try await store.backUp(to: backup)
            watch.isDone.store(true, ordering: .relaxed)
            return (summary, try await group.reduce(0, +))
        }
        #expect(during > 0)
        #expect(summary.sequence >= 61 && summary.byteCount > 12_000_000)
        await store.close()
        #expect(folder.names.sorted() == ["backup.db", "newsroom.db"])
        #expect(try StoreCheck.run(path: backup) == [])
        #expect(try StoreCheck.run(path: path) == [])
        #expect(try await ids(in: "backup.db").contains(before.record.id.text))
        #expect(try await ids(in: "backup.db").isSubset(of: ids(in: "newsroom.db")))
    }

    @Test func `a backup is one file for its owner alone, without a write-ahead log`() async throws {
        let store = try open()
        _ = try await store.people.create(.sample())
        let summary = try await store.backUp(to: backup)
        #expect(summary.sequence == 1 && summary.byteCount == FileSystem.byteCount(of: backup))
        var status = stat()
        #expect(stat(backup, &status) == 0 && status.st_mode & 0o777 == 0o600)
        // Bytes 18 and 19 of the header say 1 where there is none (sqlite.org/fileformat.html#file_format_version_numbers).
        #expect(folder.contents(of: "backup.db")?[18...19] == [1, 1])
        #expect(!folder.names.contains { $0.hasPrefix(".") || $0.hasPrefix("backup.db-") })
        await store.close()
    }

    @Test func `what has the name stays as it is`() async throws {
        let store = try open()
        folder.write("precious", to: "backup.db")
        #expect(await backupError { _ = try await store.backUp(to: backup) } == .exists)
        #expect(folder.contents(of: "backup.db") == Array("precious".utf8))
        symlink("/nowhere/at/all", folder.file("link.db"))
        #expect(await backupError { _ = try await store.backUp(to: folder.file("link.db")) } == .exists)
        #expect(await backupError { _ = try await store.backUp(to: path) } == .exists)
        guard case .failed? = await backupError({ _ = try await store.backUp(to: folder.file("none/b.db")) }) else {
            Issue.record("into a folder that is not there")
            return
        }
        await store.close()
    }

    @Test func `there is one backup at a time, and none of a closed store`() async throws {
        let store = try open()
        store.engine.state.isBackingUp.store(true, ordering: .releasing)
        #expect(await backupError { _ = try await store.backUp(to: backup) } == .isRunning)
        store.engine.state.isBackingUp.store(false, ordering: .releasing)
        _ = try await store.backUp(to: backup)
        await store.close()
        #expect(await backupError { _ = try await store.backUp(to: folder.file("late.db")) } == .failed("the store is closed"))
    }

    @Test func `a backup that is ended leaves nothing behind`() async throws {
        let store = try open()
        for number in 0..<20 { try await store.articles.create(.sample("A \(number)") { $0.body = String(repeating: "x", count: 50_000) }) }
        let runner = StoreBackup(source: path, busyWithin: .seconds(5))
        var steps = 0
        #expect(throws: BackupError.self) {
            try runner.run(to: backup, partial: StoreBackup.partialPath(for: backup)) {
                steps += 1
                return steps < 3
            }
        }
        #expect(steps == 3)
        await store.close()
        #expect(folder.names == ["newsroom.db"])
    }

    // MARK: Restoring

    private func restore(isForced: Bool = false) throws -> BackupSummary {
        let restore = StoreRestore(from: backup, to: path, isForced: isForced)
        #expect(try restore.findings() == [])
        return try restore.run(partial: StoreBackup.partialPath(for: path))
    }

    private func message(isForced: Bool = false) -> String? {
        do {
            _ = try restore(isForced: isForced)
            return nil
        } catch {
            return (error as? StoreOpeningError)?.message
        }
    }

    /// A backup with one person, and the database it is of, to which another has come since.
    private func fill() async throws -> (before: Set<String>, after: Set<String>) {
        let store = try open()
        let person = try await store.people.create(.sample())
        _ = try await store.backUp(to: backup)
        let other = try await store.people.create(.sample("Later"))
        await store.close()
        return ([person.record.id.text], [person.record.id.text, other.record.id.text])
    }

    @Test func `a backup is restored where there is none, and over another only by force`() async throws {
        let (before, after) = try await fill()
        #expect(message()?.contains("--force") == true)
        #expect(try await ids(in: "newsroom.db") == after)
        #expect(try restore(isForced: true).sequence == 1)
        #expect(folder.names.sorted() == ["backup.db", "newsroom.db"])
        #expect(try await ids(in: "newsroom.db") == before)
        unlink(path)
        #expect(message() == nil)
        #expect(try await ids(in: "newsroom.db") == before)
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `the log of the database before is not taken for that of the backup`() async throws {
        let (before, _) = try await fill()
        // As a process leaves it that was killed: what it committed last stands in the log alone.
        let store = try open()
        for number in 0..<50 { try await store.people.create(.sample("Unmoved \(number)")) }
        let (log, index) = (folder.contents(of: "newsroom.db-wal"), folder.contents(of: "newsroom.db-shm"))
        await store.close()
        func leave() throws {
            for (name, bytes) in [("newsroom.db-wal", log), ("newsroom.db-shm", index)] {
                let bytes = try #require(bytes)
                let file = try #require(fopen(folder.file(name), "w"))
                fwrite(bytes, 1, bytes.count, file)
                fclose(file)
            }
        }
        try leave()
        #expect(message(isForced: true) == nil)
        #expect(folder.names.sorted() == ["backup.db", "newsroom.db"])
        #expect(try await ids(in: "newsroom.db") == before)
        unlink(path)
        try leave()
        #expect(message()?.contains("--force") == true)
        #expect(message(isForced: true) == nil)
        #expect(folder.names.sorted() == ["backup.db", "newsroom.db"])
        #expect(try await ids(in: "newsroom.db") == before)
    }

    @Test func `a damaged backup has findings, and a damaged database can be replaced`() async throws {
        let (before, _) = try await fill()
        let damaged = folder.file("damaged.db")
        for name in [path, damaged] {
            let file = try #require(fopen(name, "w"))
            fputs(String(repeating: "This is a letter. ", count: 1_000), file)
            fclose(file)
        }
        #expect(try !StoreRestore(from: damaged, to: path, isForced: true).findings().isEmpty)
        #expect(message(isForced: true) == nil)
        #expect(try await ids(in: "newsroom.db") == before)
    }

    @Test func `a backup is not restored over itself or into nowhere`() async throws {
        _ = try await fill()
        let itself = StoreRestore(from: backup, to: backup, isForced: true)
        #expect(throws: StoreOpeningError.self) { try itself.run(partial: StoreBackup.partialPath(for: backup)) }
        let nowhere = StoreRestore(from: backup, to: folder.file("none/n.db"), isForced: true)
        #expect(throws: StoreOpeningError.self) { try nowhere.look() }
        #expect(try StoreCheck.run(path: backup) == [])
    }
}
