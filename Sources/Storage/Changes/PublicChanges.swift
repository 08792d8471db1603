import Documents
import Newsroom
import SQLite

// What a write changes for everybody is told beside its row of the log, in the same transaction: a reader of the feed who compared for
// himself would find another thing at another time. What comes with no write of its own has a row of the kind `visibility`, so that it has
// a number: no version, and nothing that is read of the past.
extension WriteSession {
    /// Tells what a row of the log that was just appended changes for everybody.
    ///
    /// - Parameters:
    ///   - resource: of a deletion the one that was deleted.
    ///   - former: the version that ends with it; nil where there is none.
    ///   - key: the number of the resource's row.
    func tellPublicChange<R: HistoricResource>(
        _ operation: LogOperation, _ resource: R, after former: R?, key: Int64, at sequence: Int64, by actor: Actor
    ) throws(SQLiteError) {
        let wasPublic = if let former { try isPublic(former) } else { false }
        let isPublic = if operation == .deleted { false } else { try isPublic(resource) }
        let change = PublicChange(wasPublic: wasPublic, isPublic: isPublic)
        if let change { try tell(change, of: Subject(resource), at: sequence) }
        try R.followPublication(
            of: key, from: former?.draft, to: operation == .deleted ? nil : resource.draft, change, by: actor, in: self)
    }

    private func isPublic<R: HistoricResource>(_ resource: R) throws(SQLiteError) -> Bool {
        try Viewer.anonymous.maySee(what: R.publicFrom(resource.draft, in: database), at: now)
    }

    /// Tells that everybody sees a resource, or sees it no longer, though it is not written.
    func tellVisibility(_ change: PublicChange, of subject: Subject, by actor: Actor) throws(SQLiteError) {
        let sequence = takeSequence()
        try database.run(.insertVisibilityLogRow) {
            $0.add(sequence)
            $0.add("vis_" + newULID().text)
            $0.add(actor.name)
            $0.add(now.milliseconds)
            $0.add(utf8: LoggedVisibility(change, of: subject.id, version: subject.version).document)
        }
        try tell(change, of: subject, at: sequence)
    }

    private func tell(_ change: PublicChange, of subject: Subject, at sequence: Int64) throws(SQLiteError) {
        try database.run(.insertPublicChange) {
            $0.add(sequence)
            $0.add(subject.kind.rawValue)
            $0.add(subject.id)
            $0.add(subject.version)
            $0.add(change.rawValue)
        }
    }
}

extension PublicChange {
    /// In SQL whether everybody could see a resource when a row of the log was written, by what they were told last up to there; NULL where
    /// they were told nothing.
    ///
    /// - Parameters:
    ///   - id: what the statement calls the resource's id.
    ///   - sequence: the same of the row's number.
    static func wasPublic(_ id: String, by sequence: String) -> String {
        """
        (SELECT told.change <> 'deleted' FROM public_change AS told WHERE told.id = \(id) AND told.seq <= \(sequence) \
        ORDER BY told.seq DESC LIMIT 1)
        """
    }
}

/// What a change is of: a resource in one version.
struct Subject: Sendable {
    let kind: Kind
    let id: String
    let version: Int

    init(_ kind: Kind, id: String, version: Int) {
        self.kind = kind
        self.id = id
        self.version = version
    }

    init<R: Resource>(_ resource: R) {
        self.init(R.kind, id: resource.record.id.text, version: resource.record.version)
    }
}

extension SQL {
    /// The slug of a row that has none is its id.
    fileprivate static let insertVisibilityLogRow = SQL(
        """
        INSERT INTO log (seq, kind, id, slug, version, operation, actor, recorded_at_ms, public_from_ms, document, key)
        VALUES ($1, 'visibility', $2, $2, 1, 'created', $3, $4, NULL, $5, $1)
        """)

    fileprivate static let insertPublicChange = SQL(
        """
        INSERT INTO public_change (seq, kind, id, version, change)
        VALUES ($1, $2, $3, $4, $5)
        """)
}
