package import JSON
package import Newsroom

extension RecordedReview: RecordedDocument {
    package static let recordType = RecordType.reviewMark

    /// All by id: `id`, `subject`, `reason`, `statement`, `basis`, `event`, `since`, `cleared_at`, `note`.
    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("id", mark.id.text, true)
        writer.member("subject", subject, true)
        writer.member("reason", mark.reason.rawValue, true)
        writer.member("statement", mark.statement, true)
        writer.member("basis", mark.basis.rawValue, true)
        writer.member("event", mark.event, false)
        writer.name("since")
        writer.instant(mark.since)
        if let clearedAt {
            writer.name("cleared_at")
            writer.instant(clearedAt)
        }
        writer.member("note", note, false)
    }

    private static let names = ["type", "id", "subject", "reason", "statement", "basis", "event", "since", "cleared_at", "note"]

    /// Reads a record, with all that is wrong with it as far as it goes by itself.
    static func read(_ object: JSONObject) -> Result<RecordedReview, ImportProblem> {
        var reader = DocumentReader(mode: .importRecord)
        var (id, reason, basis): (ReviewID?, ReviewReason?, ReviewBasis?)
        var (subject, statement, event): (String?, String?, String?)
        var (since, clearedAt, note): (Instant?, Instant?, String?)
        for (name, value) in object.members {
            switch name {
            case "type": break
            case "id": reader.parsed(value, into: &id, at: "/id", "the id of a mark: \(ReviewID.prefix) and 26 characters") { ReviewID($0) }
            case "subject":
                reader.parsed(value, into: &subject, at: "/subject", "the id of an article or an event") { text in
                    ID<Article>(text)?.text ?? ID<Event>(text)?.text
                }
            case "reason": reader.word(value, into: &reason, at: "/reason")
            case "statement": reader.parsed(value, into: &statement, at: "/statement", "the id of a statement") { ID<Statement>($0)?.text }
            case "basis": reader.word(value, into: &basis, at: "/basis")
            case "event": reader.parsed(value, into: &event, at: "/event", "the id of an event") { ID<Event>($0)?.text }
            case "since": reader.instant(value, into: &since, at: "/since")
            case "cleared_at": reader.instant(value, into: &clearedAt, at: "/cleared_at")
            case "note": reader.text(value, into: &note, at: "/note")
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: names)
            }
        }
        reader.require(id, at: "/id")
        reader.require(subject, at: "/subject")
        reader.require(reason, at: "/reason")
        reader.require(statement, at: "/statement")
        reader.require(basis, at: "/basis")
        reader.require(since, at: "/since")
        guard reader.failures.isEmpty, let id, let subject, let reason, let statement, let basis, let since else {
            return .failure(.invalid(reader.failures))
        }
        let mark = ReviewMark(id: id, reason: reason, statement: statement, basis: basis, event: event, since: since)
        return .success(RecordedReview(mark, of: subject, clearedAt: clearedAt, note: note))
    }
}
