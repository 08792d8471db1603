import Documents
import JSON
import Newsroom
import SQLite

// Articles are shown by the renderings that are kept of them, and where one is missing or stale from the log: its newest row of an article
// holds what is in six tables.
extension Article {
    static let hasKeptRenderings = true

    static func keptRendering(
        _ key: ResourceKey<Article>, to viewer: Viewer, at now: Instant, from database: Database, _ showing: Showing
    ) throws -> Rendering? {
        switch key {
        case .id(let id):
            if let row = showing.foundKeys.key(of: id), let found = try kept(row, of: id, to: viewer, at: now, from: database, showing) {
                return found.rendering
            }
            let bytes = id.bytes
            var rendering: Rendering?
            try database.one(.keptByID, { $0.add(utf8: bytes.span) }) { row throws(SQLiteError) in
                showing.noteFound(row.integer(KeptColumn.key), of: id)
                rendering = try shown(row, to: viewer, at: now, from: database, showing)
            }
            return rendering
        case .slug(let slug):
            var rendering: Rendering?
            try database.one(.keptBySlug, { $0.add(slug.text) }) { row throws(SQLiteError) in
                rendering = try shown(row, to: viewer, at: now, from: database, showing)
            }
            return rendering
        }
    }

    private struct Found {
        /// Nil where it is stale, or not for the viewer.
        let rendering: Rendering?
    }

    /// What is kept in the row in which the article was found before; nil where it is another article's by now, or nobody's.
    private static func kept(
        _ key: Int64, of id: ID<Article>, to viewer: Viewer, at now: Instant, from database: Database, _ showing: Showing
    ) throws(SQLiteError) -> Found? {
        var found: Found?
        try database.one(.keptByFoundKey, { $0.add(key) }) { row throws(SQLiteError) in
            guard row.withBytes(KeptColumn.json, { FoundKeys.isRendering($0, of: id) }) else { return }
            found = Found(rendering: try shown(row, to: viewer, at: now, from: database, showing))
        }
        return found
    }

    private static func shown(
        _ row: borrowing Row, to viewer: Viewer, at now: Instant, from database: Database, _ showing: Showing
    ) throws(SQLiteError) -> Rendering? {
        guard try isFresh(row, in: database, showing), isVisible(from: row.integerOrNil(KeptColumn.publicFrom), to: viewer, at: now)
        else { return nil }
        return Rendering(
            version: Int(row.integer(KeptColumn.version)), json: row.blob(KeptColumn.json),
            fingerprint: Fingerprint(bits: UInt64(bitPattern: row.integer(KeptColumn.fingerprint))))
    }

    static func rendering(
        _ key: ResourceKey<Article>, to viewer: Viewer, at now: Instant, from database: Database, _ showing: Showing
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
        var rendering: Rendering?
        let isThere = try database.one(.newestVersion) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            // A deletion has no document, and what hides it from whom is looked at below.
            guard isVisible(from: row.integerOrNil(1), to: viewer, at: now), !row.isNull(2) else { return }
            showing.report(articleKey: row.integer(3))
            let version = Int(row.integer(0))
            rendering = try row.withText(2) { document throws(SQLiteError) in
                try ArticleRendering(document, from: database, showing).map { Rendering(version: version, json: $0.json) }
            }
        }
        if !isThere { throw StoreError.notFound }
        return rendering
    }

    static func writeListItem(
        _ key: Int64, to writer: inout JSONWriter, from database: Database, _ showing: Showing
    ) throws(SQLiteError) -> Bool {
        var isWritten = false
        try database.one(.keptByKey) {
            $0.add(key)
        } _: { row throws(SQLiteError) in
            guard try isFresh(row, in: database, showing) else { return }
            let (start, end) = (Int(row.integer(KeptColumn.bodyStart)), Int(row.integer(KeptColumn.bodyEnd)))
            isWritten = row.withBytes(KeptColumn.json) { json in
                // Of a damaged file.
                guard 0 <= start, start <= end, end <= json.count else { return false }
                writer.raw(json, without: start..<end)
                return true
            }
        }
        if isWritten { return true }
        showing.report(articleKey: key)
        try database.one(.newestDocument) {
            $0.add(key)
        } _: { row throws(SQLiteError) in
            isWritten = try row.withText(0) { document throws(SQLiteError) in
                guard let made = try ArticleRendering(document, from: database, showing) else { return false }
                writer.raw(made.json.span, without: made.body)
                return true
            }
        }
        return isWritten
    }

    static func keepRendering(
        of article: Article, key: Int64, _ document: Span<UInt8>, in session: WriteSession
    ) throws(SQLiteError) {
        try session.keepRendering(
            of: key, version: article.record.version, publicFrom: publicFromMilliseconds(article.draft), document)
    }

    static func keptFinding(_ stored: Stored<Article>, in database: Database) throws(SQLiteError) -> String? {
        try RenderingCheck(stored, in: database).finding()
    }

    private static func isFresh(_ row: borrowing Row, in database: Database, _ showing: Showing) throws(SQLiteError) -> Bool {
        guard row.integer(KeptColumn.form) == ArticleRendering.form else { return false }
        return try showing.isFresh(madeAt: row.integer(KeptColumn.sequence), row, targets: KeptColumn.targets, in: database)
    }

    private static func isVisible(from milliseconds: Int64?, to viewer: Viewer, at now: Instant) -> Bool {
        viewer.isOfNewsroom || (milliseconds ?? .max) <= now.milliseconds
    }
}

/// The columns of what is kept: those of both statements, and then each one's own.
private enum KeptColumn {
    static let sequence: Int32 = 0
    static let form: Int32 = 1
    static let targets: Int32 = 2
    static let json: Int32 = 3

    static let version: Int32 = 4
    static let publicFrom: Int32 = 5
    static let fingerprint: Int32 = 6
    static let key: Int32 = 7
    static let names = "seq, form, targets, json, article_rendering.version, public_from_ms, fingerprint, article_key"

    static let bodyStart: Int32 = 4
    static let bodyEnd: Int32 = 5
    static let namesOfItem = "seq, form, targets, json, body_start, body_end"
}

extension SQL {
    /// The article's row stays unread: the index of its ids has the key.
    fileprivate static let keptByID = SQL(
        """
        SELECT \(KeptColumn.names)
        FROM article
        CROSS JOIN article_rendering ON article_rendering.article_key = article.key
        WHERE article.id = $1
        """)

    fileprivate static let keptBySlug = SQL(
        """
        SELECT \(KeptColumn.names)
        FROM article
        CROSS JOIN article_rendering ON article_rendering.article_key = article.key
        WHERE article.slug = $1
        """)

    fileprivate static let keptByFoundKey = SQL(
        """
        SELECT \(KeptColumn.names)
        FROM article_rendering
        WHERE article_key = $1
        """)

    fileprivate static let keptByKey = SQL(
        """
        SELECT \(KeptColumn.namesOfItem)
        FROM article_rendering
        WHERE article_key = $1
        """)

    fileprivate static let newestVersion = SQL(
        """
        SELECT version, public_from_ms, document, key
        FROM log
        WHERE id = $1
        ORDER BY version DESC
        LIMIT 1
        """)

    fileprivate static let newestDocument = SQL(
        """
        SELECT log.document
        FROM article
        CROSS JOIN log ON log.id = article.id AND log.version = article.version
        WHERE article.key = $1
        """)
}
