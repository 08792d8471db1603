import Newsroom
import SQLite

/// What one read transaction sees.
struct SQLiteSnapshot: NewsroomSnapshot {
    let database: Database
    let now: Instant

    func page(_ query: ListQuery<Article>) throws(StoreError) -> Page<Article> { try read(query) }
    func page(_ query: ListQuery<Person>) throws(StoreError) -> Page<Person> { try read(query) }
    func page(_ query: ListQuery<Organization>) throws(StoreError) -> Page<Organization> { try read(query) }
    func page(_ query: ListQuery<Event>) throws(StoreError) -> Page<Event> { try read(query) }
    func page(_ query: ListQuery<Statement>) throws(StoreError) -> Page<Statement> { try read(query) }

    private func read<R: HistoricResource>(_ query: ListQuery<R>) throws(StoreError) -> Page<R> {
        if let instant = query.asOf, instant > now { throw .aheadOfTime }
        let sight = Sight(of: .newsroom, asOf: query.asOf ?? now, at: now)
        do {
            guard query.asOf == nil else { return try PastList(query, by: sight).page(from: database) }
            return try ListPlan(query, by: sight).page(from: database)
        } catch {
            throw StoreError(any: error)
        }
    }
}
