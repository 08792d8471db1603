import JSON
package import Newsroom

extension RecordedResolution {
    /// What the log keeps, all by id: `{"id", "about", "property", "value", "how", "basis", "by", "resolved_at", "settled"}`; and in
    /// `settled` a list of `{"statement", "value"}`.
    package var document: [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
        return writer.finish()
    }

    /// The same as a record of an export.
    func writeRecord(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", RecordType.conflictResolution.rawValue, true)
        writeMembers(to: &writer)
        writer.endObject()
        writer.endLine()
    }

    private func writeMembers(to writer: inout JSONWriter) {
        writer.member("id", resolution.id.text, true)
        writer.member("about", question.about.text, true)
        writer.member("property", question.property, true)
        writer.member("value", resolution.value, false)
        writer.member("how", resolution.how, true)
        writer.name("basis")
        writer.beginArray()
        for statement in resolution.basis { writer.string(statement.text) }
        writer.endArray()
        writer.member("by", resolution.actor, true)
        writer.name("resolved_at")
        writer.instant(resolution.resolvedAt)
        writer.name("settled")
        writer.beginArray()
        for (statement, value) in resolution.settled.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.member("statement", statement.text, true)
            writer.member("value", value, true)
            writer.endObject()
        }
        writer.endArray()
    }
}
