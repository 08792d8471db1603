import Newsroom
import SQLite

// What an export tells of the newsroom's own work: how conflicts were settled, what is to be looked at again, who sources are.
extension SQLiteSnapshot {
    func resolutions() throws(StoreError) -> [RecordedResolution] {
        do {
            return try database.all(.allResolutions).map { stored in
                var stored = stored
                try stored.addParts(from: database)
                stored.resolution.basis = try stored.resolution.basis.filter(isThere)
                stored.resolution.settled = try stored.resolution.settled.filter { try isThere($0.key) }
                return stored.recorded
            }
        } catch {
            throw StoreError(any: error)
        }
    }

    private func isThere(_ statement: ID<Statement>) throws -> Bool {
        try database.first(Statement.queries.keyByID) { $0.add(statement.text) } != nil
    }

    func reviews(after id: ReviewID?, limit: Int) throws(StoreError) -> [RecordedReview] {
        do throws(SQLiteError) {
            let kept = try database.all(.reviewsAfter) {
                $0.add(id?.text)
                $0.add(limit)
            }
            return kept.map(\.review)
        } catch {
            throw StoreError(error)
        }
    }

    func sourceNotes() throws(StoreError) -> [SourceNote] {
        do throws(SQLiteError) { return try database.all(.sourceNotes) } catch { throw StoreError(error) }
    }
}
