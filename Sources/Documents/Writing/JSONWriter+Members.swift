import JSON
import Newsroom

// Members of a document, each if it is wanted.
extension JSONWriter {
    mutating func member(_ name: StaticString, _ value: String?, _ fields: inout FieldCursor) {
        if fields.next() { member(name, value, fields.writesNulls) }
    }

    mutating func member(_ name: StaticString, _ value: Int?, _ fields: inout FieldCursor) {
        guard fields.next() else { return }
        guard let value else { return none(name, fields.writesNulls) }
        self.name(name)
        integer(Int64(value))
    }

    mutating func member(_ name: StaticString, _ value: Instant?, _ fields: inout FieldCursor) {
        guard fields.next() else { return }
        guard let value else { return none(name, fields.writesNulls) }
        self.name(name)
        instant(value)
    }

    mutating func member(_ name: StaticString, _ values: [String], _ fields: inout FieldCursor) {
        guard begins(name, values.isEmpty, &fields) else { return }
        for value in values { string(value) }
        endArray()
    }

    /// Begins the array of a member, if it is wanted.
    mutating func begins(_ name: StaticString, _ isEmpty: Bool, _ fields: inout FieldCursor) -> Bool {
        guard fields.next(), fields.writesNulls || !isEmpty else { return false }
        self.name(name)
        beginArray()
        return true
    }
}

// Members of objects within a document.
extension JSONWriter {
    mutating func member(_ name: StaticString, _ value: String?, _ writesNulls: Bool) {
        guard let value else { return none(name, writesNulls) }
        self.name(name)
        string(value)
    }

    mutating func member(_ name: StaticString, _ value: Double?, _ writesNulls: Bool) {
        guard let value else { return none(name, writesNulls) }
        self.name(name)
        double(value)
    }

    /// A member without a value: null, or nothing.
    mutating func none(_ name: StaticString, _ writesNulls: Bool) {
        guard writesNulls else { return }
        self.name(name)
        null()
    }

    mutating func instant(_ instant: Instant) {
        let bytes = instant.rfc3339Bytes
        string(utf8: bytes.span)
    }

    mutating func id<R>(_ id: ID<R>) {
        let bytes = id.bytes
        string(utf8: bytes.span)
    }
}

// What several kinds have.
extension JSONWriter {
    /// The members that stand first in every document. `type` is an article's own; in a record the kind stands in its place.
    mutating func head<R: Resource>(of resource: R, type: String? = nil, _ form: DocumentForm, _ fields: inout FieldCursor) {
        if form == .export {
            name("type")
            string(R.kind.rawValue)
        }
        let id = resource.record.id.bytes
        if fields.next() {
            name("id")
            string(utf8: id.span)
        }
        if let type { member("type", type, &fields) }
        if R.kind.hasSlugs { member("slug", resource.record.slug.text, &fields) }
        if form.isWire && fields.next() {
            name("url")
            url(ofID: id.span, R.kind)
        }
        if form != .export {
            member("version", resource.record.version, &fields)
            member("created_at", resource.record.createdAt, &fields)
            member("updated_at", resource.record.updatedAt, &fields)
        }
        let externalIDs = resource.draft.externalIDs.all
        guard fields.next(), fields.writesNulls || !externalIDs.isEmpty else { return }
        if form == .export, externalIDs.count == 1 {
            // As import files have it, so that an imported file comes back as it went in.
            name("external_id")
            string(externalIDs[0].description)
            return
        }
        name("external_ids")
        beginObject()
        for id in externalIDs {
            // The name comes from data.
            let source: String = id.source
            name(source)
            string(id.value)
        }
        endObject()
    }

    /// `ResourceDocument.url(of:)`, without making a string of it.
    mutating func url(ofID id: Span<UInt8>, _ kind: Kind) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(50)
        bytes.append(contentsOf: "/v1/".utf8)
        bytes.append(contentsOf: kind.pathName.utf8)
        bytes.append(UInt8(ascii: "/"))
        for index in id.indices { bytes.append(id[index]) }
        string(utf8: bytes.span)
    }

    mutating func identifiers(_ identifiers: Identifiers, _ fields: inout FieldCursor) {
        guard fields.next(), fields.writesNulls || !identifiers.byScheme.isEmpty else { return }
        name("identifiers")
        beginObject()
        for (scheme, value) in identifiers.all {
            name(scheme)
            string(value)
        }
        endObject()
    }

    mutating func aliases(_ aliases: [Alias], _ fields: inout FieldCursor) {
        guard begins("aliases", aliases.isEmpty, &fields) else { return }
        for alias in aliases {
            beginObject()
            member("name", alias.name, fields.writesNulls)
            member("from", alias.from?.text, fields.writesNulls)
            member("to", alias.to?.text, fields.writesNulls)
            endObject()
        }
        endArray()
    }
}
