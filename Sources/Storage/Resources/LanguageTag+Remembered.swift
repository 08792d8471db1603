import Newsroom
import Locks

extension LanguageTag {
    /// The tags that rows held before: reading one anew costs more than the rest of its row, and a newsroom has few.
    private static let known = Lock<[String: LanguageTag]>([:])
    private static let knownCountMax = 1_000

    static func remembered(_ text: String) -> LanguageTag? {
        known.withLock { known in
            if let tag = known[text] { return tag }
            guard let tag = LanguageTag(text) else { return nil }
            if known.count < knownCountMax { known[text] = tag }
            return tag
        }
    }
}
