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
        let plan = try ListPlan(query, for: .newsroom, at: now)
        do {
            if let instant = query.asOf { return try PastList(query, asOf: instant, for: .newsroom, at: now).page(from: database) }
            return try plan.page(from: database)
        } catch {
            throw StoreError(any: error)
        }
    }
}
