import Documents
import JSON
import Newsroom
import SQLite

// Articles are shown from the log: its newest row of an article holds what is in six tables.
extension Article {
    static let isListedFromLog = true

    static func rendering(
        _ key: ResourceKey<Article>, to viewer: Viewer, at now: Instant, from database: Database, _ captions: ShownCaptions
    ) throws -> Rendering? {
        let id: ID<Article>
        switch key {
        case .id(let given): id = given
        case .slug(let slug):
            guard let target = try database.first(queries.targetBySlug, { $0.add(slug.text) }) else {
                throw try absence(of: key, to: viewer, at: now, in: database)
            }
            id = target.id
        }
        try captions.renew(from: database)
        var rendering: Rendering?
        let isThere = try database.one(.newestVersion) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            // A deletion has no document, and what hides it from whom is looked at below.
            guard isVisible(from: row.integerOrNil(1), to: viewer, at: now), !row.isNull(2) else { return }
            let version = Int(row.integer(0))
            rendering = try row.withText(2) { document throws(SQLiteError) in
                var writer = JSONWriter(reserving: document.count + 1_024)
                guard try write(document, isWhole: true, to: &writer, from: database, captions) else { return nil }
                return Rendering(version: version, json: writer.finish())
            }
        }
        if !isThere { throw StoreError.notFound }
        return rendering
    }

    private static func isVisible(from milliseconds: Int64?, to viewer: Viewer, at now: Instant) -> Bool {
        viewer == .newsroom || (milliseconds ?? .max) <= now.milliseconds
    }

    /// Writes the wire form of a document of the log; false where it has another form than today's.
    static func write(
        _ document: Span<UInt8>, isWhole: Bool, to writer: inout JSONWriter, from database: Database, _ captions: ShownCaptions
    ) throws(SQLiteError) -> Bool {
        guard let article = LoggedArticle(document) else { return false }
        return try article.write(document, to: &writer, isWhole: isWhole) { kind, id, day, writer throws(SQLiteError) in
            try captions.write(kind, id, day, to: &writer, from: database)
        }
    }
}

extension SQL {
    fileprivate static let newestVersion = SQL(
        """
        SELECT version, public_from_ms, document
        FROM log
        WHERE id = $1
        ORDER BY version DESC
        LIMIT 1
        """)
}
