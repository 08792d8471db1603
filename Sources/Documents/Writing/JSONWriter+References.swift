import JSON
import Newsroom

extension JSONWriter {
    mutating func references<R>(
        _ name: StaticString, _ references: [RoleReference<R>], _ captions: Captions, _ form: DocumentForm, _ fields: inout FieldCursor
    ) {
        guard begins(name, references.isEmpty, &fields) else { return }
        for reference in references {
            beginObject()
            target(reference.target, captions, form)
            member("role", reference.role, fields.writesNulls)
            endObject()
        }
        endArray()
    }

    mutating func reference<R>(
        _ name: StaticString, _ reference: Reference<R>?, _ captions: Captions, _ form: DocumentForm, _ fields: inout FieldCursor
    ) {
        guard fields.next() else { return }
        guard let reference, isTold(reference, captions, form) else { return none(name, fields.writesNulls) }
        self.name(name)
        self.reference(reference, captions, form)
    }

    /// Whether a reference is told of at all: on the wire one to what the reader may not see is not, and such a target has no caption.
    func isTold<R>(_ reference: Reference<R>, _ captions: Captions, _ form: DocumentForm) -> Bool {
        guard form.isWire, case .id(let id) = reference else { return true }
        switch R.kind {
        case .article, .statement: return captions[id] != nil
        case .organization, .person, .event: return true
        }
    }

    mutating func reference<R>(_ reference: Reference<R>, _ captions: Captions, _ form: DocumentForm) {
        beginObject()
        target(reference, captions, form)
        endObject()
    }

    /// What names the target, and its captions.
    private mutating func target<R>(_ reference: Reference<R>, _ captions: Captions, _ form: DocumentForm) {
        guard case .id(let id) = reference else { return unresolved(reference) }
        guard form != .log else {
            name("id")
            return self.id(id)
        }
        let caption = captions[id]
        if form == .export {
            if let externalID = caption?.externalID {
                name("external_id")
                string(externalID.description)
            } else {
                name("id")
                self.id(id)
            }
            return
        }
        name("id")
        self.id(id)
        switch R.kind {
        case .person:
            member("name", caption?.name, true)
            member("role_at", caption?.roleAt, true)
        case .event:
            member("title", caption?.name, true)
            member("status", caption?.status?.rawValue, true)
            member("earliest", caption?.earliest, true)
        case .organization:
            member("name", caption?.name, true)
        case .article:
            member("headline", caption?.name, true)
        case .statement:
            member("text", caption?.name, true)
            member("speaker", caption?.speaker, true)
            member("status", caption?.standing?.rawValue, true)
        }
    }

    /// A reference as a client gave it. What is stored has none of these.
    private mutating func unresolved<R>(_ reference: Reference<R>) {
        switch reference {
        case .id(let id):
            name("id")
            self.id(id)
        case .slug(let slug): member("slug", slug.text, true)
        case .externalID(let id): member("external_id", id.description, true)
        }
    }

    mutating func window(_ name: StaticString, _ window: Window?, _ form: DocumentForm, _ fields: inout FieldCursor) {
        if fields.next() { self.window(name, window, form) }
    }

    mutating func window(_ name: StaticString, _ window: Window?, _ form: DocumentForm) {
        guard let window else { return none(name, form.isWire) }
        self.name(name)
        self.window(window, form)
    }

    /// A window; what follows from its `edtf` only on the wire.
    private mutating func window(_ window: Window, _ form: DocumentForm) {
        beginObject()
        member("edtf", window.edtf.text, true)
        if form.isWire {
            member("earliest", window.earliest, true)
            member("latest", window.latest, true)
            moment("earliest_at", window.earliestAt)
            moment("latest_at", window.latestAt)
            member("precision", window.precision.rawValue, true)
        }
        name("confirmed")
        bool(window.confirmed)
        member("stated", window.stated, form.isWire)
        member("anchor", window.anchor?.text, form.isWire)
        member("zone", window.zone?.text, form.isWire)
        endObject()
    }

    private mutating func moment(_ name: StaticString, _ moment: Instant?) {
        self.name(name)
        if let moment { instant(moment) } else { null() }
    }
}
