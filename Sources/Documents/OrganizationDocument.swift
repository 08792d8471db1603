package import JSON
package import Newsroom

/// An organization as JSON.
package enum OrganizationDocument: ResourceDocument {
    package static let memberNames = [
        "id", "slug", "url", "version", "created_at", "updated_at", "external_ids", "name", "aliases", "kind", "parent", "country",
        "identifiers",
    ]

    package static func readMember(
        _ name: String, _ value: JSONValue, into draft: inout Organization.Draft, over base: Organization.Draft?,
        _ reader: inout DocumentReader
    ) -> Bool {
        switch name {
        case "name": reader.text(value, into: &draft.name, at: "/name")
        case "aliases": reader.aliases(value, into: &draft.aliases)
        case "kind": reader.word(value, into: &draft.kind, otherwise: .other, at: "/kind")
        case "parent": reader.reference(value, into: &draft.parent, at: "/parent")
        case "country": reader.country(value, into: &draft.country, at: "/country")
        case "identifiers": reader.identifiers(value, into: &draft.identifiers)
        default: return false
        }
        return true
    }

    package static func write(
        _ organization: Organization, to writer: inout JSONWriter, form: DocumentForm, selecting selection: FieldSelection? = nil
    ) {
        var fields = FieldCursor(form, selection)
        let draft = organization.draft
        writer.beginObject()
        writer.head(of: organization, form, &fields)
        writer.member("name", draft.name, &fields)
        writer.aliases(draft.aliases, &fields)
        writer.member("kind", draft.kind.rawValue, &fields)
        writer.reference("parent", draft.parent, organization.captions, form, &fields)
        writer.member("country", draft.country?.text, &fields)
        writer.identifiers(draft.identifiers, &fields)
        writer.endObject()
    }
}
