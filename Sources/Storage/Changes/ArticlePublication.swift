import Newsroom
import SQLite

extension Article {
    /// An instant that is yet to come is noted, so that it is told of when it comes; and the statements that the article reports come and
    /// go with it.
    static func followPublication(
        of key: Int64, from former: Draft?, to draft: Draft?, _ change: PublicChange?, by actor: Actor, in session: WriteSession
    ) throws(SQLiteError) {
        // The note of an article that is deleted goes with its row, and statements keep theirs from being deleted.
        guard let draft else { return }
        if let instant = publicFrom(draft), instant > session.now {
            try session.notePublication(of: key, at: instant)
        } else if let former, let instant = publicFrom(former), instant > session.now {
            try session.forgetPublication(of: key)
        }
        if let change, change != .updated { try session.tellStatements(of: key, change, by: actor) }
    }
}

extension Statement {
    /// That of the article that reports it, as it stands now.
    static func publicFrom(_ draft: Draft, in database: Database) throws(SQLiteError) -> Instant? {
        guard case .id(let article)? = draft.article else { return nil }
        return try database.first(.publicationOfArticle) { $0.add(article.text) } ?? nil
    }
}

extension WriteSession {
    /// Who brings what comes by the clock alone, as the log calls it.
    private static let clockActor = Actor(name: "dateline")

    /// Tells of the articles that everybody sees by now, and of what they report. Before each write, so that a change of what has become
    /// public is one of something that was told of.
    func tellDuePublications() throws(SQLiteError) {
        guard publicationIsDue else { return }
        for publication in try database.all(.duePublications, { $0.add(now.milliseconds) }) {
            let article = Subject(.article, id: publication.id, version: publication.version)
            try tellVisibility(.created, of: article, by: WriteSession.clockActor)
            try tellStatements(of: publication.key, .created, by: WriteSession.clockActor)
            try forgetPublication(of: publication.key)
        }
        try lookForPublications()
    }

    fileprivate func tellStatements(of article: Int64, _ change: PublicChange, by actor: Actor) throws(SQLiteError) {
        for statement in try database.all(.reportedStatements, { $0.add(article) }) {
            try tellVisibility(change, of: statement, by: actor)
        }
    }

    fileprivate func notePublication(of article: Int64, at instant: Instant) throws(SQLiteError) {
        try database.run(.notePublication) {
            $0.add(article)
            $0.add(instant.milliseconds)
        }
        expectPublication(at: instant)
    }

    fileprivate func forgetPublication(of article: Int64) throws(SQLiteError) {
        try database.run(.forgetPublication) { $0.add(article) }
    }
}

/// An article that everybody sees by now, and was not told of.
private struct DuePublication: Sendable {
    let key: Int64
    let id: String
    let version: Int
}

extension Query<DuePublication> {
    fileprivate static let duePublications = Query(
        """
        SELECT article.key, article.id, article.version
        FROM coming_publication
        CROSS JOIN article ON article.key = coming_publication.article_key
        WHERE coming_publication.public_from_ms <= $1
        ORDER BY coming_publication.public_from_ms, article.key
        """
    ) { row throws(SQLiteError) in DuePublication(key: row.integer(0), id: row.text(1), version: Int(row.integer(2))) }
}

extension Query<Subject> {
    fileprivate static let reportedStatements = Query(
        """
        SELECT id, version
        FROM statement
        WHERE article_key = $1
        ORDER BY key
        """
    ) { row throws(SQLiteError) in Subject(.statement, id: row.text(0), version: Int(row.integer(1))) }
}

extension Query<Instant?> {
    fileprivate static let publicationOfArticle = Query(
        """
        SELECT \(Article.publicFromSQL)
        FROM article
        WHERE id = $1
        """
    ) { row throws(SQLiteError) in row.instantOrNil(0) }

    /// When the next article comes that is waited for.
    static let nextPublication = Query(
        """
        SELECT min(public_from_ms)
        FROM coming_publication
        """
    ) { row throws(SQLiteError) in row.instantOrNil(0) }
}

extension SQL {
    fileprivate static let notePublication = SQL(
        """
        INSERT INTO coming_publication (article_key, public_from_ms)
        VALUES ($1, $2)
        ON CONFLICT (article_key) DO UPDATE SET public_from_ms = excluded.public_from_ms
        """)

    fileprivate static let forgetPublication = SQL("DELETE FROM coming_publication WHERE article_key = $1")
}
