/// A draft as somebody proposed it, with what is wrong with it so far.
///
/// Each step of a write adds what it finds (the reader of the document, the rules of the domain, the references that the store cannot
/// resolve), so that the client learns of all failing members at once. The store keeps only a draft without failures.
package struct Proposal<Draft: Sendable & Equatable>: Sendable, Equatable {
    package var draft: Draft
    package var failures: [MemberFailure]

    package init(_ draft: Draft, failures: [MemberFailure] = []) {
        self.draft = draft
        self.failures = failures
    }
}
