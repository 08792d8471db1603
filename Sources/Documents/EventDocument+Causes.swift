package import JSON
package import Newsroom

// What led to an event: `causes`.
extension EventDocument {
    /// `{"event": reference, "relation": "triggered"}`.
    static func readCause(_ reader: inout DocumentReader, _ value: JSONValue, at path: String) -> EventCause? {
        guard let object = reader.object(value, at: path) else { return nil }
        let before = reader.failureCount
        var event: Reference<Event>?
        var relation: CauseRelation?
        for (name, value) in object.members {
            switch name {
            case "event": reader.reference(value, into: &event, at: path + "/event")
            case "relation": reader.word(value, into: &relation, at: path + "/relation")
            default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["event", "relation"])
            }
        }
        if let event, let relation { return EventCause(event: event, relation: relation) }
        if reader.failureCount == before { reader.fail(path, .required, "must have an `event` and a `relation`") }
        return nil
    }
}

extension JSONWriter {
    mutating func causes(_ causes: [EventCause], _ captions: Captions, _ form: DocumentForm, _ fields: inout FieldCursor) {
        guard begins("causes", causes.isEmpty, &fields) else { return }
        for cause in causes {
            beginObject()
            name("event")
            reference(cause.event, captions, form)
            member("relation", cause.relation.rawValue, true)
            endObject()
        }
        endArray()
    }
}

extension CauseChain {
    /// `{"event": reference, "steps": [{"depth", "relation", "cause", "effect"}], "complete"}`, as it is shown.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("event")
        writer.reference(Reference.id(event), captions, .wire)
        writer.name("steps")
        writer.beginArray()
        for step in steps {
            writer.beginObject()
            writer.name("depth")
            writer.integer(Int64(step.depth))
            writer.member("relation", step.relation.rawValue, true)
            writer.name("cause")
            writer.reference(Reference.id(step.cause), captions, .wire)
            writer.name("effect")
            writer.reference(Reference.id(step.effect), captions, .wire)
            writer.endObject()
        }
        writer.endArray()
        writer.name("complete")
        writer.bool(isComplete)
        writer.endObject()
    }
}
