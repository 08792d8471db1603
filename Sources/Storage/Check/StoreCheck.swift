import Newsroom
import SQLite

/// Looks for damage in a database file: in the file itself, and between its tables and its log. Writes nothing.
package enum StoreCheck {
    /// What is wrong, a line each; empty when all is well.
    ///
    /// Reads the whole file, however long that takes. Other processes may go on writing: what is looked at is one moment.
    ///
    /// - Throws: that the file could not be looked at: it is not there, is locked, or this user may not read it.
    /// - Parameter looksAtResources: false for a file that may be of an older version, which has not the tables of this one.
    package static func run(path: String, looksAtResources: Bool = true) throws(StoreOpeningError) -> [String] {
        guard FileSystem.kind(of: path) == .file else { throw StoreOpeningError("there is no database file \(path)") }
        guard FileSystem.isReadable(path) else { throw StoreOpeningError("\(path) cannot be read: its permissions forbid it") }
        do throws(SQLiteError) {
            let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
            try database.beginReading()
            var findings = try fileFindings(database)
            // Tables that are damaged, or not ours, tell nothing more.
            guard findings.isEmpty else { return findings }
            findings += migrationFindings(path, database)
            guard findings.isEmpty else { return findings }
            findings += try logFindings(database)
            if looksAtResources {
                for kind in Kind.allCases { findings += try resourceFindings(of: kind, database) }
                findings += try articleFindings(database)
                if findings.isEmpty { findings += try ZoneRenewal(database: database).findings() }
                if findings.isEmpty {
                    var replay = LogReplay(database)
                    try replay.run()
                    findings = replay.findings
                }
                if findings.isEmpty {
                    findings += try PastCheck.findings(database) + MergeCheck.findings(database) + ReviewCheck.findings(database)
                    findings += try ConflictCheck.findings(database) + ChangeCheck.findings(database)
                }
                findings += try SearchCheck.findings(database)
            }
            try database.commit()
            try database.close()
            return findings
        } catch {
            guard !unopened.contains(error.code.primary) else { throw refusal(path, error) }
            return [StoreOpeningError(opening: path, error).message]
        }
    }

    /// What says nothing of the file's content.
    private static let unopened: Set<ResultCode> = [
        .cannotOpen, .permission, .readOnly, .busy, .locked, .full, .outOfMemory, .interrupted,
    ]

    private static func refusal(_ path: String, _ error: SQLiteError) -> StoreOpeningError {
        switch error.code.primary {
        case .cannotOpen, .permission, .readOnly:
            StoreOpeningError(
                "\(path) cannot be looked at: SQLite keeps files beside it, and its folder may not be written; check a copy elsewhere")
        default: StoreOpeningError(opening: path, error)
        }
    }

    private static func fileFindings(_ database: Database) throws(SQLiteError) -> [String] {
        guard try database.first(.applicationID) == Migrator.applicationID else {
            return ["the file is not one of this program's (its application_id is another)"]
        }
        let integrity = try database.all(.integrity).filter { $0 != "ok" }.map { "integrity_check: \($0)" }
        return try integrity + database.all(.brokenReferences)
    }

    private static func migrationFindings(_ path: String, _ database: Database) -> [String] {
        do throws(StoreOpeningError) {
            try Migrator(path: path, migrations: .embedded()).inspect(database)
            return []
        } catch {
            return [error.message]
        }
    }

    private static func logFindings(_ database: Database) throws(SQLiteError) -> [String] {
        try database.all(.logGaps) + database.all(.versionGaps) + database.all(.backwardClocks)
    }

    /// The newest row of the log says of each resource what its table says.
    private static func resourceFindings(of kind: Kind, _ database: Database) throws(SQLiteError) -> [String] {
        let findings = Query<String>(SQL(assembled: comparison(of: kind))) { row throws(SQLiteError) in
            let id = row.text(0)
            guard !row.isNull(1) else { return "\(id) is in the table \(kind.rawValue), but not in the log" }
            guard row.text(3) != "deleted" else { return "\(id) is in the table \(kind.rawValue), but deleted in the log" }
            return "\(id) has version \(row.integer(2)) in the table \(kind.rawValue), and version \(row.integer(1)) in the log"
        }
        let missing = Query<String>(SQL(assembled: absences(of: kind))) { row throws(SQLiteError) in
            "\(row.text(0)) is in the log, but not in the table \(kind.rawValue)"
        }
        return try database.all(findings) + database.all(missing)
    }

    private static func comparison(of kind: Kind) -> String {
        let slug = kind.hasSlugs ? "r.slug" : Statement.slug(of: "r.id")
        return """
            SELECT r.id, l.version, r.version, l.operation
            FROM \(kind.rawValue) AS r
            LEFT JOIN log AS l ON l.id = r.id AND l.version = (SELECT max(version) FROM log WHERE id = r.id)
            WHERE l.version IS NOT r.version OR l.slug IS NOT \(slug) OR l.recorded_at_ms IS NOT r.updated_at_ms
                OR l.kind IS NOT '\(kind.rawValue)' OR l.operation = 'deleted'
            LIMIT 100
            """
    }

    private static func absences(of kind: Kind) -> String {
        """
        SELECT l.id
        FROM log AS l
        WHERE l.kind = '\(kind.rawValue)' AND l.operation <> 'deleted'
            AND l.version = (SELECT max(version) FROM log WHERE id = l.id)
            AND NOT EXISTS (SELECT 1 FROM \(kind.rawValue) AS r WHERE r.id = l.id)
        LIMIT 100
        """
    }

    /// What articles point at carries their published_at, and corrections their section.
    private static func articleFindings(_ database: Database) throws(SQLiteError) -> [String] {
        var findings: [String] = []
        for part in ["tag", "place", "author", "person", "organization", "event"] {
            let strays = """
                SELECT article.id
                FROM article_\(part) AS part
                CROSS JOIN article ON article.key = part.article_key
                WHERE part.published_at_ms IS NOT article.published_at_ms
                LIMIT 100
                """
            findings += try database.all(
                Query<String>(SQL(assembled: strays)) { row throws(SQLiteError) in
                    "\(row.text(0)) has another published_at in the table article_\(part)"
                })
        }
        return try findings + database.all(.strayCorrections)
    }
}

extension Query<String> {
    fileprivate static let strayCorrections = Query(
        """
        SELECT article.id
        FROM article_correction
        CROSS JOIN article ON article.key = article_correction.article_key
        WHERE article_correction.section IS NOT article.section
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "\(row.text(0)) has another section in the table article_correction" }

    fileprivate static let integrity = Query("PRAGMA integrity_check") { row throws(SQLiteError) in row.text(0) }

    fileprivate static let brokenReferences = Query("PRAGMA foreign_key_check") { row throws(SQLiteError) in
        "foreign_key_check: row \(row.integer(1)) of \(row.text(0)) points at nothing in \(row.text(2))"
    }

    fileprivate static let logGaps = Query(
        """
        SELECT count(*), min(seq), max(seq)
        FROM log
        HAVING count(*) > 0 AND (min(seq) <> 1 OR max(seq) <> count(*))
        """
    ) { row throws(SQLiteError) in "the log has \(row.integer(0)) rows, numbered \(row.integer(1)) to \(row.integer(2))" }

    fileprivate static let versionGaps = Query(
        """
        SELECT id, count(*), min(version), max(version)
        FROM log
        GROUP BY id
        HAVING min(version) <> 1 OR max(version) <> count(*)
        LIMIT 100
        """
    ) { row throws(SQLiteError) in
        "\(row.text(0)) has \(row.integer(1)) rows in the log, of versions \(row.integer(2)) to \(row.integer(3))"
    }

    fileprivate static let backwardClocks = Query(
        """
        SELECT seq
        FROM (SELECT seq, recorded_at_ms, lag(recorded_at_ms) OVER (ORDER BY seq) AS earlier_ms FROM log)
        WHERE recorded_at_ms < earlier_ms
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "row \(row.integer(0)) of the log was recorded before the row in front of it" }
}
