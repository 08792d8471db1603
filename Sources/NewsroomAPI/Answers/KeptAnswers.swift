internal import HTTP
internal import Newsroom
internal import Locks

/// Answers that were given, to be given again as long as the newsroom's edition is the same: front pages and single resources are asked
/// for far more often than anything changes.
///
/// Memory is bounded: what was not asked for again goes first. One lock for all loops, held for a look-up in a dictionary.
final class KeptAnswers: Sendable {
    /// What an answer depends on, beside the edition.
    struct Question: Hashable {
        let viewer: Viewer
        /// The path's segments and the query, each after a NUL, which neither holds. As bytes: Swift takes texts for equal that name
        /// different things.
        let target: [UInt8]

        init(viewer: Viewer, target: RequestTarget) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(96 + (target.query?.utf8.count ?? 0))
            for segment in target.segments {
                bytes.append(0)
                bytes.append(contentsOf: segment.utf8)
            }
            if let query = target.query {
                bytes += [0, 0]
                bytes.append(contentsOf: query.utf8)
            }
            self.viewer = viewer
            self.target = bytes
        }
    }

    private struct Contents {
        var edition: Edition?
        var ring = SecondChances<Question, KeptAnswer>()
        var byteCount = 0
    }

    private let contents = Lock(Contents())
    private let byteCountMax: Int

    /// - Parameter byteCountMax: of all bodies and questions together, about.
    init(byteCountMax: Int) {
        self.byteCountMax = byteCountMax
    }

    /// The answer that was kept in this very edition.
    func answer(to question: Question, in edition: Edition) -> KeptAnswer? {
        contents.withLock { contents -> KeptAnswer? in
            contents.edition == edition ? contents.ring.find(question) : nil
        }
    }

    /// Keeps an answer that was read in an edition: asked for before the reading, so that the answer is as new or newer.
    func keep(_ answer: KeptAnswer, to question: Question, in edition: Edition) {
        // One that would push out much else is not worth it.
        guard answer.byteCount <= byteCountMax / 16 else { return }
        contents.withLock { contents in
            if contents.edition != edition { contents = Contents(edition: edition) }
            while contents.byteCount + answer.byteCount > byteCountMax, let gone = contents.ring.removeNext() {
                contents.byteCount -= gone.byteCount
            }
            if contents.ring.insert(answer, for: question) { contents.byteCount += answer.byteCount }
        }
    }
}
