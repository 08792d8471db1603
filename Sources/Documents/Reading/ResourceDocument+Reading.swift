package import JSON
package import Newsroom

extension ResourceDocument {
    /// Reads an object into a draft, with all that is wrong with it.
    ///
    /// - Parameters:
    ///   - base: what is stored; nil where there is nothing. It says what the server set (`first_published_at`), and is what `merge` and
    ///     `importRecord` begin from.
    ///   - record: what the store keeps of it; nil where there is nothing, and in an import.
    package static func read(
        _ object: JSONObject, over base: R.Draft? = nil, of record: Record<R>? = nil, as mode: ReadingMode
    ) -> Proposal<R.Draft> {
        var reader = DocumentReader(mode: mode)
        var draft = mode.merges ? base ?? R.Draft() : R.Draft()
        // The address stays unless the client names another one, or asks for a new one by null.
        if let record, draft.slug == nil { draft.slug = record.slug }
        for (name, value) in object.members {
            if readCommon(name, value, into: &draft, of: record, &reader) { continue }
            if readMember(name, value, into: &draft, over: base, &reader) { continue }
            reader.failUnknown(name, at: "/" + pointerPart(name), among: knownNames(mode))
        }
        readLast(object, into: &draft, over: base, &reader)
        return Proposal(draft, failures: reader.failures, positions: reader.positions)
    }

    /// Reads a member that all kinds have; false where there is none of that name.
    private static func readCommon(
        _ name: String, _ value: JSONValue, into draft: inout R.Draft, of record: Record<R>?, _ reader: inout DocumentReader
    ) -> Bool {
        switch name {
        case "slug" where R.kind.hasSlugs: reader.slug(value, into: &draft.slug, at: "/slug")
        case "external_ids": reader.externalIDs(value, into: &draft.externalIDs)
        case "id" where reader.mode == .importRecord: readRecordID(value, &reader)
        case "id": reader.serverOwned(value, record.map { .string($0.id.text) }, at: "/id")
        case "version": reader.serverOwned(value, record.map { .integer(Int64($0.version)) }, at: "/version")
        case "url": reader.serverOwned(value, record.map { .string(url(of: $0.id)) }, at: "/url")
        case "created_at": reader.serverOwned(value, record?.createdAt, at: "/created_at")
        case "updated_at": reader.serverOwned(value, record?.updatedAt, at: "/updated_at")
        case "type" where reader.mode == .importRecord: readRecordType(value, &reader)
        case "external_id" where reader.mode == .importRecord:
            var id: ExternalID?
            reader.externalID(value, into: &id, at: "/external_id")
            if let id { draft.externalIDs[id.source] = id.value }
        default: return false
        }
        return true
    }

    private static func readRecordID(_ value: JSONValue, _ reader: inout DocumentReader) {
        var id: ID<R>?
        reader.parsed(value, into: &id, at: "/id", "the id of \(R.kind.indefinite): \(R.kind.idPrefix)_ and 26 characters") { ID($0) }
    }

    private static func readRecordType(_ value: JSONValue, _ reader: inout DocumentReader) {
        if value != .string(R.kind.rawValue) {
            reader.fail("/type", .invalidValue, "must be `\(R.kind.rawValue)`: it names the kind of the record")
        }
    }

    /// The path of a resource in this API.
    package static func url(of id: ID<R>) -> String {
        "/v1/\(R.kind.pathName)/\(id.text)"
    }

    private static func knownNames(_ mode: ReadingMode) -> [String] {
        mode == .importRecord ? ["type", "external_id", "article_type"] + memberNames : memberNames
    }
}

extension DocumentReader {
    /// A member that the server sets, against what is stored.
    mutating func serverOwned(_ value: JSONValue, _ stored: JSONValue?, at path: String) {
        switch mode {
        case .log: return
        case .create, .importRecord: if value == .null { return }
        case .replace, .merge: if value == stored ?? .null { return }
        }
        fail(path, .readOnly, "is set by the server: leave it out, or send it as it was read")
    }

    /// An instant that the server sets, in whatever way it is written.
    mutating func serverOwned(_ value: JSONValue, _ stored: Instant?, at path: String) {
        if case .string(let text) = value, let stored, mode == .replace || mode == .merge, Instant(rfc3339: text) == stored { return }
        serverOwned(value, stored.map { .string($0.rfc3339) }, at: path)
    }

    mutating func externalIDs(_ value: JSONValue, into ids: inout ExternalIDs) {
        let form = "1 to 255 characters, no control characters, no space at an end"
        let read = texts(value, by: "a source", over: ids.bySource, at: "/external_ids") { reader, value, path in
            var id: String?
            reader.parsed(value, into: &id, at: path, form) { ExternalID.isValue($0) ? $0 : nil }
            return id
        }
        if let read { ids = ExternalIDs(bySource: read) }
    }

    mutating func identifiers(_ value: JSONValue, into identifiers: inout Identifiers) {
        let read = texts(value, by: "a scheme", over: identifiers.byScheme, at: "/identifiers") { reader, value, path in
            var text: String?
            reader.text(value, into: &text, at: path)
            return text
        }
        if let read { identifiers = Identifiers(byScheme: read) }
    }

    /// Texts by their source or scheme, each of which `text` makes; null is none. Nil for what is no object.
    private mutating func texts(
        _ value: JSONValue, by name: String, over stored: [String: String], at path: String,
        _ text: (inout DocumentReader, JSONValue, _ path: String) -> String?
    ) -> [String: String]? {
        if case .null = value { return [:] }
        guard let object = object(value, at: path) else { return nil }
        var read = mode.merges ? stored : [:]
        for (source, value) in object.members {
            let path = "\(path)/\(pointerPart(source))"
            guard ExternalID.isSource(source) else {
                fail(path, .invalidValue, "\(name) is 1 to 64 of a-z, 0-9, `.`, `_` and `-`, a letter or digit first")
                continue
            }
            let text = text(&self, value, path)
            if text != nil || (value == .null && mode.merges) { read[source] = text }
        }
        return read
    }

    /// Other names: each `{"name", "from", "to"}`, or just the name.
    mutating func aliases(_ value: JSONValue, into aliases: inout [Alias]) {
        list(value, into: &aliases, at: "/aliases", countMax: CountRule.aliases) { reader, value, path in
            if case .string(let name) = value { return Alias(name: name) }
            guard let object = reader.object(value, at: path) else { return nil }
            var alias = Alias(name: "")
            for (name, value) in object.members {
                switch name {
                case "name": reader.text(value, into: &alias.name, at: path + "/name")
                case "from": reader.date(value, into: &alias.from, at: path + "/from")
                case "to": reader.date(value, into: &alias.to, at: path + "/to")
                default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["name", "from", "to"])
                }
            }
            return alias
        }
    }
}
