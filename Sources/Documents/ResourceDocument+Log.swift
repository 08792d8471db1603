package import JSON
package import Newsroom

extension ResourceDocument {
    /// The document that the log keeps.
    package static func logged(_ resource: R) -> [UInt8] {
        var writer = JSONWriter(reserving: 4_096)
        write(resource, to: &writer, form: .log, selecting: nil)
        return writer.finish()
    }

    /// The draft that a document of the log holds; nil where it is none of this kind.
    package static func draft(fromLog object: JSONObject) -> R.Draft? {
        let read = read(object, as: .log)
        return read.failures.isEmpty ? read.draft : nil
    }

    /// What the store kept of the resource at the time of a document of the log; nil where it is none of this kind.
    package static func record(fromLog object: JSONObject) -> Record<R>? {
        guard case .string(let id)? = object["id"], let id = ID<R>(id),
            let slug = slug(fromLog: object, of: id),
            case .integer(let version)? = object["version"],
            case .string(let createdAt)? = object["created_at"], let createdAt = Instant(rfc3339: createdAt),
            case .string(let updatedAt)? = object["updated_at"], let updatedAt = Instant(rfc3339: updatedAt)
        else { return nil }
        return Record(id: id, slug: slug, version: Int(version), createdAt: createdAt, updatedAt: updatedAt)
    }

    private static func slug(fromLog object: JSONObject, of id: ID<R>) -> Slug? {
        guard R.kind.hasSlugs else { return Slug(of: id) }
        guard case .string(let text)? = object["slug"] else { return nil }
        return Slug(text)
    }
}
