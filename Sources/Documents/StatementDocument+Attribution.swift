import JSON
import Newsroom

// Who speaks, and through whom it came: `{"id": "per_…"}`, `{"id": "org_…"}` or `{"unnamed": {"id", "description", "organization"}}`.
extension DocumentReader {
    /// - Parameter stored: who stands in this place by now: an unnamed source of which nothing is said but how it is called stays the same.
    mutating func attribution(_ value: JSONValue, over stored: Attribution?, at path: String) -> Attribution? {
        guard case .object(let object) = value else {
            failType(value, path, "an object such as {\"id\": \"per_…\"}, {\"slug\": …} or {\"unnamed\": {\"description\": …}}")
            return nil
        }
        if let unnamed = object["unnamed"], unnamed != .null {
            for (name, _) in object.members where name != "unnamed" {
                failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["unnamed"])
            }
            return unnamedSource(unnamed, over: stored?.source, at: path + "/unnamed").map { .unnamed($0) }
        }
        switch partyKind(object, at: path) {
        case .success(.person?):
            let person: Reference<Person>? = reference(.object(without(object)), at: path)
            return person.map { .person($0) }
        case .success(.organization?):
            let organization: Reference<Organization>? = reference(.object(without(object)), at: path)
            return organization.map { .organization($0) }
        case .success:
            // Whatever is wrong with it is wrong with the reference to a person too.
            let person: Reference<Person>? = reference(.object(without(object)), at: path)
            switch person {
            case .slug(let slug)?: return .party(.slug(slug))
            case .externalID(let id)?: return .party(.externalID(id))
            case .id(let id)?: return .person(.id(id))
            case nil: return nil
            }
        case .failure: return nil
        }
    }

    private struct UnknownKind: Error {}

    /// The kind that the reference says that it is to, by its id or by name; nil where it does not say.
    private mutating func partyKind(_ object: JSONObject, at path: String) -> Result<Kind?, UnknownKind> {
        if case .string(let id)? = object["id"], let kind = Kind(ofID: id), kind == .person || kind == .organization {
            return .success(kind)
        }
        guard let value = object["kind"], value != .null else { return .success(nil) }
        guard case .string(let text) = value, let kind = Kind(rawValue: text), kind == .person || kind == .organization else {
            fail(path + "/kind", .invalidValue, "must be `person` or `organization`")
            return .failure(UnknownKind())
        }
        return .success(kind)
    }

    /// What names the target, without what only a party has.
    private func without(_ object: JSONObject) -> JSONObject {
        JSONObject(object.members.filter { $0.name != "kind" && $0.name != "unnamed" })
    }

    private mutating func unnamedSource(_ value: JSONValue, over stored: UnnamedSource?, at path: String) -> UnnamedSource? {
        guard let object = object(value, at: path) else { return nil }
        var source = UnnamedSource()
        for (name, value) in object.members {
            switch name {
            case "id":
                parsed(value, into: &source.id, at: path + "/id", "the id of an unnamed source: src_ and 26 characters") { SourceID($0) }
            case "description": text(value, into: &source.description, at: path + "/description")
            case "organization": reference(value, into: &source.organization, at: path + "/organization")
            default: failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["id", "description", "organization"])
            }
        }
        if source.id == nil, object["id"] == nil { source.id = stored?.id }
        return source
    }
}

extension JSONWriter {
    mutating func attribution(_ attribution: Attribution, _ captions: Captions, _ form: DocumentForm) {
        switch attribution {
        case .person(let person): party(person, captions, form)
        case .organization(let organization): party(organization, captions, form)
        case .unnamed(let source): unnamed(source, captions, form)
        case .party(.slug(let slug)):
            beginObject()
            member("slug", slug.text, true)
            endObject()
        case .party(.externalID(let id)):
            beginObject()
            member("external_id", id.description, true)
            endObject()
        }
    }

    /// A reference; where it is by an external id, which a person and an organization may share, with the kind of its target.
    private mutating func party<R: Resource>(_ reference: Reference<R>, _ captions: Captions, _ form: DocumentForm) {
        guard form == .export, case .id(let id) = reference, let externalID = captions[id]?.externalID else {
            return self.reference(reference, captions, form)
        }
        beginObject()
        member("kind", R.kind.rawValue, true)
        member("external_id", externalID.description, true)
        endObject()
    }

    private mutating func unnamed(_ source: UnnamedSource, _ captions: Captions, _ form: DocumentForm) {
        beginObject()
        name("unnamed")
        beginObject()
        if let id = source.id { member("id", id.text, true) }
        member("description", source.description, true)
        if let organization = source.organization {
            name("organization")
            reference(organization, captions, form)
        } else {
            none("organization", form.isWire)
        }
        endObject()
        endObject()
    }
}
