import SQLite

/// A connection that reads, and keeps its snapshot from one read to the next as long as it is the current one: beginning and ending a
/// transaction around each statement would double the cost of a read.
///
/// `@unchecked Sendable` is sound because the connection is parked while nobody reads, and `snapshot` and `showing` are touched by its
/// taker alone.
final class Reader: @unchecked Sendable {
    /// What this reader knows of how articles are shown; for its taker alone.
    let showing: Showing
    private let parked: Parked
    private var snapshot: Snapshot?

    private struct Snapshot {
        let generation: UInt64
        let endsAt: MonotonicTime
    }

    /// How old a snapshot may become, so that what other processes commit is seen.
    private static let ageMax = Duration.milliseconds(20)

    init(_ parked: Parked, _ showing: Showing) {
        self.parked = parked
        self.showing = showing
    }

    /// The connection, for this thread until `park`.
    func take() -> Database {
        parked.take()
    }

    func park() {
        parked.park()
    }

    /// Makes sure that what is read is current: no commit of ours is missing, and none of others for longer than `ageMax`.
    ///
    /// - Returns: whether the snapshot is a new one.
    func renewSnapshot(of database: Database, _ generation: UInt64, at now: MonotonicTime) throws(SQLiteError) -> Bool {
        if let snapshot, snapshot.generation == generation, now < snapshot.endsAt { return false }
        try releaseSnapshot(of: database)
        try database.beginReading()
        showing.snapshotChanged()
        snapshot = Snapshot(generation: generation, endsAt: now + Reader.ageMax)
        return true
    }

    func releaseSnapshot(of database: Database) throws(SQLiteError) {
        guard snapshot != nil else { return }
        snapshot = nil
        // After some errors SQLite has ended the transaction by itself.
        if database.isInTransaction { try database.commit() }
    }

    /// Lets go of the snapshot, for one who is not going to read.
    func releaseSnapshot() {
        guard snapshot != nil else { return }
        let database = take()
        defer { park() }
        try? releaseSnapshot(of: database)
    }

    func close() {
        let database = take()
        try? releaseSnapshot(of: database)
        try? database.close()
    }
}
