import Newsroom
import SQLite

/// Reads whole resources by their ids, as they are or as they were.
struct RelatedReading: Sendable {
    let ids: RelatedIDs
    /// As of which they are read; nil: now.
    let instant: Instant?
    let viewer: Viewer
    let now: Instant
    let byteCountMax: Int

    /// As many as an event loop may read itself: each takes some 20 µs.
    private static let cheapCountMax = 30

    var isCheap: Bool { instant == nil && ids.reporting.isEmpty && ids.count <= RelatedReading.cheapCountMax }

    func read(from database: Database) throws -> Related {
        let moment = try instant.map { instant throws(SQLiteError) in try PastMoment(at: instant, in: database) }
        var captions = moment.map { PastCaptions($0, for: viewer) }
        var related = Related()
        var byteCount = 0
        related.people = try read(ids.people, moment, &captions, from: database, &byteCount, &related.isComplete)
        related.organizations = try read(ids.organizations, moment, &captions, from: database, &byteCount, &related.isComplete)
        related.events = try read(ids.events, moment, &captions, from: database, &byteCount, &related.isComplete)
        related.articles = try read(ids.articles, moment, &captions, from: database, &byteCount, &related.isComplete)
        related.statements = try read(ids.statements, moment, &captions, from: database, &byteCount, &related.isComplete)
        related.statements += try reported(from: database, &byteCount, &related.isComplete)
        return related
    }

    /// What the articles report that are asked for it, in the order in which it was said.
    private func reported(from database: Database, _ byteCount: inout Int, _ isComplete: inout Bool) throws -> [Statement] {
        var statements: [Statement] = []
        for article in ids.reporting {
            let limit = min(RelatedReading.reportedCountMax, ids.countLeft - statements.count)
            guard byteCount < byteCountMax, limit > 0 else {
                isComplete = false
                break
            }
            let filter = Filter<Statement.FilterMember>(.article, .equal, [.id(article.text)])
            let query = ListQuery<Statement>(filters: [filter], sort: Sort(.saidAt), limit: limit, asOf: instant)
            let page = try page(query, from: database)
            if page.next != nil { isComplete = false }
            statements += page.items
            byteCount += page.items.reduce(0) { $0 + Statement.byteCount(of: $1) }
        }
        return statements
    }

    /// Of one article.
    private static let reportedCountMax = 200

    private func page(_ query: ListQuery<Statement>, from database: Database) throws -> Page<Statement> {
        guard let instant else { return try ListPlan(query, by: Sight(of: viewer, at: now)).page(from: database) }
        return try PastList(query, by: Sight(of: viewer, asOf: instant, at: now)).page(from: database)
    }

    private func read<R: HistoricResource>(
        _ ids: [ID<R>], _ moment: PastMoment?, _ captions: inout PastCaptions?, from database: Database, _ byteCount: inout Int,
        _ isComplete: inout Bool
    ) throws -> [R] {
        var resources: [R] = []
        resources.reserveCapacity(ids.count)
        for id in ids {
            guard byteCount < byteCountMax else {
                isComplete = false
                return resources
            }
            guard var resource = try resource(id, moment, &captions, from: database) else { continue }
            try Reviews(for: viewer, asOf: moment, in: database).add(to: &resource)
            resources.append(resource)
            byteCount += R.byteCount(of: resource)
        }
        return resources
    }

    /// Nil for what there is not, or what the viewer may not see.
    private func resource<R: HistoricResource>(
        _ id: ID<R>, _ moment: PastMoment?, _ captions: inout PastCaptions?, from database: Database
    ) throws -> R? {
        guard let moment, var then = captions.take() else {
            let view = try R.view(by: [], at: now, in: database)
            return try R.stored(.id(id), in: database)?.resource.visible(to: viewer, at: now).map(view)
        }
        defer { captions = then }
        guard let row = try moment.row(of: id.text) else { return nil }
        do {
            return try R.version(row, as: viewer, asOf: moment, now: now, &then)
        } catch StoreError.notFound, StoreError.gone {
            return nil
        }
    }
}

extension StoredResource {
    /// Nil where the viewer may not see it.
    fileprivate func visible(to viewer: Viewer, at now: Instant) -> Self? {
        Self.isVisible(self, to: viewer, at: now) ? seen(by: viewer, at: now) : nil
    }
}
