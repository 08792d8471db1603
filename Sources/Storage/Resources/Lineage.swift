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

    /// What would be wrong if a resource were given a parent. One that it has already is not judged again.
    ///
    /// - Parameters:
    ///   - path: the member that names the parent.
    ///   - belongs: how that is said of this kind: `be part of`.
    func failure<R: Resource>(
        adding parent: Reference<R>?, after previous: Reference<R>?, to id: ID<R>, at path: String, _ belongs: String
    ) throws(SQLiteError) -> MemberFailure? {
        guard case .id(let newParent)? = parent, parent != previous else { return nil }
        var failure: SQLiteError?
        let fault = Hierarchy.fault(adding: newParent, to: id) { child in
            do throws(SQLiteError) {
                return try database.first(self.parent) { $0.add(child.text) }.flatMap { ID($0) }
            } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
        switch fault {
        case .cycle:
            return MemberFailure(
                path: path, rule: .invalidValue, message: "must not \(belongs) the \(R.kind.rawValue) itself, however far up")
        case .tooDeep:
            return MemberFailure(path: path, rule: .invalidValue, message: "has more than \(Hierarchy.depthMax) above it")
        case nil: return nil
        }
    }
}
