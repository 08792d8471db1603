import Newsroom
import SQLite

/// The keys of what a draft refers to.
struct ReferenceKeys {
    private struct Name: Hashable {
        let kind: Kind
        let ulid: ULID
    }

    private var keys: [Name: Int64] = [:]

    mutating func add<R>(_ key: Int64, of id: ID<R>) {
        keys[Name(kind: R.kind, ulid: id.ulid)] = key
    }

    /// - Throws: `undecodable` for a reference that was not resolved.
    func key<R>(of reference: Reference<R>) throws(SQLiteError) -> Int64 {
        guard case .id(let id) = reference, let key = keys[Name(kind: R.kind, ulid: id.ulid)] else {
            throw .undecodable("a reference to a kind of \(R.kind.rawValue)")
        }
        return key
    }
}

/// Looks up what the references of a draft point at.
struct ReferenceResolver {
    private let targets: RememberedTargets
    let database: Database
    /// For what gets its id by being mentioned.
    let makeULID: () -> ULID
    private(set) var keys = ReferenceKeys()
    private(set) var failures: [MemberFailure] = []

    init(_ targets: RememberedTargets, _ database: Database, makeULID: @escaping () -> ULID) {
        self.targets = targets
        self.database = database
        self.makeULID = makeULID
    }

    mutating func fail(_ path: String, _ rule: MemberFailure.Rule, _ message: String) {
        failures.append(MemberFailure(path: path, rule: rule, message: message))
    }

    func isKnown<R: StoredResource>(_ reference: Reference<R>) throws(SQLiteError) -> Bool {
        try targets.target(of: reference) != nil
    }

    /// Makes it a reference by id, or a failure where there is no such target.
    mutating func resolve<R: StoredResource>(_ reference: inout Reference<R>, at path: @autoclosure () -> String) throws(SQLiteError) {
        guard let target = try targets.target(of: reference) else {
            let message = "names no \(R.kind.rawValue): none has this \(reference.word)"
            failures.append(MemberFailure(path: path(), rule: .unknownReference, message: message))
            return
        }
        reference = .id(target.id)
        keys.add(target.key, of: target.id)
    }

    mutating func resolve<R: StoredResource>(_ references: inout [RoleReference<R>], at path: String) throws(SQLiteError) {
        for index in references.indices { try resolve(&references[index].target, at: "\(path)/\(index)") }
    }
}

extension Reference {
    fileprivate var word: String {
        switch self {
        case .id: "id"
        case .slug: "slug"
        case .externalID: "external id"
        }
    }
}
