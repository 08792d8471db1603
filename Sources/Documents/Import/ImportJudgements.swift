import JSON
import Newsroom

/// What a record says of its resource beside what the resource says itself: `merged_into` and `different_from`.
struct ImportJudgements<R: Resource> {
    private(set) var mergedInto: Reference<R>?
    private(set) var differentFrom: [Reference<R>] = []

    private static var isKnown: Bool { R.kind.isMergeable }

    /// Reads one member; false where it is another.
    mutating func read(_ name: String, _ value: JSONValue, _ reader: inout DocumentReader) -> Bool {
        guard Self.isKnown else { return false }
        switch name {
        case "merged_into": reader.reference(value, into: &mergedInto, at: "/merged_into")
        case "different_from":
            reader.list(value, into: &differentFrom, at: "/different_from", countMax: CountRule.references) { reader, value, path in
                reader.reference(value, at: path)
            }
        default: return false
        }
        return true
    }

    /// Those of all failures that are about its members.
    func failures(among all: [MemberFailure]) -> [MemberFailure] {
        all.filter { $0.path.hasPrefix("/merged_into") || $0.path.hasPrefix("/different_from") }
    }

    /// The record without them.
    func rest(of object: JSONObject) -> JSONObject {
        guard Self.isKnown else { return object }
        let members = object.members.filter { $0.name != "merged_into" && $0.name != "different_from" }
        return members.count == object.members.count ? object : JSONObject(members)
    }
}
