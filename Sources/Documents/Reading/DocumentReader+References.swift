import JSON
import Newsroom

extension DocumentReader {
    /// What references may carry besides the target's name, so that what was read can be sent back; it is not looked at.
    private static let captionNames: Set<String> = ["name", "title", "role_at", "status", "earliest", "url", "headline", "text", "speaker"]
    private static let referenceNames = ["id", "slug", "external_id", "role"]

    /// A reference: `{"id": …}`, `{"slug": …}` or `{"external_id": "source:id"}`, perhaps with captions.
    mutating func reference<R>(_ value: JSONValue, at path: String) -> Reference<R>? {
        target(value, at: path, role: nil)?.target
    }

    /// A reference; null is none.
    mutating func reference<R>(_ value: JSONValue, into reference: inout Reference<R>?, at path: String) {
        if case .null = value {
            reference = nil
        } else if let read: Reference<R> = self.reference(value, at: path) {
            reference = read
        }
    }

    /// A list of references, each with the `role` of its target.
    mutating func references<R>(_ value: JSONValue, into references: inout [RoleReference<R>], at path: String) {
        list(value, into: &references, at: path, countMax: CountRule.references) { reader, value, path in
            reader.target(value, at: path, role: path + "/role")
        }
    }

    /// Reads a reference with its role; `role` is the role's path, nil where a reference has none.
    private mutating func target<R>(_ value: JSONValue, at path: String, role: String?) -> RoleReference<R>? {
        guard case .object(let object) = value else {
            failType(value, path, "an object such as {\"id\": \"\(R.kind.idPrefix)_…\"} or {\"external_id\": \"source:id\"}")
            return nil
        }
        let before = failureCount
        var names = TargetNames<R>()
        var part: String?
        for (name, value) in object.members {
            switch name {
            case "id":
                parsed(value, into: &names.id, at: path + "/id", "the id of \(R.kind.indefinite): \(R.kind.idPrefix)_ and 26 characters") {
                    ID($0)
                }
            case "slug" where R.kind.hasSlugs: slug(value, into: &names.slug, at: path + "/slug")
            case "external_id": externalID(value, into: &names.externalID, at: path + "/external_id")
            case "role" where role != nil: text(value, into: &part, at: role ?? path)
            default:
                guard !DocumentReader.captionNames.contains(name) else { continue }
                let known = role == nil ? DocumentReader.referenceNames.dropLast() : DocumentReader.referenceNames[...]
                failUnknown(name, at: "\(path)/\(pointerPart(name))", among: Array(known))
            }
        }
        switch names.only {
        // Also where the role or something else fails: that there is no such target is told with it.
        case .success(let target): return RoleReference(target: target, role: part)
        case .failure(let problem):
            if failureCount == before { fail(path, problem.rule, problem.message) }
            return nil
        }
    }

    mutating func externalID(_ value: JSONValue, into id: inout ExternalID?, at path: @autoclosure () -> String) {
        parsed(value, into: &id, at: path(), "a source, a colon and the id there, such as reuters21578:17") { ExternalID($0) }
    }
}

/// The ways in which one reference names its target.
private struct TargetNames<R: Resource> {
    var id: ID<R>?
    var slug: Slug?
    var externalID: ExternalID?

    struct Problem: Error {
        let rule: MemberFailure.Rule
        let message: String
    }

    /// The one way. An external id beside an id is a caption.
    var only: Result<Reference<R>, Problem> {
        switch (id, slug, externalID) {
        case (let id?, nil, _): .success(.id(id))
        case (nil, let slug?, nil): .success(.slug(slug))
        case (nil, nil, let externalID?): .success(.externalID(externalID))
        case (nil, nil, nil): .failure(Problem(rule: .required, message: "must name its target by `id`, `slug` or `external_id`"))
        default: .failure(Problem(rule: .invalidValue, message: "must name its target in one way: by `id`, `slug` or `external_id`"))
        }
    }
}

extension Kind {
    /// What a message calls one of them.
    package var indefinite: String {
        switch self {
        case .article: "an article"
        case .person: "a person"
        case .organization: "an organization"
        case .event: "an event"
        case .statement: "a statement"
        }
    }
}
