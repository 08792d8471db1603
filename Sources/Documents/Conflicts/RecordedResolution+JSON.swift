package import JSON
package import Newsroom

extension RecordedResolution: RecordedDocument {
    package static let recordType = RecordType.conflictResolution

    /// All by id: `id`, `about`, `property`, `value`, `how`, `basis`, `by`, `resolved_at`, and in `settled` a list of
    /// `{"statement", "value"}`.
    package func writeMembers(to writer: inout JSONWriter) {
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
