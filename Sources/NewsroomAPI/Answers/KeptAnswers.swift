internal import HTTP
internal import Newsroom
internal import Locks

/// Answers that were given, to be given again as long as the newsroom's edition is the same: front pages and single resources are asked
/// for far more often than anything changes.
///
/// Memory is bounded: what is of an edition that has ended, or was not asked for again, goes first. It goes one by one as room is needed,
/// since to give up thousands of answers at the end of each edition would keep the loops waiting. One lock for all loops, held for a
/// look-up in a dictionary.
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
        /// It was asked lately, or kept in an edition before: nearly always right. Of answers that cost little to make only those are worth
        /// keeping that are asked for again.
        case asked
        case unasked
    }

    private struct Entry {
        let question: Question
        let answer: KeptAnswer
        let edition: Edition
    }

    private struct Contents {
        /// By the questions' hashes: where two had the same, one alone could be kept.
        var ring = SecondChances<UInt64, Entry>()
        var byteCount = 0
        /// Hashes of questions that were asked lately, each in the place that it says itself; the newer one takes the place.
        var asked: [UInt32] = []

        var isEmpty: Bool { byteCount == 0 }

        mutating func forget(_ entry: Entry?) {
            if let entry { byteCount -= entry.answer.byteCount }
        }
    }

    private let contents = Lock(Contents())
    private let byteCountMax: Int
    /// How many questions are remembered: some times as many as there is room for answers of usual length. A power of two.
    private let askedCount: Int

    /// - Parameter byteCountMax: of all bodies and questions together, about.
    init(byteCountMax: Int) {
        self.byteCountMax = byteCountMax
        var askedCount = 16_384
        while askedCount < byteCountMax / 2_048 { askedCount *= 2 }
        self.askedCount = askedCount
    }

    /// Looks for the answer, and notes that it was asked for where there is none.
    func find(_ question: Question, in edition: Edition) -> Finding {
        contents.withLock { contents -> Finding in
            if let entry = contents.ring.find(question.hash), entry.question == question {
                return entry.edition == edition ? .answer(entry.answer) : .asked
            }
            guard byteCountMax > 0 else { return .unasked }
            if contents.asked.isEmpty { contents.asked = [UInt32](repeating: 0, count: askedCount) }
            let hash = UInt32(truncatingIfNeeded: question.hash >> 32)
            let place = Int(truncatingIfNeeded: question.hash) & (askedCount - 1)
            defer { contents.asked[place] = hash }
            return contents.asked[place] == hash ? .asked : .unasked
        }
    }

    /// Keeps an answer that was read in an edition: asked for before the reading, so that the answer is as new or newer.
    func keep(_ answer: KeptAnswer, to question: Question, in edition: Edition) {
        // One that would push out much else is not worth it.
        guard answer.byteCount <= byteCountMax / 16 else { return }
        contents.withLock { contents in
            if let old = contents.ring.find(question.hash) {
                guard old.edition != edition else { return }
                contents.forget(contents.ring.remove(question.hash))
            }
            while contents.byteCount + answer.byteCount > byteCountMax, !contents.isEmpty {
                contents.forget(contents.ring.removeNext { $0.edition == edition })
            }
            let entry = Entry(question: question.toKeep, answer: answer, edition: edition)
            if contents.ring.insert(entry, for: question.hash) { contents.byteCount += answer.byteCount }
        }
    }
}
