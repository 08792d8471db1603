import Newsroom
import SQLite

// The past of one kind, from the log. All of it runs on the reader threads.
extension SQLiteResourceStore {
    func revisions(
        of key: ResourceKey<R>, _ query: RevisionQuery, as viewer: Viewer
    ) async throws(StoreError) -> RevisionPage<R> {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            let newest = try R.newestRow(of: key, to: viewer, at: now, in: database)
            return try Revisions<R>(newest, for: viewer, at: now, in: database).page(query)
        }
    }

    func versions(
        _ versions: [Int], of key: ResourceKey<R>, as viewer: Viewer
    ) async throws(StoreError) -> [PastVersion<R>?] {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            let newest = try R.newestRow(of: key, to: viewer, at: now, in: database)
            let revisions = try Revisions<R>(newest, for: viewer, at: now, in: database)
            return try versions.map { try revisions.version($0) }
        }
    }

    func find(_ key: ResourceKey<R>, as viewer: Viewer, asOf instant: Instant) async throws(StoreError) -> R {
        let now = engine.now()
        guard instant <= now else { throw .aheadOfTime }
        return try await engine.readers.longQueries.read { database in
            let moment = try PastMoment(at: instant, in: database)
            var captions = PastCaptions(moment, for: viewer)
            let version = try R.version(key, as: viewer, asOf: moment, now: now, &captions)
            return try Reviews(for: viewer, asOf: moment, in: database).added(to: version)
        }
    }

    func page(_ query: ListQuery<R>, asOf instant: Instant, as viewer: Viewer) async throws(StoreError) -> Page<R> {
        let now = engine.now()
        guard instant <= now else { throw .aheadOfTime }
        let list = try PastList(query, by: Sight(of: viewer, asOf: instant, at: now))
        return try await engine.readers.longQueries.read { database in
            let moment = try PastMoment(at: instant, in: database)
            return try Reviews(for: viewer, asOf: moment, in: database).added(to: list.page(from: database))
        }
    }

    func facets(_ query: FacetQuery<R>, asOf instant: Instant, as viewer: Viewer) async throws(StoreError) -> [Facet<R>] {
        let now = engine.now()
        guard instant <= now else { throw .aheadOfTime }
        let counting = try PastFacets(query, by: Sight(of: viewer, asOf: instant, at: now))
        return try await engine.readers.longQueries.read { database in try counting.facets(from: database) }
    }
}

extension HistoricResource {
    /// What a key named at an instant, as it was then.
    ///
    /// - Throws: `notFound`, also for what the viewer could not see then or may not now; `gone` for a deletion.
    static func version(
        _ key: ResourceKey<Self>, as viewer: Viewer, asOf moment: PastMoment, now: Instant, _ captions: inout PastCaptions
    ) throws -> Self {
        let row =
            switch key {
            case .id(let id): try moment.row(of: id.text)
            case .slug(let slug): try moment.row(of: slug, Self.self)
            }
        guard let row else { throw StoreError.notFound }
        do {
            return try version(row, as: viewer, asOf: moment, now: now, &captions)
        } catch StoreError.notFound {
            // What had the address and is hidden does not stand before what was there, as in `absence`.
            guard viewer == .anonymous, case .slug(let slug) = key,
                let deletion = try deletion(at: slug, upTo: moment.sequence, publicBy: moment.instant, in: moment.database)
            else { throw StoreError.notFound }
            return try version(deletion, as: viewer, asOf: moment, now: now, &captions)
        }
    }

    /// A version that was the newest at an instant, as it was then.
    ///
    /// - Throws: `notFound`, also for what the viewer could not see then or may not now; `gone` for a deletion.
    static func version(
        _ row: LogRow, as viewer: Viewer, asOf moment: PastMoment, now: Instant, _ captions: inout PastCaptions
    ) throws -> Self {
        let database = moment.database
        guard let id = ID<Self>(row.id) else { throw StoreError.notFound }
        if viewer == .anonymous {
            do {
                _ = try newestRow(of: .id(id), to: viewer, at: now, in: database)
            } catch StoreError.merged {
                // What it was then lives on in another one.
            }
            guard row.isPublic(at: moment.instant), try row.isDeletion || moment.couldSee(row, of: Self.self) else {
                throw StoreError.notFound
            }
        }
        guard !row.isDeletion else { throw row.absence }
        let version: LoggedVersion<Self>? = try database.first(LoggedVersion<Self>.bySequence) { $0.add(row.sequence) }
        guard let resource = version?.resource else { throw StoreError.notFound }
        return try view(by: [], at: moment.instant, in: database)(resource.captioned(by: &captions)).seen(by: viewer, at: now)
    }
}

extension StoredResource {
    /// The newest row of the log about a resource; of what was deleted that of its deletion.
    ///
    /// - Throws: `notFound`, also where the viewer may not see it; `gone` or `merged` for what is no more, to those who might have seen it.
    static func newestRow(of key: ResourceKey<Self>, to viewer: Viewer, at now: Instant, in database: Database) throws -> LogRow {
        guard let row = try newestRow(of: key, in: database) else { throw StoreError.notFound }
        guard viewer == .anonymous else { return row }
        guard row.isPublic(at: now), !row.isDeletion else { throw try absence(of: key, to: viewer, at: now, in: database) }
        return row
    }

    static func newestRow(of key: ResourceKey<Self>, in database: Database) throws(SQLiteError) -> LogRow? {
        switch key {
        case .id(let id): return try database.first(.newestOfID) { $0.add(id.text) }
        case .slug(let slug):
            if let target = try database.first(queries.targetBySlug, { $0.add(slug.text) }) {
                return try database.first(.newestOfID) { $0.add(target.id.text) }
            }
            return try deletion(at: slug, publicBy: nil, in: database)
        }
    }
}
