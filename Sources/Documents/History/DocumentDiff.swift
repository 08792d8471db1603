package import JSON
import Newsroom

/// What differs between two versions of a resource, as operations of a JSON Patch (RFC 6902) that lead from the one to the other.
///
/// It is about the members that a client can write, as a client writes them: references by id, without captions. Members without a value
/// are not there. Within a member that is an object each of its members is an operation of its own; lists are compared by index, what
/// they have in common at both ends left alone; everything deeper is replaced whole. The same two versions give the same operations.
package struct DocumentDiff: Sendable, Equatable {
    package struct Operation: Sendable, Equatable {
        package enum Kind: String, Sendable {
            case add, remove, replace
        }

        package var kind: Kind
        /// A JSON Pointer (RFC 6901).
        package var path: String
        /// The new value; nil for `remove`.
        package var value: JSONValue?
        /// The old value; nil for `add`.
        package var was: JSONValue?
    }

    package private(set) var operations: [Operation] = []

    /// - Parameters: the resource before and after; nil for one that is deleted, which has no members.
    package init<D: ResourceDocument>(from old: D.R?, to new: D.R?, of document: D.Type) {
        let (before, after) = (DocumentDiff.members(of: old, document), DocumentDiff.members(of: new, document))
        for name in D.memberNames where !DocumentDiff.serverOwned.contains(name) {
            compare(before[name], after[name], at: "/" + name, depth: 0)
        }
    }

    /// What a client cannot write.
    private static let serverOwned: Set<String> = [
        "id", "url", "version", "created_at", "updated_at", "word_count", "first_published_at", "hops",
    ]

    private static func members<D: ResourceDocument>(of resource: D.R?, _ document: D.Type) -> JSONObject {
        guard let resource, case .object(let object)? = try? JSONReader.read(D.logged(resource), limits: .ofOwnText) else {
            return JSONObject()
        }
        return object
    }

    private mutating func compare(_ old: JSONValue?, _ new: JSONValue?, at path: String, depth: Int) {
        switch (old, new) {
        case (nil, nil): return
        case (nil, let new?): operations.append(Operation(kind: .add, path: path, value: new))
        case (let old?, nil): operations.append(Operation(kind: .remove, path: path, was: old))
        case (.object(let old)?, .object(let new)?) where depth == 0: compare(old, new, at: path)
        case (.array(let old)?, .array(let new)?) where depth == 0: compare(old, new, at: path)
        case (let old?, let new?):
            guard !old.isIdentical(to: new) else { return }
            operations.append(Operation(kind: .replace, path: path, value: new, was: old))
        }
    }

    private mutating func compare(_ old: JSONObject, _ new: JSONObject, at path: String) {
        for (name, value) in old.members { compare(value, new[name], at: "\(path)/\(pointerPart(name))", depth: 1) }
        for (name, value) in new.members where old[name] == nil {
            compare(nil, value, at: "\(path)/\(pointerPart(name))", depth: 1)
        }
    }

    private mutating func compare(_ old: [JSONValue], _ new: [JSONValue], at path: String) {
        let shorter = min(old.count, new.count)
        var start = 0
        while start < shorter, old[start].isIdentical(to: new[start]) { start += 1 }
        var end = 0
        while end < shorter - start, old[old.count - 1 - end].isIdentical(to: new[new.count - 1 - end]) { end += 1 }
        let (oldEnd, newEnd) = (old.count - end, new.count - end)
        for index in start..<min(oldEnd, newEnd) { compare(old[index], new[index], at: "\(path)/\(index)", depth: 1) }
        // In the order in which they can be applied: what goes from the back, what comes from the front.
        for index in stride(from: oldEnd - 1, through: newEnd, by: -1) { compare(old[index], nil, at: "\(path)/\(index)", depth: 1) }
        for index in stride(from: oldEnd, to: newEnd, by: 1) { compare(nil, new[index], at: "\(path)/\(index)", depth: 1) }
    }
}

extension JSONValue {
    /// Texts byte for byte: in another Unicode form they are other texts.
    fileprivate func isIdentical(to other: JSONValue) -> Bool {
        self == other && JSONWriter.text(of: self) == JSONWriter.text(of: other)
    }
}
