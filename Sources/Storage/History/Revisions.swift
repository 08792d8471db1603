import Newsroom
import SQLite

/// The revisions of one resource, as far as somebody may see them.
struct Revisions<R: HistoricResource> {
    private let id: ID<R>
    private let viewer: Viewer
    private let now: Instant
    private let database: Database

    init(_ row: LogRow, for viewer: Viewer, at now: Instant, in database: Database) throws(SQLiteError) {
        guard let id = ID<R>(row.id) else { throw .undecodable("log.id") }
        self.id = id
        self.viewer = viewer
        self.now = now
        self.database = database
    }

    func page(_ query: RevisionQuery) throws(SQLiteError) -> RevisionPage<R> {
        var items: [Revision] = []
        var hasMore = false
        try database.each(query.isDescending ? .newestRevisions : .oldestRevisions) {
            $0.add(id.text)
            $0.add(query.after ?? (query.isDescending ? .max : 0))
            bindVisibility(&$0)
            $0.add(query.limit + 1)
        } _: { row throws(SQLiteError) in
            if items.count < query.limit { items.append(try LogRow(row).revision) } else { hasMore = true }
        }
        return RevisionPage(id: id, items: items, next: hasMore ? items.last?.version : nil)
    }

    /// One version with its document; nil where there is none that the viewer may see.
    func version(_ version: Int) throws(SQLiteError) -> PastVersion<R>? {
        let row = try database.first(.visibleRevision) {
            $0.add(id.text)
            $0.add(version)
            bindVisibility(&$0)
        }
        guard let row else { return nil }
        let logged = try database.first(LoggedVersion<R>.query) {
            $0.add(id.text)
            $0.add(version)
        }
        var captions = PastCaptions(try moment(of: row), for: viewer)
        let resource = try logged?.resource?.captioned(by: &captions).seen(by: viewer, at: now)
        return PastVersion(id: id, revision: row.revision, resource: resource)
    }

    /// As of when a version's references are told: as of when it was written, but to everybody what came to be seen only later as of then.
    private func moment(of row: LogRow) throws(SQLiteError) -> PastMoment {
        guard !viewer.isOfNewsroom, !R.hasOwnPublication else { return PastMoment(of: row, in: database) }
        let told = try database.first(.firstTold) {
            $0.add(row.id)
            $0.add(row.sequence)
        }
        return PastMoment(of: told ?? row, in: database)
    }

    private func bindVisibility(_ values: inout Bindings) {
        values.add(viewer.isOfNewsroom)
        values.add(now.milliseconds)
    }
}

// For a viewer who is not of the newsroom ($3) a version must be public by now ($4), and have been so before the next one replaced it.
extension LogRow {
    /// That a version became public at once, or while it was the newest. Of a statement its article of now says only by when; whether, says
    /// what everybody was told of it meanwhile.
    fileprivate static let wasPublic = """
        NOT EXISTS (
            SELECT 1
            FROM log AS later
            WHERE later.id = log.id AND later.version = log.version + 1
                AND (log.recorded_at_ms < \(publicFrom) AND later.recorded_at_ms <= \(publicFrom)
                    OR log.kind = 'statement' AND log.operation <> 'deleted' AND NOT EXISTS (
                        SELECT 1
                        FROM public_change AS told
                        WHERE told.id = log.id AND told.seq >= log.seq AND told.seq < later.seq AND told.change <> 'deleted'
                    ))
        )
        """
}

extension SQL {
    fileprivate static let newestRevisions = SQL(
        """
        SELECT \(LogRow.columns(of: "log"))
        FROM log
        WHERE id = $1 AND version < $2 AND ($3 OR \(LogRow.publicFrom) <= $4 AND \(LogRow.wasPublic))
        ORDER BY version DESC
        LIMIT $5
        """)

    fileprivate static let oldestRevisions = SQL(
        """
        SELECT \(LogRow.columns(of: "log"))
        FROM log
        WHERE id = $1 AND version > $2 AND ($3 OR \(LogRow.publicFrom) <= $4 AND \(LogRow.wasPublic))
        ORDER BY version
        LIMIT $5
        """)
}

extension Query<LogRow> {
    fileprivate static let visibleRevision = Query(
        """
        SELECT \(LogRow.columns(of: "log"))
        FROM log
        WHERE id = $1 AND version = $2 AND ($3 OR \(LogRow.publicFrom) <= $4 AND \(LogRow.wasPublic))
        """, decode: LogRow.init)

    /// By which everybody was first told of a version, or of a later one.
    fileprivate static let firstTold = Query(
        """
        SELECT \(LogRow.columns(of: "log"))
        FROM log
        WHERE seq = (SELECT min(seq) FROM public_change WHERE id = $1 AND seq >= $2 AND change <> 'deleted')
        """, decode: LogRow.init)
}
