import Newsroom
import SQLite

// What an export tells of merges and distinctions.
extension SQLiteSnapshot {
    func merged(after id: ID<Person>?, limit: Int) throws(StoreError) -> [MergedResource<Person>] { try read(id, limit) }
    func merged(after id: ID<Organization>?, limit: Int) throws(StoreError) -> [MergedResource<Organization>] { try read(id, limit) }
    func merged(after id: ID<Event>?, limit: Int) throws(StoreError) -> [MergedResource<Event>] { try read(id, limit) }
    func differentPairs() throws(StoreError) -> [DifferentPair<Person>] { try readPairs() }
    func differentPairs() throws(StoreError) -> [DifferentPair<Organization>] { try readPairs() }
    func differentPairs() throws(StoreError) -> [DifferentPair<Event>] { try readPairs() }

    private func read<R: HistoricResource>(_ id: ID<R>?, _ limit: Int) throws(StoreError) -> [MergedResource<R>] {
        do {
            let text = "SELECT id FROM \(R.table)_merged WHERE id > $1 ORDER BY id LIMIT $2"
            let ids = try database.all(Query<String>(SQL(assembled: text)) { row throws(SQLiteError) in row.text(0) }) {
                $0.add(id?.text ?? "")
                $0.add(limit)
            }
            return try ids.compactMap { id in
                guard let end = try database.first(.newestOfID, { $0.add(id) }), let into = end.mergedInto.flatMap({ ID<R>($0) }) else {
                    return nil
                }
                let logged: LoggedVersion<R>? = try database.first(LoggedVersion<R>.query) {
                    $0.add(id)
                    $0.add(end.version - 1)
                }
                guard let was = logged?.resource else { return nil }
                let known = R(record: was.record, draft: was.draft.withoutReferences, captions: Captions())
                return MergedResource(resource: known, into: into)
            }
        } catch {
            throw StoreError(any: error)
        }
    }

    private func readPairs<R: HistoricResource>() throws(StoreError) -> [DifferentPair<R>] {
        do {
            let text = """
                SELECT one.id, other.id
                FROM \(R.table)_distinction AS pair
                CROSS JOIN \(R.table) AS one ON one.key = pair.one_key
                CROSS JOIN \(R.table) AS other ON other.key = pair.other_key
                """
            let query = Query<DifferentPair<R>>(SQL(assembled: text)) { row throws(SQLiteError) in
                DifferentPair(one: try row.id(0, "id"), other: try row.id(1, "id"))
            }
            return try database.all(query)
        } catch {
            throw StoreError(any: error)
        }
    }
}
