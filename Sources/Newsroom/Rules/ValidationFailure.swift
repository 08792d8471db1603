/// What is wrong with a draft: all failing members at once.
package struct ValidationFailure: Error, Sendable, Equatable {
    package var failures: [MemberFailure]

    package init(_ failures: [MemberFailure]) {
        self.failures = failures
    }
}

/// One failing member of a draft.
package struct MemberFailure: Sendable, Equatable {
    /// A JSON Pointer (RFC 6901) into the document: `/people/0/role`.
    package var path: String
    package var rule: Rule
    /// One sentence that says what would be right.
    package var message: String

    package init(path: String, rule: Rule, message: String) {
        self.path = path
        self.rule = rule
        self.message = message
    }

    /// Of a value that must be unique.
    package static func taken(_ path: String) -> MemberFailure {
        MemberFailure(path: path, rule: .conflict, message: "is taken by another resource of this kind")
    }

    /// Of an external id beside another of the same source.
    package static func another(_ path: String) -> MemberFailure {
        MemberFailure(path: path, rule: .conflict, message: "is not the id that the resource with the other ids has; name it by its own id")
    }

    /// How many of them are told of one draft: enough to mend it by, and no more than an answer can hold.
    package static let countMax = 100

    /// The rules that a member can break; the raw value is the stable code of `docs/errors.md`.
    package enum Rule: String, Sendable, CaseIterable {
        case unknownMember = "unknown_member"
        case wrongType = "wrong_type"
        case required
        case tooLong = "too_long"
        case tooMany = "too_many"
        case invalidValue = "invalid_value"
        case outOfRange = "out_of_range"
        case conflict
        case unknownReference = "unknown_reference"
        case transition = "invalid_transition"
        case readOnly = "read_only"
    }
}
