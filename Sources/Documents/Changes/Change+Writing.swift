package import JSON
package import Newsroom

extension Change {
    /// `{"seq", "operation", "kind", "id", "version", "recorded_at", "url"}`, `merged_into` of the end of what was merged, and for the
    /// newsroom `actor` and `note`.
    package func write(to writer: inout JSONWriter, for viewer: Viewer) {
        writer.beginObject()
        writer.name("seq")
        writer.integer(sequence)
        writer.member("operation", operation.rawValue, true)
        writer.member("kind", kind.rawValue, true)
        writer.member("id", id, true)
        writer.name("version")
        writer.integer(Int64(version))
        writer.name("recorded_at")
        writer.instant(recordedAt)
        writer.name("url")
        writer.url(ofID: Array(id.utf8).span, kind)
        writer.member("merged_into", mergedInto, false)
        if viewer.isOfNewsroom {
            writer.member("actor", actor?.name, true)
            writer.member("note", note, true)
        }
        writer.endObject()
    }
}
