import Newsroom
import SQLite

// The kinds of which two can be made one, and what stands in the way of that in their hierarchies.

extension Person {
    static var isMergeable: Bool { true }
}

extension Organization {
    static var isMergeable: Bool { true }

    static func mergeFailure(
        of from: Stored<Organization>, into survivor: Stored<Organization>, in database: Database
    ) throws(SQLiteError) -> MemberFailure? {
        try hierarchyFailure(merging: from, into: survivor, above: \.parent, in: database)
    }
}

extension Event {
    static var isMergeable: Bool { true }

    static func mergeFailure(
        of from: Stored<Event>, into survivor: Stored<Event>, in database: Database
    ) throws(SQLiteError) -> MemberFailure? {
        if let failure = try hierarchyFailure(merging: from, into: survivor, above: \.partOf, in: database) { return failure }
        let graph = CauseGraph(database)
        for (one, other) in [(from, survivor), (survivor, from)] {
            // What led to one of them without the other, and to which the other led.
            let causes = one.resource.draft.causes.filter { $0.event != .id(other.resource.record.id) }
            guard try graph.failure(adding: causes, after: [], to: other.resource.record.id) == nil else {
                return .conflict("/from", "led to what led to the other, or came of it: an event would come to be among its own causes")
            }
        }
        return nil
    }
}

extension StoredResource {
    /// What is wrong where one of the two is above the other with something between them; where they touch, the edge goes.
    fileprivate static func hierarchyFailure(
        merging from: Stored<Self>, into survivor: Stored<Self>, above parent: (Draft) -> Reference<Self>?, in database: Database
    ) throws(SQLiteError) -> MemberFailure? {
        var next = parent(survivor.resource.draft)
        if next == .id(from.resource.record.id) { return nil }
        for _ in 0..<Hierarchy.depthMax {
            guard case .id(let id)? = next else { return nil }
            if id == from.resource.record.id {
                return .conflict(
                    "/from", "stands above the survivor, with \(kind.indefiniteOther) between them that would come to belong to itself")
            }
            guard let above = try stored(.id(id), in: database) else { return nil }
            next = parent(above.resource.draft)
        }
        return nil
    }
}

extension MemberFailure {
    static func conflict(_ path: String, _ message: String) -> MemberFailure {
        MemberFailure(path: path, rule: .conflict, message: message)
    }
}

extension Kind {
    fileprivate var indefiniteOther: String { "another \(rawValue)" }
}
