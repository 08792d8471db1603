import Newsroom
import SQLite

/// What belongs to what, as stored.
struct Lineage {
    private let parent: Query<String>
    private let database: Database

    /// `parent` answers the id of the parent of the resource whose id is its one value.
    init(_ parent: Query<String>, in database: Database) {
        self.parent = parent
        self.database = database
    }

    /// Whether a resource would belong to itself if it were given a parent, by the rule of `Hierarchy`.
    func wouldClose<R: Resource>(adding newParent: ID<R>, to id: ID<R>) throws(SQLiteError) -> Bool {
        var failure: SQLiteError?
        let cycle = Hierarchy.cycle(adding: newParent, to: id) { child in
            do throws(SQLiteError) {
                return try database.first(parent) { $0.add(child.text) }.flatMap { ID($0) }
            } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
        return cycle != nil
    }
}
