import JSON
package import Newsroom

/// What the log keeps of how a conflict was settled.
package struct LoggedResolution: Sendable {
    package let resolution: ConflictResolution
    package let question: ConflictID

    package init(_ resolution: ConflictResolution, of question: ConflictID) {
        self.resolution = resolution
        self.question = question
    }

    /// `{"id", "about", "property", "value", "how", "basis", "by", "resolved_at", "settled": [{"statement", "value"}]}`, statements by id.
    package var document: [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.beginObject()
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
        writer.endObject()
        return writer.finish()
    }
}
