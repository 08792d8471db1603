import Newsroom
import SQLite

// What an export tells of merges and distinctions.
extension SQLiteSnapshot {
    func merged(before sequence: Int64?, limit: Int) throws(StoreError) -> [MergedResource<Person>] { try read(sequence, limit) }
    func merged(before sequence: Int64?, limit: Int) throws(StoreError) -> [MergedResource<Organization>] { try read(sequence, limit) }
    func merged(before sequence: Int64?, limit: Int) throws(StoreError) -> [MergedResource<Event>] { try read(sequence, limit) }
    func differentPairs() throws(StoreError) -> [DifferentPair<Person>] { try readPairs() }
    func differentPairs() throws(StoreError) -> [DifferentPair<Organization>] { try readPairs() }
    func differentPairs() throws(StoreError) -> [DifferentPair<Event>] { try readPairs() }

    private func read<R: HistoricResource>(_ sequence: Int64?, _ limit: Int) throws(StoreError) -> [MergedResource<R>] {
        do {
            let text = """
                SELECT log.seq, log.into_id, log.id, log.version - 1
                FROM log INDEXED BY log_of_merges
                CROSS JOIN \(R.table)_merged AS merged ON merged.id = log.id
                WHERE log.judgement = 'merged' AND log.operation = 'deleted' AND log.seq < $1
                    AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.id = log.id AND later.version = log.version + 1)
                ORDER BY log.seq DESC
                LIMIT $2
                """
            let query = Query<(Int64, String, String, Int64)>(SQL(assembled: text)) { row throws(SQLiteError) in
                (row.integer(0), row.text(1), row.text(2), row.integer(3))
            }
            let ends = try database.all(query) {
                $0.add(sequence ?? .max)
                $0.add(limit)
            }
            return try ends.compactMap { end in
                let logged: LoggedVersion<R>? = try database.first(LoggedVersion<R>.query) {
                    $0.add(end.2)
                    $0.add(end.3)
                }
                guard let was = logged?.resource, let into = ID<R>(end.1) else { return nil }
                let known = R(record: was.record, draft: was.draft.withoutReferences, captions: Captions())
                return MergedResource(resource: known, into: into, sequence: end.0)
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
