package import JSON
package import Newsroom

extension SourceFile {
    /// `{"id", "url", "created_at", "note", "statements": [references]}`.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id.text, true)
        writer.member("url", "/v1/statements/sources/\(id.text)", true)
        writer.name("created_at")
        writer.instant(createdAt)
        writer.member("note", note, true)
        writer.name("statements")
        writer.beginArray()
        for statement in statements { writer.reference(Reference.id(statement), captions, .wire) }
        writer.endArray()
        writer.endObject()
    }

    /// Reads `{"note"}`, and all that is wrong with it.
    package static func note(reading object: JSONObject) -> (note: String?, failures: [MemberFailure]) {
        var reader = DocumentReader(mode: .merge)
        var note: String?
        for (name, value) in object.members {
            switch name {
            case "note": reader.text(value, into: &note, at: "/note")
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: ["note"])
            }
        }
        let settled = SourceFile.settled(note: note)
        return (settled.note, reader.failures + settled.failures)
    }

    /// Reads `{"person": reference}`, and all that is wrong with it.
    package static func person(reading object: JSONObject) -> (person: Reference<Person>?, failures: [MemberFailure]) {
        var reader = DocumentReader(mode: .create)
        var person: Reference<Person>?
        for (name, value) in object.members {
            switch name {
            case "person": reader.reference(value, into: &person, at: "/person")
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: ["person"])
            }
        }
        if person == nil, reader.failures.isEmpty { reader.fail("/person", .required, "must be given: who it was") }
        return (person, reader.failures)
    }
}
