/// What a change is to those who see what is public, and nothing else: an article that is published is new to them, and one that is
/// retracted is gone.
package enum PublicChange: String, Sendable, CaseIterable {
    case created, updated, deleted

    /// By whether something could be seen before a change and can be seen after it; nil where it could not and cannot.
    package init?(wasPublic: Bool, isPublic: Bool) {
        switch (wasPublic, isPublic) {
        case (false, false): return nil
        case (false, true): self = .created
        case (true, true): self = .updated
        case (true, false): self = .deleted
        }
    }

    /// What the log would call it.
    package var operation: LogOperation {
        switch self {
        case .created: .created
        case .updated: .updated
        case .deleted: .deleted
        }
    }
}
