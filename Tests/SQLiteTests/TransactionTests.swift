import Glibc
import SQLite
import Synchronization
import Testing
import Turns

@Suite(.inTurn) struct TransactionTests {
    private let folder = TemporaryFolder()
    private let database: Database

    init() throws {
        database = try Database(path: folder.file("test.db"), settings: ConnectionSettings(access: .create))
        try database.execute(script: "CREATE TABLE t (x INTEGER) STRICT")
    }

    private let insert = SQL("INSERT INTO t VALUES ($1)")
    private let sum = Query("SELECT total(x) FROM t") { row throws(SQLiteError) in row.integer(0) }

    private func another(_ access: ConnectionSettings.Access = .readWrite) throws -> Database {
        try Database(path: folder.file("test.db"), settings: ConnectionSettings(access: access, busyWithin: .milliseconds(1)))
    }

    @Test func `what is rolled back is gone, what is committed is there`() throws {
        try database.beginWriting()
        try database.run(insert) { $0.add(1) }
        #expect(database.isInTransaction)
        database.rollback()
        #expect(try database.first(sum) == 0)
        try database.beginWriting()
        try database.run(insert) { $0.add(2) }
        try database.commit()
        #expect(try another(.readOnly).first(sum) == 2)
        database.rollback()
    }

    @Test func `a savepoint is undone alone`() throws {
        try database.beginWriting()
        try database.run(insert) { $0.add(1) }
        try database.setSavepoint()
        try database.run(insert) { $0.add(10) }
        try database.setSavepoint()
        try database.run(insert) { $0.add(100) }
        try database.rollbackToSavepoint()
        try database.releaseSavepoint()
        try database.commit()
        #expect(try database.first(sum) == 11)
    }

    @Test func `a second writer waits until its deadline and no longer`() throws {
        let other = try another()
        try other.beginWriting()
        database.busyWithin = .milliseconds(1)
        let deadline = MonotonicTime.now + .milliseconds(50)
        #expect(code { try database.beginWriting(until: deadline) } == .busy)
        #expect(MonotonicTime.now >= deadline)
        other.rollback()
        try database.beginWriting(until: MonotonicTime.now)
        database.rollback()
    }

    @Test func `a reader keeps what it saw, and sees the rest in its next transaction`() throws {
        let reader = try another(.readOnly)
        try reader.beginReading()
        #expect(try reader.first(sum) == 0)
        let version = try reader.dataVersion()
        try database.run(insert) { $0.add(3) }
        #expect(try reader.first(sum) == 0)
        #expect(try reader.dataVersion() == version)
        try reader.commit()
        #expect(try reader.first(sum) == 3)
        #expect(try reader.dataVersion() != version)
    }

    @Test func `a checkpoint moves the log into the file, as far as readers let it`() throws {
        let reader = try another(.readOnly)
        try database.run(insert) { $0.add(1) }
        try reader.beginReading()
        _ = try reader.first(sum)
        for number in 0..<20 { try database.run(insert) { $0.add(number) } }
        #expect(database.journalPageCount > 20)
        let stopped = try database.checkpoint(.passive)
        #expect(stopped.pageCount > stopped.movedPageCount)
        #expect(!stopped.isWhole)
        #expect(database.journalPageCount > 20)
        database.busyWithin = .milliseconds(1)
        #expect(try database.checkpoint(.truncate).isBlocked)
        try reader.commit()
        #expect(try database.checkpoint(.passive).isWhole)
        // Nobody reads from it, so that it starts again from its beginning.
        try database.run(insert) { $0.add(1) }
        #expect((1...3).contains(database.journalPageCount))
        #expect(try database.checkpoint(.truncate).isWhole)
        #expect(database.journalPageCount == 0)
        var status = stat()
        #expect(stat(folder.file("test.db-wal"), &status) == 0 && status.st_size == 0)
    }

    @Test func `a parked connection goes from thread to thread`() async throws {
        let parked = Parked(try Database(path: folder.file("test.db"), settings: ConnectionSettings(access: .readWrite)))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let taken = parked.take()
                try? taken.run(SQL("INSERT INTO t VALUES (7)"))
                parked.park()
            }
        }
        #expect(try parked.take().first(sum) == 7)
        parked.park()
    }
}
