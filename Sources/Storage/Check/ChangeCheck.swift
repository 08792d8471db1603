import Documents
import Newsroom
import SQLite

/// Compares what everybody was told of changes with the log, and with what is public.
enum ChangeCheck {
    /// What is wrong, a line each, up to some hundred; empty when all is well.
    static func findings(_ database: Database) throws(SQLiteError) -> [String] {
        var findings = try database.all(.strayChanges) + database.all(.strayKinds)
        try database.each(.visibilities, { _ in }) { row throws(SQLiteError) in
            let sequence = row.integer(0)
            guard !row.isNull(2) else {
                findings.append("row \(sequence) of the log tells of a visibility, and the table public_change does not")
                return findings.count < 100
            }
            let change: PublicChange = try row.word(4, "public_change.change")
            let logged = LoggedVisibility(change, of: row.text(2), version: Int(row.integer(3)))
            let isSame = row.text(1).utf8.elementsEqual(logged.document)
            if !isSame { findings.append("row \(sequence) of the log tells of another visibility than the table public_change") }
            return findings.count < 100
        }
        for kind in Kind.allCases { findings += try database.all(untold(kind)) }
        return try findings + database.all(.strayPublications)
    }

    /// Everybody was told last of each resource that it is there, or that it is not: as it is public.
    private static func untold(_ kind: Kind) -> Query<String> {
        let isPublic =
            switch kind {
            case .organization, .person, .event: "1"
            case .article: shown
            case .statement: "EXISTS (SELECT 1 FROM article WHERE article.key = statement.article_key AND \(shown))"
            }
        let text = """
            SELECT id, is_public
            FROM (
                SELECT told.id, told.is_there, coalesce(present.is_public, 0) AS is_public
                FROM (
                    SELECT id, change <> 'deleted' AS is_there, max(seq)
                    FROM public_change
                    WHERE kind = '\(kind.rawValue)'
                    GROUP BY id
                ) AS told
                LEFT JOIN (SELECT id, \(isPublic) AS is_public FROM \(kind.rawValue)) AS present ON present.id = told.id
                UNION ALL
                SELECT id, 0, \(isPublic)
                FROM \(kind.rawValue)
                WHERE NOT EXISTS (SELECT 1 FROM public_change WHERE public_change.id = \(kind.rawValue).id)
            )
            WHERE is_there <> is_public
            LIMIT 100
            """
        return Query(SQL(assembled: text)) { row throws(SQLiteError) in
            "\(row.text(0)) " + (row.integer(1) != 0 ? "is public, and nobody was told so" : "is not public, and everybody was told it is")
        }
    }

    /// That an article is public, or was when it was written last and told of since.
    private static let shown = """
        (\(Article.publicFromSQL)) IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM coming_publication WHERE coming_publication.article_key = article.key)
        """
}

extension SQL {
    fileprivate static let visibilities = SQL(
        """
        SELECT log.seq, log.document, public_change.id, public_change.version, public_change.change
        FROM log
        LEFT JOIN public_change ON public_change.seq = log.seq
        WHERE log.kind = 'visibility'
        """)
}

extension Query<String> {
    fileprivate static let strayChanges = Query(
        """
        SELECT public_change.seq
        FROM public_change
        LEFT JOIN log ON log.seq = public_change.seq
        WHERE log.kind IS NOT 'visibility'
            AND (log.kind IS NOT public_change.kind OR log.id IS NOT public_change.id OR log.version IS NOT public_change.version)
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "row \(row.integer(0)) of the log is of another resource than the table public_change says" }

    fileprivate static let strayKinds = Query(
        """
        SELECT seq, kind
        FROM log
        WHERE kind NOT IN ('article', 'conflict', 'event', 'organization', 'person', 'review', 'statement', 'visibility')
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "row \(row.integer(0)) of the log is of the kind \(row.text(1)), which is unknown" }

    fileprivate static let strayPublications = Query(
        """
        SELECT article.id
        FROM coming_publication
        CROSS JOIN article ON article.key = coming_publication.article_key
        WHERE coming_publication.public_from_ms IS NOT \(Article.publicFromSQL)
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "\(row.text(0)) becomes public at another time than the table coming_publication says" }
}
