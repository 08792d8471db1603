import Documents
import JSON
import Newsroom
import SQLite

/// The resources of one kind.
struct SQLiteResourceStore<R: HistoricResource>: ResourceStore {
    let engine: Engine

    init(_ engine: Engine) {
        self.engine = engine
    }

    func find(_ key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> R {
        let now = engine.now()
        return try engine.readers.pool.read { database in
            guard let stored = try R.stored(key, in: database), R.isVisible(stored.resource, to: viewer, at: now) else {
                throw try R.absence(of: key, to: viewer, at: now, in: database)
            }
            let resource = try R.view(by: [], at: now, in: database)(stored.resource).seen(by: viewer, at: now)
            return try Reviews(for: viewer, in: database).added(to: resource)
        }
    }

    func page(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> Page<R> {
        if let instant = query.asOf { return try await page(query, asOf: instant, as: viewer) }
        if query.search != nil { return try await foundPage(query, as: viewer) }
        let plan = try ListPlan(query, by: Sight(of: viewer, at: engine.now()))
        guard plan.isCheap else {
            return try await engine.readers.longQueries.read { database in
                try Reviews(for: viewer, in: database).added(to: plan.page(from: database))
            }
        }
        return try engine.readers.pool.read { database in try Reviews(for: viewer, in: database).added(to: plan.page(from: database)) }
    }

    func facets(_ query: FacetQuery<R>, as viewer: Viewer) async throws(StoreError) -> [Facet<R>] {
        if let instant = query.asOf { return try await facets(query, asOf: instant, as: viewer) }
        if query.search != nil { _ = await engine.bringIndex() }
        let counting = try FacetCounting(query, by: Sight(of: viewer, at: engine.now()))
        return try await engine.readers.longQueries.read { database in try counting.facets(from: database) }
    }

    func renderingAtOnce(_ key: ResourceKey<R>, as viewer: Viewer) throws(StoreError) -> Rendering? {
        guard R.hasKeptRenderings else { return nil }
        let now = engine.now()
        return try engine.readers.pool.read { database, showing in
            let kept = try R.keptRendering(key, to: viewer, at: now, from: database, showing)
            return try Reviews(for: viewer, in: database).unmarked(kept, as: R.kind)
        }
    }

    /// A page of what is looked for: every write that was answered before is in it, but where it says that the index is behind.
    private func foundPage(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> Page<R> {
        let wanted = await engine.bringIndex()
        let plan = try ListPlan(query, by: Sight(of: viewer, at: engine.now()))
        var page = try await engine.readers.longQueries.read { database in
            try Reviews(for: viewer, in: database).added(to: plan.page(from: database))
        }
        if let reached = page.search?.sequence { page.search?.isIndexComplete = reached >= wanted }
        return page
    }

    func rendering(_ key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> Rendering {
        let now = engine.now()
        let shown = try engine.readers.pool.read { database, showing in
            let shown =
                try R.keptRendering(key, to: viewer, at: now, from: database, showing)
                ?? R.rendering(key, to: viewer, at: now, from: database, showing)
            return try Reviews(for: viewer, in: database).unmarked(shown, as: R.kind)
        }
        if let shown { return shown }
        let resource = try await find(key, as: viewer)
        var writer = JSONWriter(reserving: 4_096)
        R.Document.write(resource, to: &writer, form: .wire, selecting: nil)
        return Rendering(version: resource.record.version, json: writer.finish())
    }

    func renderedPage(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> RenderedPage {
        guard query.asOf == nil, query.search == nil else { return RenderedPage(try await page(query, as: viewer)) }
        let plan = try ListPlan(query, by: Sight(of: viewer, at: engine.now()))
        guard plan.isCheap else {
            return try await engine.readers.longQueries.read { [state = engine.state] database in
                let page = try plan.renderedPage(from: database, Showing(reporting: state.staleRenderings))
                return try Reviews(for: viewer, in: database).added(to: page, of: R.kind)
            }
        }
        return try engine.readers.pool.read { database, showing in
            try Reviews(for: viewer, in: database).added(to: plan.renderedPage(from: database, showing), of: R.kind)
        }
    }

    func write(_ write: ResourceWrite<R>, by actor: Actor, on terms: WriteTerms<R>) async throws(StoreError) -> Written<R> {
        guard case .delete = write else {
            return try await self.write(by: actor, on: terms) { session in try session.perform(write, by: actor) }
        }
        // It is shown as it was, and no key is kept for it.
        return try await engine.writer.perform { session in
            guard terms.isRehearsal else { return .resource(try session.perform(write, by: actor).resource) }
            return .resource(try session.rehearse { try session.perform(write, by: actor).resource })
        }
    }

    /// Does the work once on its terms: not where its key has an answer, and not for good where it is a rehearsal.
    func write(
        by actor: Actor, on terms: WriteTerms<R>, _ work: @escaping @Sendable (WriteSession) throws -> Stored<R>
    ) async throws(StoreError) -> Written<R> {
        // Worked out here: the writer's thread has better to do than hashing bodies.
        let (claim, wantsRendering) = (terms.receipt.map { ReceiptClaim($0.key, of: actor) }, terms.wantsRendering)
        return try await engine.writer.perform { session in
            if let claim, let receipt = try session.receipt(for: claim) { return .receipt(receipt, isRepeated: true) }
            guard !terms.isRehearsal else {
                return try session.rehearse { try session.written(work(session), wantsRendering: wantsRendering) }
            }
            guard let claim, let make = terms.receipt?.make else {
                return try session.written(work(session), wantsRendering: wantsRendering)
            }
            let room = try session.roomForReceipt()
            let receipt = make(try session.shown(work(session).resource))
            try session.keep(receipt, for: claim, forgettingUpTo: room)
            return .receipt(receipt, isRepeated: false)
        }
    }
}
