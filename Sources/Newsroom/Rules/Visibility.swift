/// Who asks, as far as it decides what is shown.
package enum Viewer: Sendable, Hashable {
    /// Sees what is published by now and no longer embargoed, and nothing else.
    case anonymous
    /// Sees all work, what is not public too, but not what protects a source.
    case reader
    /// Sees everything.
    case newsroom

    /// Whether what is not public is shown.
    package var isOfNewsroom: Bool { self != .anonymous }
}

extension Article {
    /// THE predicate of who may see an article. Storage repeats it once, in SQL, and a test compares the two.
    package static func isVisible(_ draft: Draft, to viewer: Viewer, at now: Instant) -> Bool {
        switch viewer {
        case .reader, .newsroom: true
        case .anonymous: publicFrom(draft).map { $0 <= now } ?? false
        }
    }

    /// From when on everybody may see it: the date of a publication may lie ahead, and an embargo may last longer. Nil for what only the
    /// newsroom sees.
    package static func publicFrom(_ draft: Draft) -> Instant? {
        guard draft.status == .published, let publishedAt = draft.publishedAt else { return nil }
        return max(publishedAt, draft.embargoedUntil ?? .distantPast)
    }
}
