import Documents
import Newsroom
import SQLite

extension WriteSession {
    /// Appends the row of a write, keeps what the resource is shown as, and tells what it changes for everybody. The document has the
    /// references by id alone: what their targets are called is in their own rows.
    ///
    /// - Parameters:
    ///   - former: the version that ends with it; nil where there is none.
    ///   - key: the number of the resource's row, which as-of lists order equals by.
    ///   - judgement: what the row is a part of.
    func appendToLog<R: HistoricResource>(
        _ operation: LogOperation, _ resource: R, after former: R?, key: Int64, by actor: Actor, note: String? = nil,
        _ judgement: LogJudgement? = nil
    ) throws(SQLiteError) {
        let document = operation == .deleted ? nil : R.Document.logged(resource)
        // What was never public does not become so by being deleted: its end is no news to anybody.
        let publicFrom = R.publicFromMilliseconds(resource.draft).flatMap { operation == .deleted && $0 > now.milliseconds ? nil : $0 }
        // What is new changes nothing that is known of others.
        if R.kind != .article, operation != .created { targets.forget() }
        let sequence = takeSequence()
        try database.run(.insertLogRow) {
            $0.add(sequence)
            $0.add(R.kind.rawValue)
            $0.add(resource.record.id.text)
            $0.add(resource.record.slug.text)
            $0.add(resource.record.version)
            $0.add(operation.rawValue)
            $0.add(actor.name)
            $0.add(now.milliseconds)
            $0.add(publicFrom)
            $0.add(note)
            if let document { $0.add(utf8: document) } else { $0.addNull() }
            $0.add(key)
            $0.add(judgement?.verdict.rawValue)
            $0.add(judgement?.from)
            $0.add(judgement?.into)
        }
        if let document { try R.keepRendering(of: resource, key: key, document.span, in: self) }
        if R.kind != .article { showing.noteChange(of: resource.record.id, at: sequence) }
        if let former { try R.keepPast(former, key: key, until: sequence, in: database) }
        try tellPublicChange(operation, resource, after: former, key: key, at: sequence, by: actor)
    }
}

extension SQL {
    fileprivate static let insertLogRow = SQL(
        """
        INSERT INTO log (
            seq, kind, id, slug, version, operation, actor, recorded_at_ms, public_from_ms, note, document, key, judgement, from_id, into_id
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """)
}

extension StoredResource {
    /// Why a resource is not there for somebody: `merged` where another one stands for it that the viewer may see, `gone` where it was
    /// deleted and the viewer might have seen it, else `notFound`.
    ///
    /// What has a slug by now and is hidden from the viewer is none to him: what had the slug before is gone as it was.
    static func absence(
        of key: ResourceKey<Self>, to viewer: Viewer, at now: Instant, in database: Database
    ) throws(SQLiteError) -> StoreError {
        if let survivor = try survivor(of: key, to: viewer, at: now, in: database) { return .merged(into: survivor.text) }
        switch key {
        case .id(let id):
            guard let newest = try database.first(.newestOfID, { $0.add(id.text) }), newest.isDeletion else { return .notFound }
            return viewer.isOfNewsroom || newest.isPublic(at: now) ? .gone : .notFound
        case .slug(let slug):
            return try deletion(at: slug, publicBy: viewer.isOfNewsroom ? nil : now, in: database) == nil ? .notFound : .gone
        }
    }

    /// The newest deletion at an address that nothing has undone.
    ///
    /// - Parameters:
    ///   - sequence: the number of the last row of the log that counts.
    ///   - instant: by which everybody might have seen what was deleted; nil: of whatever was.
    static func deletion(
        at slug: Slug, upTo sequence: Int64 = .max, publicBy instant: Instant?, in database: Database
    ) throws(SQLiteError) -> LogRow? {
        try database.first(.deletionOfSlug) {
            $0.add(kind.rawValue)
            $0.add(slug.text)
            $0.add(sequence)
            $0.add(instant == nil)
            $0.add(instant?.milliseconds ?? 0)
        }
    }
}
