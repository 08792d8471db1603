internal import HTTP
internal import Newsroom
internal import Synchronization

/// Answers that were given, to be given again as long as the newsroom's edition is the same: front pages and single resources are asked
/// for far more often than anything changes.
///
/// Memory is bounded: what was not asked for again goes first. One lock for all loops, held for a look-up in a dictionary.
final class KeptAnswers: Sendable {
    /// What an answer depends on, beside the edition.
    struct Question: Hashable {
        let viewer: Viewer
        /// The path, as the router reads it.
        let segments: [String]
        /// As it was sent: two spellings of one query are two questions.
        let query: String?
    }

    private struct Contents {
        var edition: Edition?
        /// Kept or asked for again lately.
        var young: [Question: KeptAnswer] = [:]
        var youngByteCount = 0
        /// Were young before; the next to go.
        var old: [Question: KeptAnswer] = [:]

        mutating func add(_ answer: KeptAnswer, to question: Question, _ byteCountMax: Int) {
            if youngByteCount + answer.byteCount > byteCountMax {
                old = young
                young = [:]
                youngByteCount = 0
            }
            if young.updateValue(answer, forKey: question) == nil { youngByteCount += answer.byteCount }
        }
    }

    private let contents = Mutex(Contents())
    /// Of the young; the old ones may be as many.
    private let halfByteCountMax: Int

    /// - Parameter byteCountMax: of all bodies and questions together, about.
    init(byteCountMax: Int) {
        halfByteCountMax = byteCountMax / 2
    }

    /// The answer that was kept in this very edition.
    func answer(to question: Question, in edition: Edition) -> KeptAnswer? {
        contents.withLock { contents -> KeptAnswer? in
            guard contents.edition == edition else { return nil }
            if let young = contents.young[question] { return young }
            guard let old = contents.old.removeValue(forKey: question) else { return nil }
            contents.add(old, to: question, halfByteCountMax)
            return old
        }
    }

    /// Keeps an answer that was read in an edition: asked for before the reading, so that the answer is as new or newer.
    func keep(_ answer: KeptAnswer, to question: Question, in edition: Edition) {
        // One that would push out much else is not worth it.
        guard answer.byteCount <= halfByteCountMax / 8 else { return }
        contents.withLock { contents in
            if contents.edition != edition { contents = Contents(edition: edition) }
            contents.add(answer, to: question, halfByteCountMax)
        }
    }
}
