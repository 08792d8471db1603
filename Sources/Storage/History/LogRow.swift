import Documents
import JSON
import Newsroom
import SQLite

/// A row of the log without its document.
struct LogRow: Sendable {
    let sequence: Int64
    let id: String
    let version: Int
    let operation: LogOperation
    let actor: String
    let recordedAt: Instant
    let publicFrom: Int64?
    let note: String?
    /// The number of the resource's row at that time.
    let key: Int64
    /// Of the end of what was merged: the id of what it was merged into.
    let mergedInto: String?

    /// In the order in which they are decoded, with the table before each: `log.seq, log.id`.
    static func columns(of table: String) -> String {
        let first = ["seq", "id", "version", "operation", "actor", "recorded_at_ms"].map { "\(table).\($0)" }
        return (first + [publicFrom] + ["note", "key", "judgement", "into_id"].map { "\(table).\($0)" }).joined(separator: ", ")
    }

    /// From when on everybody may see a version, in a SELECT from the log: as the log says, and of a statement as the article stands now
    /// that the version names as the one that reports it. That of a deletion is that of the version that was deleted; of a statement's, if
    /// everybody was told of it: else they could not see then what was deleted.
    static let publicFrom = """
        CASE WHEN log.kind <> 'statement' THEN log.public_from_ms
        WHEN log.operation <> 'deleted' OR EXISTS (SELECT 1 FROM public_change AS told WHERE told.seq = log.seq) THEN (
            SELECT \(Article.publicFromSQL) FROM article WHERE article.id = json_extract(coalesce(
                log.document,
                (SELECT former.document FROM log AS former WHERE former.id = log.id AND former.version = log.version - 1)
            ), '$.article.id')
        ) END
        """

    /// The same of the version that was the newest by a row of the log.
    static func publicFrom(of id: String, by sequence: String) -> String {
        "(SELECT \(publicFrom) FROM log WHERE log.id = \(id) AND log.seq <= \(sequence) ORDER BY log.version DESC LIMIT 1)"
    }

    static let columnCount: Int32 = 11

    init(_ row: borrowing Row) throws(SQLiteError) {
        sequence = row.integer(0)
        id = row.text(1)
        version = Int(row.integer(2))
        operation = try row.word(3, "log.operation")
        actor = row.text(4)
        recordedAt = row.instant(5)
        publicFrom = row.integerOrNil(6)
        note = row.textOrNil(7)
        key = row.integer(8)
        mergedInto = operation == .deleted && row.textOrNil(9) == LogJudgement.Verdict.merged.rawValue ? row.textOrNil(10) : nil
    }

    var isDeletion: Bool { operation == .deleted }

    /// What is said of a resource that ended with this row.
    var absence: StoreError { mergedInto.map { .merged(into: $0) } ?? .gone }

    /// Whether everybody may see this version at an instant, if it is the newest then.
    func isPublic(at instant: Instant) -> Bool { (publicFrom ?? .max) <= instant.milliseconds }

    var revision: Revision {
        Revision(version: version, operation: operation, actor: Actor(name: actor), recordedAt: recordedAt, note: note)
    }
}

extension StoredResource {
    /// The resource that a document of the log holds, its references without captions.
    static func resource(fromLog document: Span<UInt8>) throws(SQLiteError) -> Self {
        guard case .object(let object)? = try? JSONReader.read(document, limits: .ofOwnText),
            let record = Document.record(fromLog: object), var draft = Document.draft(fromLog: object)
        else { throw .undecodable("log.document") }
        draft.slug = record.slug
        return Self(record: record, draft: draft, captions: Captions())
    }
}

/// A row of the log with the resource that its document holds; nil for a deletion.
struct LoggedVersion<R: StoredResource>: Sendable {
    let row: LogRow
    let resource: R?

    init(_ row: borrowing Row) throws(SQLiteError) {
        self.row = try LogRow(row)
        guard !row.isNull(LogRow.columnCount) else {
            resource = nil
            return
        }
        resource = try row.withText(LogRow.columnCount) { document throws(SQLiteError) in try R.resource(fromLog: document) }
    }

    /// By id and version.
    static var query: Query<LoggedVersion> { Query(.loggedVersion, decode: LoggedVersion.init) }

    /// By the row's number.
    static var bySequence: Query<LoggedVersion> { Query(.loggedRow, decode: LoggedVersion.init) }
}

extension SQL {
    fileprivate static let loggedVersion = SQL(
        """
        SELECT \(LogRow.columns(of: "log")), log.document
        FROM log
        WHERE id = $1 AND version = $2
        """)

    fileprivate static let loggedRow = SQL(
        """
        SELECT \(LogRow.columns(of: "log")), log.document
        FROM log
        WHERE seq = $1
        """)
}

extension Query<LogRow> {
    static let newestOfID = Query(
        """
        SELECT \(LogRow.columns(of: "log"))
        FROM log
        WHERE id = $1
        ORDER BY version DESC
        LIMIT 1
        """, decode: LogRow.init)

    /// The newest of an id among the rows up to a number.
    static let newestOfIDUpTo = Query(
        """
        SELECT \(LogRow.columns(of: "log"))
        FROM log
        WHERE id = $1 AND seq <= $2
        ORDER BY version DESC
        LIMIT 1
        """, decode: LogRow.init)

    /// See `StoredResource.deletion(at:)`.
    static let deletionOfSlug = Query(
        """
        SELECT \(LogRow.columns(of: "log"))
        FROM log
        WHERE kind = $1 AND slug = $2 AND operation = 'deleted' AND seq <= $3
            AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.id = log.id AND later.version = log.version + 1 AND later.seq <= $3)
            AND ($4 OR \(LogRow.publicFrom) <= $5)
        ORDER BY seq DESC
        LIMIT 1
        """, decode: LogRow.init)
}
