package import JSON
package import Newsroom

/// A person as JSON.
package enum PersonDocument: ResourceDocument {
    package static let memberNames = [
        "id", "slug", "url", "version", "created_at", "updated_at", "external_ids", "name", "sort_name", "aliases", "description", "born",
        "roles", "identifiers", "links", "role_at", "roles_at",
    ]

    package static func readMember(
        _ name: String, _ value: JSONValue, into draft: inout Person.Draft, over base: Person.Draft?, _ reader: inout DocumentReader
    ) -> Bool {
        switch name {
        case "name": reader.text(value, into: &draft.name, at: "/name")
        case "sort_name": reader.text(value, into: &draft.sortName, at: "/sort_name")
        case "aliases": reader.aliases(value, into: &draft.aliases)
        case "description": reader.text(value, into: &draft.description, at: "/description")
        case "born": reader.date(value, into: &draft.born, at: "/born")
        case "roles": reader.list(value, into: &draft.roles, at: "/roles", countMax: CountRule.roles, readRole)
        case "identifiers": reader.identifiers(value, into: &draft.identifiers)
        case "links": reader.list(value, into: &draft.links, at: "/links", countMax: CountRule.links, readLink)
        // They belong to the list that they were read in.
        case "role_at", "roles_at": return true
        default: return false
        }
        return true
    }

    private static func readRole(_ reader: inout DocumentReader, _ value: JSONValue, at path: String) -> Person.Role? {
        guard let object = reader.object(value, at: path) else { return nil }
        var role = Person.Role(title: "")
        for (name, value) in object.members {
            switch name {
            case "title": reader.text(value, into: &role.title, at: path + "/title")
            case "organization": reader.reference(value, into: &role.organization, at: path + "/organization")
            case "from": reader.date(value, into: &role.from, at: path + "/from")
            case "to": reader.date(value, into: &role.to, at: path + "/to")
            default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["title", "organization", "from", "to"])
            }
        }
        return role
    }

    /// `{"url", "title"}`, or just the URL.
    private static func readLink(_ reader: inout DocumentReader, _ value: JSONValue, at path: String) -> Link? {
        var url: WebURL?
        var title: String?
        if case .string = value {
            reader.url(value, into: &url, at: path)
            return url.map { Link(url: $0) }
        }
        guard let object = reader.object(value, at: path) else { return nil }
        let before = reader.failureCount
        for (name, value) in object.members {
            switch name {
            case "url": reader.url(value, into: &url, at: path + "/url")
            case "title": reader.text(value, into: &title, at: path + "/title")
            default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["url", "title"])
            }
        }
        if url == nil && reader.failureCount == before { reader.fail(path + "/url", .required, "must be given") }
        return url.map { Link(url: $0, title: title) }
    }

    package static func write(
        _ person: Person, to writer: inout JSONWriter, form: DocumentForm, selecting selection: FieldSelection? = nil
    ) {
        var fields = FieldCursor(form, selection)
        let draft = person.draft
        writer.beginObject()
        writer.head(of: person, form, &fields)
        writer.member("name", draft.name, &fields)
        writer.member("sort_name", draft.sortName, &fields)
        writer.aliases(draft.aliases, &fields)
        writer.member("description", draft.description, &fields)
        writer.member("born", draft.born?.text, &fields)
        if writer.begins("roles", draft.roles.isEmpty, &fields) {
            for role in draft.roles { write(role, person.captions, form, to: &writer, writesNulls: fields.writesNulls) }
            writer.endArray()
        }
        writer.identifiers(draft.identifiers, &fields)
        if writer.begins("links", draft.links.isEmpty, &fields) {
            for link in draft.links { write(link, to: &writer, writesNulls: fields.writesNulls) }
            writer.endArray()
        }
        if let offices = person.offices, form.isWire { write(offices, person.captions, form, to: &writer, &fields) }
        writer.endObject()
    }

    /// What was asked of a time: the most specific of the offices that were asked for, and all that were held.
    private static func write(
        _ offices: [HeldOffice], _ captions: Captions, _ form: DocumentForm, to writer: inout JSONWriter, _ fields: inout FieldCursor
    ) {
        writer.member("role_at", offices.first(where: \.isAsked)?.role.title, &fields)
        guard writer.begins("roles_at", offices.isEmpty, &fields) else { return }
        for office in offices {
            write(office.role, captions, form, to: &writer, writesNulls: true, isCertain: office.isCertain)
        }
        writer.endArray()
    }

    private static func write(
        _ role: Person.Role, _ captions: Captions, _ form: DocumentForm, to writer: inout JSONWriter, writesNulls: Bool,
        isCertain: Bool? = nil
    ) {
        writer.beginObject()
        writer.member("title", role.title, writesNulls)
        if let organization = role.organization {
            writer.name("organization")
            writer.reference(organization, captions, form)
        } else if writesNulls {
            writer.name("organization")
            writer.null()
        }
        writer.member("from", role.from?.text, writesNulls)
        writer.member("to", role.to?.text, writesNulls)
        if let isCertain {
            writer.name("certain")
            writer.bool(isCertain)
        }
        writer.endObject()
    }

    private static func write(_ link: Link, to writer: inout JSONWriter, writesNulls: Bool) {
        writer.beginObject()
        writer.member("url", link.url.text, writesNulls)
        writer.member("title", link.title, writesNulls)
        writer.endObject()
    }
}
