import Documents
import Newsroom
import SQLite

// Renderings are written in the transaction of what they show.
extension WriteSession {
    /// Keeps what an article is shown as, in the version that its table and the log have now.
    ///
    /// - Parameter document: that of the version, as the log has it.
    @discardableResult
    func keepRendering(
        of key: Int64, version: Int, publicFrom: Int64?, _ document: Span<UInt8>
    ) throws(SQLiteError) -> Rendering {
        guard let made = try ArticleRendering(document, from: database, showing) else { throw .undecodable("log.document") }
        return try keep(made, of: key, version: version, publicFrom: publicFrom)
    }

    @discardableResult
    private func keep(_ made: ArticleRendering, of key: Int64, version: Int, publicFrom: Int64?) throws(SQLiteError) -> Rendering {
        let rendering = Rendering(version: version, json: made.json)
        try database.run(.keepRendering) {
            $0.add(key)
            $0.add(sequence)
            $0.add(ArticleRendering.form)
            $0.add(version)
            $0.add(publicFrom)
            $0.add(Int64(bitPattern: rendering.fingerprint.bits))
            $0.add(made.body.lowerBound)
            $0.add(made.body.upperBound)
            $0.add(blob: made.targets)
            $0.add(utf8: made.json)
        }
        return rendering
    }

    /// Makes the rendering of an article anew where there is none, or one of another form, or one that is as of an older row of the log
    /// than `sequence`. False where there is nothing to be made: the article's is new enough, or it is gone.
    func renewRendering(of key: Int64, asOf sequence: Int64) throws(SQLiteError) -> Bool {
        if let kept = try database.first(.keptState, { $0.add(key) }), kept.sequence >= sequence, kept.form == ArticleRendering.form {
            return false
        }
        guard let newest = try database.first(.newestArticle, { $0.add(key) }) else { return false }
        if let made = try ArticleRendering(newest.document.span, from: database, showing) {
            try keep(made, of: key, version: newest.version, publicFrom: newest.publicFrom)
        } else if let stored = try Article.stored(key: key, in: database) {
            // The document is from a time when the log had another form.
            let document = ArticleDocument.logged(stored.resource)
            try keepRendering(of: key, version: newest.version, publicFrom: newest.publicFrom, document.span)
        }
        return true
    }
}

/// The newest version of an article.
private struct NewestArticle: Sendable {
    let version: Int
    let publicFrom: Int64?
    let document: [UInt8]
}

/// How new a rendering is.
private struct KeptState: Sendable {
    let sequence: Int64
    let form: Int64
}

extension Query<KeptState> {
    fileprivate static let keptState = Query("SELECT seq, form FROM article_rendering WHERE article_key = $1") { row throws(SQLiteError) in
        KeptState(sequence: row.integer(0), form: row.integer(1))
    }
}

extension Query<NewestArticle> {
    fileprivate static let newestArticle = Query(
        """
        SELECT log.version, log.public_from_ms, log.document
        FROM article
        CROSS JOIN log ON log.id = article.id AND log.version = article.version
        WHERE article.key = $1
        """
    ) { row throws(SQLiteError) in
        NewestArticle(version: Int(row.integer(0)), publicFrom: row.integerOrNil(1), document: row.blob(2))
    }
}

extension SQL {
    fileprivate static let keepRendering = SQL(
        """
        INSERT OR REPLACE INTO article_rendering (
            article_key, seq, form, version, public_from_ms, fingerprint, body_start, body_end, targets, json
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """)
}
