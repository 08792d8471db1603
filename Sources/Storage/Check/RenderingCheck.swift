import Documents
import JSON
import Newsroom
import SQLite

/// Compares what is kept of an article with what its tables say.
///
/// A rendering that is stale may say anything of what it refers to, but must know what that is, for that makes it stale.
struct RenderingCheck {
    private let article: Article
    private let key: Int64
    private let database: Database

    init(_ stored: Stored<Article>, in database: Database) {
        (article, key) = (stored.resource, stored.key)
        self.database = database
    }

    /// Nil where nothing is wrong, or nothing is kept.
    func finding() throws(SQLiteError) -> String? {
        guard let kept = try database.first(.keptRendering, { $0.add(key) }), kept.form == ArticleRendering.form else { return nil }
        let references = try references()
        guard kept.version == article.record.version, kept.publicFrom == Article.publicFromMilliseconds(article.draft),
            kept.fingerprint == Fingerprint(of: kept.json), kept.targets == references.targets
        else { return "\(article.record.id.text) has a kept rendering that is not of it" }
        guard kept.sequence >= references.newestRow else { return nil }
        guard kept.json == json(.wire), kept.listItem == json(.listItem) else {
            return "\(article.record.id.text) has a kept rendering that is not how it is shown"
        }
        return nil
    }

    private func json(_ form: DocumentForm) -> [UInt8] {
        var writer = JSONWriter(reserving: 4_096)
        ArticleDocument.write(article, to: &writer, form: form, selecting: nil)
        return writer.finish()
    }

    /// What the article refers to, as a rendering has it, and the newest row of the log about any of it.
    private func references() throws(SQLiteError) -> (targets: [UInt8], newestRow: Int64) {
        var targets: [UInt8] = []
        var newestRow: Int64 = 0
        let draft = article.draft
        try add(draft.authors, to: &targets, &newestRow)
        try add(draft.people, to: &targets, &newestRow)
        try add(draft.organizations, to: &targets, &newestRow)
        try add(draft.events, to: &targets, &newestRow)
        return (targets, newestRow)
    }

    private func add<R: StoredResource>(
        _ references: [RoleReference<R>], to targets: inout [UInt8], _ newestRow: inout Int64
    ) throws(SQLiteError) {
        for reference in references {
            guard case .id(let id) = reference.target, let key = try database.first(R.queries.keyByID, { $0.add(id.text) })
            else { continue }
            ShownTarget(R.kind, key: key).append(to: &targets)
            newestRow = max(newestRow, try database.first(.newestRowOfID) { $0.add(id.text) } ?? 0)
        }
    }
}

private struct KeptRendering: Sendable {
    let sequence: Int64
    let form: Int64
    let version: Int
    let publicFrom: Int64?
    let fingerprint: Fingerprint
    let bodyStart: Int
    let bodyEnd: Int
    let targets: [UInt8]
    let json: [UInt8]

    /// Nil where the body's place is none.
    var listItem: [UInt8]? {
        guard bodyStart <= bodyEnd, bodyEnd <= json.count else { return nil }
        return Array(json[..<bodyStart] + json[bodyEnd...])
    }
}

extension Query<KeptRendering> {
    fileprivate static let keptRendering = Query(
        """
        SELECT seq, form, version, public_from_ms, fingerprint, body_start, body_end, targets, json
        FROM article_rendering
        WHERE article_key = $1
        """
    ) { row throws(SQLiteError) in
        KeptRendering(
            sequence: row.integer(0), form: row.integer(1), version: Int(row.integer(2)), publicFrom: row.integerOrNil(3),
            fingerprint: Fingerprint(bits: UInt64(bitPattern: row.integer(4))), bodyStart: Int(row.integer(5)),
            bodyEnd: Int(row.integer(6)), targets: row.blob(7), json: row.blob(8))
    }
}

extension Query<Int64> {
    fileprivate static let newestRowOfID = Query(
        """
        SELECT seq
        FROM log
        WHERE id = $1
        ORDER BY version DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
