package import JSON
package import Newsroom

extension DuplicatePair where R: Documented {
    /// `{"score", "reasons": […], "one": resource, "other": resource}`: of both sides what tells them apart.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("score")
        writer.double(likeness.score)
        writer.name("reasons")
        writer.beginArray()
        for reason in likeness.reasons { writer.string(reason.rawValue) }
        writer.endArray()
        for (name, resource) in [("one", one), ("other", other)] {
            writer.name(name)
            R.Document.write(resource, to: &writer, form: .listItem, selecting: DuplicatePair.selection)
        }
        writer.endObject()
    }

    private static var selection: FieldSelection? {
        let long: Set<String> = ["roles", "links", "participants", "causes", "schedule", "transitions", "summary"]
        return FieldSelection(R.Document.memberNames.filter { !long.contains($0) }, of: R.Document.self)
    }
}
