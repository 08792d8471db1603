package import JSON
package import Newsroom

// What led to an event: `causes`.
extension EventDocument {
    /// `{"event": reference, "relation": "triggered", "basis": [statements]}`.
    static func readCause(_ reader: inout DocumentReader, _ value: JSONValue, at path: String) -> EventCause? {
        guard let object = reader.object(value, at: path) else { return nil }
        let before = reader.failureCount
        var event: Reference<Event>?
        var relation: CauseRelation?
        var basis = reader.mode == .log ? [] as [Reference<Statement>] : nil
        for (name, value) in object.members {
            switch name {
            case "event": reader.reference(value, into: &event, at: path + "/event")
            case "relation": reader.word(value, into: &relation, at: path + "/relation")
            case "basis": basis = readBasis(&reader, value, at: path + "/basis")
            default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["event", "relation", "basis"])
            }
        }
        if let event, let relation { return EventCause(event: event, relation: relation, basis: basis) }
        if reader.failureCount == before { reader.fail(path, .required, "must have an `event` and a `relation`") }
        return nil
    }
}

extension EventDocument {
    /// Statements; null is none.
    static func readBasis(_ reader: inout DocumentReader, _ value: JSONValue, at path: String) -> [Reference<Statement>] {
        var basis: [Reference<Statement>] = []
        reader.list(value, into: &basis, at: path, countMax: CountRule.basis) { reader, value, path in reader.reference(value, at: path) }
        return basis
    }
}

extension JSONWriter {
    /// The statements that something rests on, those of which the reader may know.
    mutating func basis(_ basis: [Reference<Statement>]?, _ captions: Captions, _ form: DocumentForm) {
        let basis = basis ?? []
        guard form.isWire || !basis.isEmpty else { return }
        name("basis")
        beginArray()
        for statement in basis where isTold(statement, captions, form) { reference(statement, captions, form) }
        endArray()
    }

    mutating func causes(_ causes: [EventCause], _ captions: Captions, _ form: DocumentForm, _ fields: inout FieldCursor) {
        guard begins("causes", causes.isEmpty, &fields) else { return }
        for cause in causes {
            beginObject()
            name("event")
            reference(cause.event, captions, form)
            member("relation", cause.relation.rawValue, true)
            basis(cause.basis, captions, form)
            endObject()
        }
        endArray()
    }
}

extension CauseChain {
    /// `{"event": reference, "steps": [{"depth", "relation", "cause", "effect", "basis"}], "complete"}`, as it is shown.
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
            writer.basis(step.basis.map { .id($0) }, captions, .wire)
            writer.endObject()
        }
        writer.endArray()
        writer.name("complete")
        writer.bool(isComplete)
        writer.endObject()
    }
}
