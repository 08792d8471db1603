import Newsroom
import SQLite

/// Which targets of references have changed, and when: the newest part of the log, as one connection knows it.
///
/// THE rule by which a rendering is stale: something that it refers to has a row of the log that is newer than the rendering. All that
/// captions say of a target is in the target's own rows, so that there is nothing else to look at.
struct ChangedTargets {
    /// The newest row of each target that has one behind `base`.
    private var changedAt: [ShownTarget: Int64] = [:]
    /// Of changes up to this row of the log nothing is known.
    private var base: Int64 = 0
    /// How far the log has been read.
    private var read: Int64 = 0

    /// How many rows are read at once at the most, about a microsecond each; twice as many targets are remembered.
    static let rowCountMax = 4_096

    /// Reads what the log has got since.
    ///
    /// - Parameter newest: the newest row that is not an article's, in the snapshot that the connection reads from.
    mutating func advance(to newest: Int64, from database: Database) throws(SQLiteError) {
        guard newest > read else { return }
        if changedAt.count > ChangedTargets.rowCountMax { (changedAt, read) = ([:], 0) }
        var rows: [(sequence: Int64, target: ShownTarget)] = []
        try database.each(.newestChanges) {
            $0.add(read)
            $0.add(ChangedTargets.rowCountMax)
        } _: { row throws(SQLiteError) in
            guard let kind = Kind(rawValue: row.text(1)) else { throw .undecodable("log.kind") }
            rows.append((row.integer(0), ShownTarget(kind, key: row.integer(2))))
        }
        if rows.count == ChangedTargets.rowCountMax, let oldest = rows.last?.sequence {
            // There may be others between these and what was known.
            changedAt.removeAll(keepingCapacity: true)
            base = oldest - 1
        }
        for (sequence, target) in rows.reversed() { changedAt[target] = sequence }
        read = newest
    }

    /// Whether none of them has changed behind a row of the log. In doubt one has.
    ///
    /// - Parameter targets: as `ShownTarget` writes them, one after the other.
    func areUnchanged(_ targets: Span<UInt8>, since sequence: Int64) -> Bool {
        guard sequence >= base else { return false }
        guard !changedAt.isEmpty else { return true }
        for start in stride(from: 0, to: targets.count - ShownTarget.byteCount + 1, by: ShownTarget.byteCount) {
            if let changed = changedAt[ShownTarget(targets, at: start)], changed > sequence { return false }
        }
        return true
    }
}

extension SQL {
    fileprivate static let newestChanges = SQL(
        """
        SELECT seq, kind, key
        FROM log INDEXED BY log_of_captions
        WHERE kind <> 'article' AND kind IN ('organization', 'person', 'event', 'statement') AND seq > $1
        ORDER BY seq DESC
        LIMIT $2
        """)
}
