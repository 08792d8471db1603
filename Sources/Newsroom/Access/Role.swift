/// What somebody may do. Each role may all that those before it may.
package enum Role: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Reads all: drafts and embargoed work too.
    case reader
    /// Writes.
    case editor
    /// Keeps the server: backups.
    case admin

    package static func < (one: Role, other: Role) -> Bool { one.rank < other.rank }

    /// What is shown to it.
    package var viewer: Viewer { self == .reader ? .reader : .newsroom }

    private var rank: Int {
        switch self {
        case .reader: 0
        case .editor: 1
        case .admin: 2
        }
    }
}
