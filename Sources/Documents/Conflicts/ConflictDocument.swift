package import JSON
package import Newsroom

extension Conflict {
    /// `{"id", "url", "about", "property", "status", "complete", "sides": [{"value", "independent_source_count", "speakers",
    /// "statements"}], "resolutions": [{"id", "value", "how", "basis", "by", "resolved_at", "holds"}]}`.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id.text, true)
        writer.member("url", "/v1/conflicts/\(id.text)", true)
        writer.name("about")
        writer.reference(Reference.id(id.about), captions, .wire)
        writer.member("property", id.property, true)
        writer.member("status", status.rawValue, true)
        writer.name("complete")
        writer.bool(isComplete)
        writer.name("sides")
        writer.beginArray()
        for side in sides { side.write(to: &writer) }
        writer.endArray()
        writer.name("resolutions")
        writer.beginArray()
        for resolution in resolutions { resolution.write(to: &writer, holds: resolution.id == holding?.id) }
        writer.endArray()
        writer.endObject()
    }
}

extension Conflict.Side {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("value", value, true)
        writer.name("independent_source_count")
        writer.integer(Int64(independentSourceCount))
        writer.name("speakers")
        writer.beginArray()
        for speaker in speakers { writer.attribution(speaker.attribution, speaker.captions, .wire) }
        writer.endArray()
        writer.name("statements")
        writer.beginArray()
        for statement in statements { StatementDocument.write(statement, to: &writer, form: .listItem) }
        writer.endArray()
        writer.endObject()
    }
}

extension ConflictResolution {
    fileprivate func write(to writer: inout JSONWriter, holds: Bool) {
        writer.beginObject()
        writer.member("id", id.text, true)
        writer.member("value", value, true)
        writer.member("how", how, false)
        writer.name("basis")
        writer.beginArray()
        for statement in basis { writer.reference(Reference.id(statement), captions, .wire) }
        writer.endArray()
        writer.member("by", actor, false)
        writer.name("resolved_at")
        writer.instant(resolvedAt)
        writer.name("holds")
        writer.bool(holds)
        writer.endObject()
    }
}

extension ConflictResolution.Draft {
    private static let names = ["value", "how", "basis"]

    /// Reads the body of the action, `{"value", "how", "basis"}`, and all that is wrong with it as far as the body goes.
    package static func read(_ object: JSONObject) -> Proposal<ConflictResolution.Draft> {
        var reader = DocumentReader(mode: .create)
        var draft = ConflictResolution.Draft()
        for (name, value) in object.members {
            switch name {
            case "value": reader.text(value, into: &draft.value, at: "/value")
            case "how": reader.text(value, into: &draft.how, at: "/how")
            case "basis":
                reader.list(value, into: &draft.basis, at: "/basis", countMax: CountRule.basis) { reader, value, path in
                    reader.reference(value, at: path)
                }
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: names)
            }
        }
        var proposal = Proposal(draft, failures: reader.failures, positions: reader.positions)
        let isRead = Set(reader.failures.map(\.path))
        proposal.failures += proposal.draft.settle().filter { !isRead.contains($0.path) }
        return proposal
    }
}
