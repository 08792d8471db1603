package import JSON
package import Newsroom

extension JSONWriter {
    /// `needs_review`, where there is something to be reviewed; else nothing at all.
    mutating func review(_ marks: [ReviewMark], _ form: DocumentForm, _ fields: inout FieldCursor) {
        guard fields.next(), form.isWire, !marks.isEmpty else { return }
        review(marks)
    }

    /// The member `needs_review`, in an object that has been begun.
    package mutating func review(_ marks: [ReviewMark]) {
        name("needs_review")
        beginArray()
        for mark in marks {
            beginObject()
            member("id", mark.id.text, true)
            member("reason", mark.reason.rawValue, true)
            reference("statement", mark.statement)
            member("basis", mark.basis.rawValue, true)
            reference("event", mark.event)
            name("since")
            instant(mark.since)
            endObject()
        }
        endArray()
    }

    private mutating func reference(_ name: StaticString, _ id: String?) {
        guard let id else { return none(name, true) }
        self.name(name)
        beginObject()
        member("id", id, true)
        endObject()
    }
}

extension DocumentReader {
    /// `needs_review` as it was read may be sent back, and says nothing; a new resource has none.
    mutating func passReview(_ value: JSONValue) {
        guard mode == .create || mode == .importRecord, value != .null else { return }
        fail("/needs_review", .readOnly, "is set by the server: leave it out")
    }
}

extension ReviewClearance {
    private static let names = ["note", "marks"]

    /// Reads `{"note", "marks": ["rev_…"]}`; without `marks` all are meant.
    package static func read(_ object: JSONObject) -> Proposal<ReviewClearance> {
        var reader = DocumentReader(mode: .create)
        var clearance = ReviewClearance()
        for (name, value) in object.members {
            switch name {
            case "note": reader.text(value, into: &clearance.note, at: "/note")
            case "marks" where value == .null: clearance.marks = nil
            case "marks":
                var marks: [ReviewID] = []
                reader.list(value, into: &marks, at: "/marks", countMax: CountRule.reviewMarks) { reader, value, path in
                    var id: ReviewID?
                    reader.parsed(value, into: &id, at: path, "the id of a mark: \(ReviewID.prefix) and 26 characters") { ReviewID($0) }
                    return id
                }
                clearance.marks = marks
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: names)
            }
        }
        var proposal = Proposal(clearance, failures: reader.failures)
        let isRead = Set(reader.failures.map(\.path))
        proposal.failures += proposal.draft.settle().filter { !isRead.contains($0.path) }
        return proposal
    }
}
