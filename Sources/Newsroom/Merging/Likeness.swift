/// What of a resource tells whether it is the same as another one.
package struct LikenessTraits: Sendable, Equatable {
    package struct Name: Sendable, Equatable {
        package var words: NameWords
        /// Whether it is what the resource is called now.
        package var isOwn: Bool
    }

    package var names: [Name]
    /// Ids elsewhere, by source or scheme; what is called the same in both is the same.
    package var identifiers: [String: String]
    /// Of a person.
    package var born: PartialDate?
    /// Of an event: the day on which it begins, counted since 1970-01-01.
    package var day: Int?
    package var kind: Kind
}

/// How much two resources look like one.
package struct Likeness: Sendable, Equatable {
    /// 0…1. From 0.9 on something beside the names says so, or the names are the same.
    package var score: Double
    /// In the order of their weight: `shared_identifier`, `same_name`, `same_alias`, `similar_name`, `initials`, `same_born`, `same_day`;
    /// what speaks against it behind them: `other_identifier`, `other_born`, `other_day`.
    package var reasons: [Reason]

    package enum Reason: String, Sendable, CaseIterable {
        case sharedIdentifier = "shared_identifier"
        case sameName = "same_name"
        case sameAlias = "same_alias"
        case similarName = "similar_name"
        case initials
        case sameBorn = "same_born"
        case sameDay = "same_day"
        case otherIdentifier = "other_identifier"
        case otherBorn = "other_born"
        case otherDay = "other_day"
    }

    /// Compares two of one kind.
    package init(of one: LikenessTraits, and other: LikenessTraits) {
        score = 0
        reasons = []
        let common = one.identifiers.filter { other.identifiers[$0.key] != nil }
        if common.contains(where: { other.identifiers[$0.key] == $0.value }) { add(.sharedIdentifier, 0.95) }
        if let (reason, weight) = Likeness.name(one, other) { add(reason, weight) }
        guard score > 0 else { return }
        compareDates(one, other)
        if !reasons.contains(.sharedIdentifier), common.contains(where: { other.identifiers[$0.key] != $0.value }) {
            lower(.otherIdentifier, by: 0.4)
        }
        score = (score * 100).rounded() / 100
    }

    private mutating func compareDates(_ one: LikenessTraits, _ other: LikenessTraits) {
        if let born = one.born, let otherBorn = other.born {
            if born.text.hasPrefix(otherBorn.text) || otherBorn.text.hasPrefix(born.text) {
                add(.sameBorn, 0.4)
            } else {
                lower(.otherBorn, by: 0.4)
            }
        }
        if let day = one.day, let otherDay = other.day {
            if day == otherDay { add(.sameDay, 0.4) } else { lower(.otherDay, by: 0.5) }
        }
    }

    /// What is left to certainty becomes less with each reason.
    private mutating func add(_ reason: Reason, _ weight: Double) {
        score = 1 - (1 - score) * (1 - weight)
        reasons.append(reason)
    }

    private mutating func lower(_ reason: Reason, by factor: Double) {
        score *= factor
        reasons.append(reason)
    }

    /// The best of what the names have in common.
    private static func name(_ one: LikenessTraits, _ other: LikenessTraits) -> (Reason, Double)? {
        var best: (Reason, Double)?
        for name in one.names {
            for otherName in other.names {
                guard let found = compare(name, otherName), found.1 > best?.1 ?? 0 else { continue }
                best = found
            }
        }
        return best
    }

    private static func compare(_ one: LikenessTraits.Name, _ other: LikenessTraits.Name) -> (Reason, Double)? {
        let (words, others) = (one.words.words, other.words.words)
        guard !words.isEmpty, !others.isEmpty else { return nil }
        // A single word is the name of many.
        let certainty = min(words.count, others.count) > 1 ? 1.0 : 0.75
        if words == others || words.sorted() == others.sorted() {
            return one.isOwn && other.isOwn ? (.sameName, 0.9 * certainty) : (.sameAlias, 0.85 * certainty)
        }
        if isSimilar(one.words, other.words) { return (.similarName, 0.75 * certainty) }
        return isAbbreviated(words, others) ? (.initials, 0.6) : nil
    }

    /// Whether each word of one sounds like one of the other, and is written nearly alike.
    private static func isSimilar(_ one: NameWords, _ other: NameWords) -> Bool {
        guard one.words.count == other.words.count else { return false }
        var left = Array(other.words.indices)
        for (word, skeleton) in zip(one.words, one.skeletons) {
            let match = left.firstIndex { isSimilar(word, skeleton, other.words[$0], other.skeletons[$0]) }
            guard let match else { return false }
            left.remove(at: match)
        }
        return true
    }

    private static func isSimilar(_ word: String, _ skeleton: String, _ other: String, _ otherSkeleton: String) -> Bool {
        if word == other { return true }
        let (letters, others) = (Array(word.utf8), Array(other.utf8))
        let shorter = min(letters.count, others.count)
        guard abs(letters.count - others.count) <= 3, shorter > 2 else { return false }
        // In short names each vowel tells: Joan is not John, but Joav is Yoav.
        guard shorter > 4 else { return letters.map(glide) == others.map(glide) }
        let slips = Nearest.slips(from: letters, to: others)
        return skeleton == otherSkeleton ? slips <= max(2, shorter / 2) : shorter >= 5 && slips == 1
    }

    /// `j`, `y` and `i` are written for one sound.
    private static func glide(_ letter: UInt8) -> UInt8 {
        letter == UInt8(ascii: "j") || letter == UInt8(ascii: "i") ? UInt8(ascii: "y") : letter
    }

    /// Whether one is the other with first names cut short: `B. Netanyahu`, `J R Smith`, `Smith, J.`
    private static func isAbbreviated(_ words: [String], _ others: [String]) -> Bool {
        guard words.count > 1, others.count > 1 else { return false }
        let (short, long) = words.joined().utf8.count <= others.joined().utf8.count ? (words, others) : (others, words)
        let initials = short.filter { $0.utf8.count == 1 }
        let whole = short.filter { $0.utf8.count > 1 }
        guard !initials.isEmpty, !whole.isEmpty, short.count <= long.count else { return false }
        var left = long
        for word in whole {
            guard let index = left.firstIndex(of: word) else { return false }
            left.remove(at: index)
        }
        for initial in initials {
            guard let index = left.firstIndex(where: { $0.hasPrefix(initial) }) else { return false }
            left.remove(at: index)
        }
        return true
    }
}
