package import JSON
package import Newsroom

extension Change {
    /// One entry of the change feed: `{"seq", "operation", "kind", "id", "url", "version", "recorded_at"}`, and `actor`, `note` and
    /// `merged_into` where there are any.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("seq")
        writer.integer(sequence)
        writer.member("operation", operation.rawValue, true)
        writer.member("kind", kind.rawValue, true)
        writer.member("id", id, true)
        writer.member("url", "/v1/\(kind.pathName)/\(id)", true)
        writer.name("version")
        writer.integer(Int64(version))
        writer.name("recorded_at")
        writer.instant(recordedAt)
        writer.member("actor", actor?.name, false)
        writer.member("note", note, false)
        writer.member("merged_into", mergedInto, false)
        writer.endObject()
    }
}
