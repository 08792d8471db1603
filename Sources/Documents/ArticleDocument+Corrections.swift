package import JSON
package import Newsroom

// What readers are told after the publication: `corrections`.
extension ArticleDocument {
    private static let names = ["kind", "text", "issued_at", "statement"]

    static func readCorrections(
        _ value: JSONValue, into draft: inout Article.Draft, over base: Article.Draft?, _ reader: inout DocumentReader
    ) {
        var corrections: [Correction] = []
        let before = reader.failureCount
        reader.list(value, into: &corrections, at: "/corrections", countMax: CountRule.corrections, readCorrection)
        guard reader.mode == .replace || reader.mode == .merge else {
            draft.corrections = corrections
            return
        }
        draft.corrections = base?.corrections ?? []
        guard reader.failureCount == before, corrections != draft.corrections else { return }
        reader.fail("/corrections", .readOnly, "are issued by actions: leave them out, or send them as they were read")
    }

    private static func readCorrection(_ reader: inout DocumentReader, _ value: JSONValue, at path: String) -> Correction? {
        guard let object = reader.object(value, at: path) else { return nil }
        let before = reader.failureCount
        var kind: CorrectionKind?
        var text: String?
        var issuedAt: Instant?
        var statement: String?
        for (name, value) in object.members {
            switch name {
            case "kind": reader.word(value, into: &kind, at: path + "/kind")
            case "text": reader.text(value, into: &text, at: path + "/text")
            case "issued_at": reader.instant(value, into: &issuedAt, at: path + "/issued_at")
            case "statement": reader.statementID(value, into: &statement, at: path + "/statement")
            default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: names)
            }
        }
        if let kind, let text, let issuedAt { return Correction(kind, text, issuedAt: issuedAt, statement: statement) }
        if reader.failureCount == before { reader.fail(path, .required, "must have a `kind`, a `text` and `issued_at`") }
        return nil
    }
}

extension JSONWriter {
    mutating func corrections(_ corrections: [Correction], _ fields: inout FieldCursor) {
        guard begins("corrections", corrections.isEmpty, &fields) else { return }
        for correction in corrections {
            beginObject()
            members(of: correction)
            endObject()
        }
        endArray()
    }

    /// The members of a correction, in an object that has been begun: the same in every form, so that `LoggedArticle` copies them.
    fileprivate mutating func members(of correction: Correction) {
        member("kind", correction.kind.rawValue, true)
        member("text", correction.text, true)
        name("issued_at")
        instant(correction.issuedAt)
        name("statement")
        guard let statement = correction.statement else { return null() }
        beginObject()
        member("id", statement, true)
        endObject()
    }
}

extension DocumentReader {
    /// A statement by its id, `{"id": "sta_…"}`; null is none.
    mutating func statementID(_ value: JSONValue, into id: inout String?, at path: String) {
        if case .null = value {
            id = nil
            return
        }
        guard let object = object(value, at: path) else { return }
        for (name, value) in object.members {
            switch name {
            case "id":
                parsed(value, into: &id, at: path + "/id", "the id of a statement: sta_ and 26 characters") { text in
                    let prefix = "sta_"
                    let isID = text.hasPrefix(prefix) && ULID(text.utf8.span.extracting(droppingFirst: prefix.utf8.count)) != nil
                    return isID ? text : nil
                }
            // Captions may be sent back, and are not looked at.
            case "text", "speaker", "status", "url": continue
            default: failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["id"])
            }
        }
        if object["id"] == nil { fail(path, .required, "must have an `id`") }
    }
}

extension IssuedCorrection {
    /// A correction as an item of a list: `{"article": {"id", "headline"}, "kind", "text", "issued_at", "statement"}`.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("article")
        writer.beginObject()
        writer.name("id")
        writer.id(article)
        writer.member("headline", headline, true)
        writer.endObject()
        writer.members(of: correction)
        writer.endObject()
    }
}
