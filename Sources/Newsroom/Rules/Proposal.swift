/// A draft as somebody proposed it, with what is wrong with it so far.
///
/// Each step of a write adds what it finds (the reader of the document, the rules of the domain, the references that the store cannot
/// resolve), so that the client learns of all failing members at once. The store keeps only a draft without failures.
package struct Proposal<Draft: Sendable & Equatable>: Sendable, Equatable {
    package var draft: Draft
    package var failures: [MemberFailure]
    /// By the path of a list of which items could not be read: where each item of the draft stands in the document. In lists that are not
    /// here it stands where it stood.
    package var positions: [String: [Int]]
    /// Where the draft's members are in the document, as a JSON Pointer: `/changes`; empty where the document is the draft.
    package var root = ""
    /// What the log is to say of it.
    package var note: String?

    package init(_ draft: Draft, failures: [MemberFailure] = [], positions: [String: [Int]] = [:], note: String? = nil) {
        self.note = note
        self.draft = draft
        self.failures = failures
        self.positions = positions
        self.note = note
    }
}
