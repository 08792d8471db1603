package import JSON
package import Newsroom

/// An event as JSON.
package enum EventDocument: ResourceDocument {
    package static let memberNames = [
        "id", "slug", "url", "version", "created_at", "updated_at", "external_ids", "title", "summary", "kind", "status", "overdue",
        "window", "schedule", "place", "participants", "part_of", "causes", "transitions",
        "needs_review",
    ]

    package static func readMember(
        _ name: String, _ value: JSONValue, into draft: inout Event.Draft, over base: Event.Draft?, _ reader: inout DocumentReader
    ) -> Bool {
        switch name {
        case "title": reader.text(value, into: &draft.title, at: "/title")
        case "summary": reader.text(value, into: &draft.summary, at: "/summary")
        case "kind": reader.word(value, into: &draft.kind, otherwise: .other, at: "/kind")
        case "status": reader.word(value, into: &draft.status, otherwise: .proposed, at: "/status")
        case "window": reader.window(value, into: &draft.window, over: base?.window, at: "/window")
        // It changes by itself, as captions do.
        case "schedule", "overdue": return true
        case "needs_review": reader.passReview(value)
        case "transitions": readTransitions(value, into: &draft, over: base, &reader)
        case "place": readPlace(value, into: &draft.place, &reader)
        case "participants":
            reader.list(value, into: &draft.participants, at: "/participants", countMax: CountRule.references, readParticipant)
        case "part_of": reader.reference(value, into: &draft.partOf, at: "/part_of")
        case "causes": reader.list(value, into: &draft.causes, at: "/causes", countMax: CountRule.causes, readCause)
        default: return false
        }
        return true
    }

    private static func readPlace(_ value: JSONValue, into place: inout Place?, _ reader: inout DocumentReader) {
        if case .null = value {
            place = nil
            return
        }
        guard let object = reader.object(value, at: "/place") else { return }
        var read = reader.mode.merges ? place ?? Place() : Place()
        for (name, value) in object.members {
            switch name {
            case "name": reader.text(value, into: &read.name, at: "/place/name")
            case "country": reader.country(value, into: &read.country, at: "/place/country")
            case "latitude": reader.number(value, into: &read.latitude, at: "/place/latitude")
            case "longitude": reader.number(value, into: &read.longitude, at: "/place/longitude")
            default:
                reader.failUnknown(name, at: "/place/" + pointerPart(name), among: ["name", "country", "latitude", "longitude"])
            }
        }
        place = read
    }

    /// `{"person": reference}` or `{"organization": reference}`, with a `role`.
    private static func readParticipant(
        _ reader: inout DocumentReader, _ value: JSONValue, at path: String
    ) -> Event.Participant? {
        guard let object = reader.object(value, at: path) else { return nil }
        let before = reader.failureCount
        var person: Reference<Person>?
        var organization: Reference<Organization>?
        var role: String?
        for (name, value) in object.members {
            switch name {
            case "person": reader.reference(value, into: &person, at: path + "/person")
            case "organization": reader.reference(value, into: &organization, at: path + "/organization")
            case "role": reader.text(value, into: &role, at: path + "/role")
            default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["person", "organization", "role"])
            }
        }
        switch (person, organization) {
        case (let person?, nil): return Event.Participant(target: .person(person), role: role)
        case (nil, let organization?): return Event.Participant(target: .organization(organization), role: role)
        case (nil, nil):
            if reader.failureCount == before { reader.fail(path, .required, "must name a `person` or an `organization`") }
        default: reader.fail(path, .invalidValue, "must name a `person` or an `organization`, not both")
        }
        return nil
    }

    package static func write(
        _ event: Event, to writer: inout JSONWriter, form: DocumentForm, selecting selection: FieldSelection? = nil
    ) {
        var fields = FieldCursor(form, selection)
        let draft = event.draft
        writer.beginObject()
        writer.head(of: event, form, &fields)
        writer.member("title", draft.title, &fields)
        writer.member("summary", draft.summary, &fields)
        writer.member("kind", draft.kind.rawValue, &fields)
        writer.member("status", draft.status.rawValue, &fields)
        if fields.next(), form.isWire {
            writer.name("overdue")
            writer.bool(event.isOverdue)
        }
        writer.window("window", draft.window, form, &fields)
        writer.schedule(draft, form, &fields)
        write(draft.place, to: &writer, &fields)
        if writer.begins("participants", draft.participants.isEmpty, &fields) {
            for participant in draft.participants {
                write(participant, event.captions, form, to: &writer, writesNulls: fields.writesNulls)
            }
            writer.endArray()
        }
        writer.reference("part_of", draft.partOf, event.captions, form, &fields)
        writer.causes(draft.causes, event.captions, form, &fields)
        writer.transitions(draft.transitions, event.captions, form, &fields)
        writer.review(event.review, form, &fields)
        writer.endObject()
    }

    private static func write(_ place: Place?, to writer: inout JSONWriter, _ fields: inout FieldCursor) {
        guard fields.next() else { return }
        guard let place else {
            writer.none("place", fields.writesNulls)
            return
        }
        writer.name("place")
        writer.beginObject()
        writer.member("name", place.name, fields.writesNulls)
        writer.member("country", place.country?.text, fields.writesNulls)
        writer.member("latitude", place.latitude, fields.writesNulls)
        writer.member("longitude", place.longitude, fields.writesNulls)
        writer.endObject()
    }

    private static func write(
        _ participant: Event.Participant, _ captions: Captions, _ form: DocumentForm, to writer: inout JSONWriter, writesNulls: Bool
    ) {
        writer.beginObject()
        switch participant.target {
        case .person(let person):
            writer.name("person")
            writer.reference(person, captions, form)
        case .organization(let organization):
            writer.name("organization")
            writer.reference(organization, captions, form)
        }
        writer.member("role", participant.role, writesNulls)
        writer.endObject()
    }
}
