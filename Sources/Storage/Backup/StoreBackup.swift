import Glibc
package import Newsroom
import SQLite

/// Copies a database while others write to it: a snapshot is held by a connection of its own, and its pages are copied some at a time.
///
/// Writers are not in its way nor it in theirs: it takes no lock that they want, syncs what it has written in small pieces, so that their
/// own syncs wait for a few megabytes at the most, and rests as long as it works. What it costs is that the write-ahead log cannot start
/// again before it ends. (Stepping on the writer's connection would not have that cost, but would be of one process alone, and would end
/// at a moment that nobody knows beforehand.)
package struct StoreBackup: Sendable {
    private let source: String
    private let busyWithin: Duration

    /// - Parameter busyWithin: how long is waited for a lock that only somebody who opens or closes the file can hold.
    package init(source: String, busyWithin: Duration) {
        self.source = source
        self.busyWithin = busyWithin
    }

    /// A name in the same folder that a file can have until it is whole.
    package static func partialPath(for path: String) -> String {
        "\(FileSystem.folder(of: path))/.dateline-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).partial"
    }

    /// In pages of 4 KiB: some hundred microseconds a step, and a sync each megabyte.
    private static let stepPageCount: Int32 = 64
    private static let syncStepCount = 4

    /// The copy is on disk under its name on return, holds every write that was answered before, and needs no other file.
    ///
    /// - Parameters:
    ///   - partial: its name until it is whole, in the same folder.
    ///   - mayGoOn: asked between steps; false ends it.
    /// - Throws: `exists`, `diskFull`, `failed`; then there is nothing under either name.
    package func run(
        to path: String, partial: String, mayGoOn: () -> Bool = { true }
    ) throws(BackupError) -> BackupSummary {
        let file = try BackupFile(path: path, partial: partial)
        defer { file.close() }
        let sequence = try copy(into: file, mayGoOn)
        let summary = BackupSummary(byteCount: file.byteCount, sequence: sequence)
        try file.finish()
        return summary
    }

    /// Fills a file, and makes sure of what it holds.
    ///
    /// - Returns: the number of the newest row of the log.
    func copy(into file: borrowing BackupFile, _ mayGoOn: () -> Bool = { true }) throws(BackupError) -> Int64 {
        let (database, sequence) = try snapshot()
        let target = try asked { () throws(SQLiteError) in try Database(path: file.partial, settings: .copying) }
        do {
            let copy = try asked { () throws(SQLiteError) in try DatabaseCopy(of: database, into: target) }
            try steps(of: copy, file, mayGoOn)
        }
        // What it says of itself is that it has a write-ahead log: opened once more, it has none, and what it holds is looked at.
        let faults = try asked { () throws(SQLiteError) in
            try target.close()
            try database.commit()
            try database.close()
            let made = try Database(path: file.partial, settings: .copying)
            let faults = try made.all(.quickCheck).filter { $0 != "ok" }
            try made.close()
            return faults
        }
        guard faults.isEmpty else { throw .failed("the copy is damaged: \(faults[0])") }
        return sequence
    }

    /// A connection to the source, in a read transaction, and the number of the newest row of the log that it sees.
    private func snapshot() throws(BackupError) -> (Database, Int64) {
        let isOurs: Bool
        let opened: (Database, Int64)
        do throws(SQLiteError) {
            let database = try Database(
                path: source, settings: ConnectionSettings(access: .inspection, busyWithin: busyWithin, cacheKibibyteCount: 1_024))
            try database.beginReading()
            isOurs = try database.first(.applicationID) == Migrator.applicationID
            opened = (database, isOurs ? try database.first(.newestLogRow)?.sequence ?? 0 : 0)
        } catch {
            throw .unreadable(StoreOpeningError(opening: source, error).message)
        }
        guard isOurs else { throw .unreadable("\(source) is a database of another program") }
        return opened
    }

    private func steps(of copy: DatabaseCopy, _ file: borrowing BackupFile, _ mayGoOn: () -> Bool) throws(BackupError) {
        var stepCount = 0
        while true {
            let start = MonotonicTime.now
            guard mayGoOn() else { throw .failed("the store closes") }
            let isWhole = try asked { () throws(SQLiteError) in try copy.step(pageCount: StoreBackup.stepPageCount) }
            stepCount += 1
            if isWhole || stepCount % StoreBackup.syncStepCount == 0 { try file.sync() }
            if isWhole { return }
            let taken = (MonotonicTime.now.nanoseconds - start.nanoseconds) / 1_000
            usleep(UInt32(clamping: min(taken, 10_000)))
        }
    }

    private func asked<Answer>(_ body: () throws(SQLiteError) -> Answer) throws(BackupError) -> Answer {
        do throws(SQLiteError) { return try body() } catch { throw BackupError(error) }
    }
}

extension ConnectionSettings {
    /// For a file that nobody else knows of: no log beside it, and synced by who makes it.
    fileprivate static let copying = ConnectionSettings(access: .copy, synchronous: .off, cacheKibibyteCount: 1_024)
}

extension Query<String> {
    fileprivate static let quickCheck = Query("PRAGMA quick_check") { row throws(SQLiteError) in row.text(0) }
}
