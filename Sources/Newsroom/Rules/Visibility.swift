/// Who asks, as far as it decides what is shown.
package enum Viewer: Sendable, Hashable {
    /// Sees what is published and no longer embargoed, and nothing else.
    case anonymous
    /// Sees everything.
    case newsroom
}

extension Article {
    /// THE predicate of who may see an article. Storage repeats it once, in SQL, and a test compares the two.
    package static func isVisible(status: ArticleStatus, embargoedUntil: Instant?, to viewer: Viewer, at now: Instant) -> Bool {
        switch viewer {
        case .newsroom: true
        case .anonymous: status == .published && (embargoedUntil ?? .distantPast) <= now
        }
    }
}
