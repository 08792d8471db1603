/// Who asks, as far as it decides what is shown.
package enum Viewer: Sendable, Hashable {
    /// Sees what is published by now and no longer embargoed, and nothing else.
    case anonymous
    /// Sees all work, what is not public too, but not what protects a source.
    case reader
    /// Sees everything.
    case newsroom

    /// Whether somebody may see what everybody may see from an instant on; nil for what only the newsroom sees.
    package func maySee(what publicFrom: Instant?, at now: Instant) -> Bool {
        switch self {
        case .reader, .newsroom: true
        case .anonymous: publicFrom.map { $0 <= now } ?? false
        }
    }

    /// Whether what is not public is shown.
    package var isOfNewsroom: Bool { self != .anonymous }
}

extension Article {
    /// THE predicate of who may see an article. Storage repeats it once, in SQL, and a test compares the two.
    package static func isVisible(_ draft: Draft, to viewer: Viewer, at now: Instant) -> Bool {
        viewer.maySee(what: publicFrom(draft), at: now)
    }

    /// From when on everybody may see it: the date of a publication may lie ahead, and an embargo may last longer. Nil for what only the
    /// newsroom sees.
    package static func publicFrom(_ draft: Draft) -> Instant? {
        guard draft.status == .published, let publishedAt = draft.publishedAt else { return nil }
        return max(publishedAt, draft.embargoedUntil ?? .distantPast)
    }
}

extension Statement {
    /// From when on everybody may see a statement: from when on they may see the article that reports it, so that a statement needs no
    /// rule of its own. Nil for what only the newsroom sees; what no article of ours reports is work in progress.
    package var publicFrom: Instant? {
        guard case .id(let article)? = draft.article else { return nil }
        return captions[article]?.publicFrom
    }
}
