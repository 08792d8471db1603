import JSON
import Newsroom
import SQLite

/// What one connection knows of how articles are shown: the captions of references, and which of their targets have changed.
///
/// It belongs to the connection, and is touched by its taker alone.
final class Showing {
    private let captions: ShownCaptions
    private var changes = ChangedTargets()
    private(set) var foundKeys = FoundKeys()
    /// Where renderings that are stale are told of; nil on the connection that makes them itself.
    private let stale: StaleRenderings?
    /// The newest row of the log that is not an article's; nil until it is asked for in this snapshot.
    private var newestChange: Int64?

    /// - Parameter captionCountMax: how many targets are remembered: some hundred bytes each.
    init(reporting stale: StaleRenderings?, captionCountMax: Int = 4_096) {
        self.stale = stale
        captions = ShownCaptions(countMax: captionCountMax)
    }

    /// There is another snapshot.
    func snapshotChanged() { newestChange = nil }

    /// What this connection wrote was undone.
    func forget() {
        newestChange = nil
        // It has read rows of the log that are not there any more, and would take later ones with their numbers for known.
        changes = ChangedTargets()
        captions.forget()
    }

    /// This connection has written a row of the log about a target of references, in the transaction that it is in.
    func noteChange<R: Resource>(of id: ID<R>, at row: Int64) {
        // As long as nothing was asked in this transaction, what others have changed is not known either: then asking forgets all.
        guard newestChange != nil else { return }
        newestChange = row
        captions.forget(id, at: row)
    }

    /// The newest row of the log that is not an article's, in the snapshot that the connection reads from.
    func newestChange(in database: Database) throws(SQLiteError) -> Int64 {
        if let newestChange { return newestChange }
        let newest = try database.first(.newestChange) ?? 0
        newestChange = newest
        captions.renew(asOf: newest)
        return newest
    }

    /// Whether what was made as of a row of the log is what would be made now.
    ///
    /// - Parameters:
    ///   - row: a row of a statement.
    ///   - column: the one with the targets.
    func isFresh(
        madeAt sequence: Int64, _ row: borrowing Row, targets column: Int32, in database: Database
    ) throws(SQLiteError) -> Bool {
        let newest = try newestChange(in: database)
        guard newest > sequence else { return true }
        try changes.advance(to: newest, from: database)
        return row.withBytes(column) { changes.areUnchanged($0, since: sequence) }
    }

    /// The article was found in this row. Whoever writes renderings itself looks for each once, and remembers nothing.
    func noteFound(_ key: Int64, of id: ID<Article>) {
        if stale != nil { foundKeys.note(key, of: id) }
    }

    /// The article has no rendering, or one that is stale: it is to get another.
    func report(articleKey key: Int64) { stale?.add(key) }

    /// Writes the members that a reference to the target is shown with. The key of the target; nil where there is none.
    func writeCaption(
        _ kind: Kind, _ id: Span<UInt8>, _ officeDay: Int, to writer: inout JSONWriter, from database: Database
    ) throws(SQLiteError) -> Int64? {
        _ = try newestChange(in: database)
        return try captions.write(kind, id, officeDay, to: &writer, from: database)
    }
}

extension Query<Int64> {
    /// Along an index of its own: along the log itself all newer articles would be walked over.
    fileprivate static let newestChange = Query(
        """
        SELECT seq
        FROM log INDEXED BY log_of_captions
        WHERE kind <> 'article'
        ORDER BY seq DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
