import JSON
import Newsroom

extension SourceNote {
    /// As a record of an export: `{"type", "id", "note"}`.
    func writeRecord(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", RecordType.sourceNote.rawValue, true)
        writer.member("id", source.text, true)
        writer.member("note", note, true)
        writer.endObject()
        writer.endLine()
    }

    /// Reads a record, with all that is wrong with it.
    static func read(_ object: JSONObject) -> Result<SourceNote, ImportProblem> {
        var reader = DocumentReader(mode: .importRecord)
        var (id, text): (SourceID?, String?)
        for (name, value) in object.members {
            switch name {
            case "type": break
            case "id":
                reader.parsed(value, into: &id, at: "/id", "the id of a source: \(SourceID.prefix) and 26 characters") { SourceID($0) }
            case "note": reader.text(value, into: &text, at: "/note")
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: ["type", "id", "note"])
            }
        }
        let settled = SourceFile.settled(note: text)
        reader.require(id, at: "/id")
        if settled.failures.isEmpty { reader.require(settled.note, at: "/note") }
        guard reader.failures.isEmpty, settled.failures.isEmpty, let id, let note = settled.note else {
            return .failure(.invalid(reader.failures + settled.failures))
        }
        return .success(SourceNote(source: id, note: note))
    }
}
