internal import HTTP
internal import Newsroom
internal import Locks

/// Answers that were given, to be given again as long as the newsroom's edition is the same: front pages and single resources are asked
/// for far more often than anything changes.
///
/// Memory is bounded: what was not asked for again goes first. One lock for all loops, held for a look-up in a dictionary.
final class KeptAnswers: Sendable {
    /// What an answer depends on, beside the edition.
    struct Question: Equatable {
        let viewer: Viewer
        /// How the body may be coded: the coded form is kept by itself, with a tag of its own.
        let coding: AcceptedCoding
        /// Begins with the target in normal form: as bytes, since Swift takes texts for equal that name different things.
        private let bytes: [UInt8]
        let byteCount: Int
        /// Of all of it, by a secret of this process, since clients choose the targets.
        let hash: UInt64

        init(viewer: Viewer, target: RequestTarget, coding: AcceptedCoding = .identity) {
            self.viewer = viewer
            self.coding = coding
            bytes = target.bytes
            byteCount = target.end
            let form: UInt64 =
                switch coding {
                case .identity: 0
                case .gzipOrIdentity: 1
                case .gzip: 2
                case .none: 3
                }
            let asker: UInt64 =
                switch viewer {
                case .anonymous: 0
                case .newsroom: 4
                case .reader: 8
                }
            hash = SecretHash.hash(target.bytes.span.extracting(0..<target.end), with: form | asker)
        }

        private init(keeping question: Question) {
            viewer = question.viewer
            coding = question.coding
            bytes = Array(question.bytes[..<question.byteCount])
            byteCount = question.byteCount
            hash = question.hash
        }

        /// The same question without what else is in the memory of its target.
        var toKeep: Question { Question(keeping: self) }

        static func == (one: Question, other: Question) -> Bool {
            one.hash == other.hash && one.viewer == other.viewer && one.coding == other.coding && one.byteCount == other.byteCount
                && one.hasBytes(of: other)
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
    }

    /// What is known of a question.
    enum Finding {
        /// The answer that was kept in this very edition.
        case answer(KeptAnswer)
        /// It was asked lately: nearly always right. Of answers that cost little to make only those are worth keeping that are asked for
        /// again.
        case asked
        case unasked
    }

    private struct Entry {
        let question: Question
        let answer: KeptAnswer
    }

    private struct Contents {
        var edition: Edition?
        /// By the questions' hashes: where two had the same, one alone could be kept.
        var ring = SecondChances<UInt64, Entry>()
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

    /// Looks for the answer, and notes that it was asked for where there is none.
    func find(_ question: Question, in edition: Edition) -> Finding {
        contents.withLock { contents -> Finding in
            if contents.edition == edition, let entry = contents.ring.find(question.hash), entry.question == question {
                return .answer(entry.answer)
            }
            guard byteCountMax > 0 else { return .unasked }
            if contents.asked.isEmpty { contents.asked = [UInt32](repeating: 0, count: KeptAnswers.askedCount) }
            let hash = UInt32(truncatingIfNeeded: question.hash >> 32)
            let place = Int(truncatingIfNeeded: question.hash) & (KeptAnswers.askedCount - 1)
            defer { contents.asked[place] = hash }
            return contents.asked[place] == hash ? .asked : .unasked
        }
    }

    /// Keeps an answer that was read in an edition: asked for before the reading, so that the answer is as new or newer.
    func keep(_ answer: KeptAnswer, to question: Question, in edition: Edition) {
        // One that would push out much else is not worth it.
        guard answer.byteCount <= byteCountMax / 16 else { return }
        contents.withLock { contents in
            if contents.edition != edition { contents = Contents(edition: edition, asked: contents.asked) }
            while contents.byteCount + answer.byteCount > byteCountMax, let gone = contents.ring.removeNext() {
                contents.byteCount -= gone.answer.byteCount
            }
            let entry = Entry(question: question.toKeep, answer: answer)
            if contents.ring.insert(entry, for: question.hash) { contents.byteCount += answer.byteCount }
        }
    }
}
