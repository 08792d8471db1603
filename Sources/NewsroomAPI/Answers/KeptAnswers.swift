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
        /// How the body may be coded: the coded form is kept by itself, with a tag of its own.
        let coding: AcceptedCoding
        /// Begins with the target in normal form: as bytes, since Swift takes texts for equal that name different things.
        private let bytes: [UInt8]
        let byteCount: Int

        init(viewer: Viewer, target: RequestTarget, coding: AcceptedCoding = .identity) {
            self.viewer = viewer
            self.coding = coding
            bytes = target.bytes
            byteCount = target.end
        }

        private init(keeping question: Question) {
            viewer = question.viewer
            coding = question.coding
            bytes = Array(question.bytes[..<question.byteCount])
            byteCount = question.byteCount
        }

        /// The same question without what else is in the memory of its target.
        var toKeep: Question { Question(keeping: self) }

        static func == (one: Question, other: Question) -> Bool {
            one.viewer == other.viewer && one.coding == other.coding && one.byteCount == other.byteCount && one.hasBytes(of: other)
        }

        private func hasBytes(of other: Question) -> Bool {
            let (own, others) = (bytes.span.bytes, other.bytes.span.bytes)
            var index = 0
            while index &+ 8 <= byteCount {
                let word = own.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
                guard word == others.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) else { return false }
                index &+= 8
            }
            while index < byteCount {
                guard bytes[index] == other.bytes[index] else { return false }
                index &+= 1
            }
            return true
        }

        /// By words, where an array's own way is byte by byte; with `Hasher`'s secret, since clients choose the targets.
        func hash(into hasher: inout Hasher) {
            let raw = bytes.span.bytes
            var index = 0
            while index &+ 8 <= byteCount {
                hasher.combine(raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
                index &+= 8
            }
            while index < byteCount {
                hasher.combine(bytes[index])
                index &+= 1
            }
        }
    }

    private struct Contents {
        var edition: Edition?
        var ring = SecondChances<Question, KeptAnswer>()
        var byteCount = 0
        /// Hashes of questions that were asked lately, each in the place that it says itself; the newer one takes the place.
        var asked: [UInt32] = []
    }

    /// A power of two: some times as many as the answers that are asked for again and again.
    private static let askedCount = 16_384

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

    /// Whether this question was asked lately: nearly always right. For answers that cost little to make, of which only those are worth
    /// keeping that are asked for again.
    func isRepeated(_ question: Question) -> Bool {
        guard byteCountMax > 0 else { return false }
        let hash = UInt32(truncatingIfNeeded: question.hashValue)
        return contents.withLock { contents in
            if contents.asked.isEmpty { contents.asked = [UInt32](repeating: 0, count: KeptAnswers.askedCount) }
            let place = Int(hash) & (KeptAnswers.askedCount - 1)
            defer { contents.asked[place] = hash }
            return contents.asked[place] == hash
        }
    }

    /// Keeps an answer that was read in an edition: asked for before the reading, so that the answer is as new or newer.
    func keep(_ answer: KeptAnswer, to question: Question, in edition: Edition) {
        // One that would push out much else is not worth it.
        guard answer.byteCount <= byteCountMax / 16 else { return }
        contents.withLock { contents in
            if contents.edition != edition { contents = Contents(edition: edition, asked: contents.asked) }
            while contents.byteCount + answer.byteCount > byteCountMax, let gone = contents.ring.removeNext() {
                contents.byteCount -= gone.byteCount
            }
            if contents.ring.insert(answer, for: question.toKeep) { contents.byteCount += answer.byteCount }
        }
    }
}
