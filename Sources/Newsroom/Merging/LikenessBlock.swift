/// Where a resource stands among those that it may be the same as: only what is in one block is compared, and in a large block only
/// neighbours.
package struct LikenessBlock: Sendable, Hashable, Comparable {
    /// What all in the block have in common. Identifiers come before names.
    package let text: String
    /// By what those in the block are ordered, so that what is alike stands together.
    package let detail: String

    package init(text: String, detail: String) {
        (self.text, self.detail) = (text, detail)
    }

    package static func < (one: LikenessBlock, other: LikenessBlock) -> Bool {
        (one.text, one.detail) < (other.text, other.detail)
    }

    /// Raised when the rules change: the blocks of another form are made anew.
    package static let form: Int64 = 1
}

extension LikenessTraits {
    /// The blocks, each once, in order.
    package var blocks: [LikenessBlock] {
        var details: [String: String] = [:]
        func add(_ text: String, _ detail: String) {
            let cut = String(decoding: text.utf8.prefix(200), as: UTF8.self)
            details[cut] = min(details[cut] ?? detail, detail)
        }
        for (scheme, value) in identifiers { add("1:\(scheme):\(value)", "") }
        for name in names {
            switch kind {
            case .person: addPerson(name.words, add)
            case .organization, .event, .article, .statement: addTitle(name.words, add)
            }
        }
        return details.map { LikenessBlock(text: $0.key, detail: $0.value) }.sorted()
    }

    /// By the last word and the first letter of the first, and the other way round: `Netanyahu, Benjamin`.
    private func addPerson(_ name: NameWords, _ add: (String, String) -> Void) {
        guard let first = name.skeletons.first, let last = name.skeletons.last else { return }
        guard name.skeletons.count > 1 else { return add("2:\(first)|", "") }
        add("2:\(last)|\(first.prefix(1))", first)
        add("2:\(first)|\(last.prefix(1))", last)
    }

    /// By the two longest words; of an event's title also by its day and each of them.
    private func addTitle(_ name: NameWords, _ add: (String, String) -> Void) {
        let longest = Set(name.skeletons).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
        guard let first = longest.first else { return }
        let pair = longest.prefix(2).sorted()
        add("2:\(pair.joined(separator: "|"))", name.skeletons.joined(separator: " "))
        if kind == .organization { addAcronym(name, add) }
        if kind == .event, let day { add("4:\(day)|\(first)", name.skeletons.joined(separator: " ")) }
    }

    private func addAcronym(_ name: NameWords, _ add: (String, String) -> Void) {
        if name.words.count == 1, let word = name.words.first, (2...6).contains(word.utf8.count) { add("3:\(word)", "") }
        guard (2...6).contains(name.words.count) else { return }
        add("3:\(name.words.map { $0.prefix(1) }.joined())", "")
    }
}

// What each kind is compared by.
extension Person.Draft {
    package var likeness: LikenessTraits? {
        LikenessTraits(
            names: LikenessTraits.names(name, aliases, omitting: ["jr", "sr", "ii", "iii", "iv", "dr", "prof", "sir"]),
            identifiers: externalIDs.bySource.merging(identifiers.byScheme) { $1 }, born: born, day: nil, kind: .person)
    }
}

extension Organization.Draft {
    package var likeness: LikenessTraits? {
        LikenessTraits(
            names: LikenessTraits.names(name, aliases, omitting: LikenessTraits.wordsOfNoName),
            identifiers: externalIDs.bySource.merging(identifiers.byScheme) { $1 }, born: nil, day: nil, kind: .organization)
    }
}

extension Event.Draft {
    package var likeness: LikenessTraits? {
        let day = window?.first?.daysSince1970
        return LikenessTraits(
            names: LikenessTraits.names(title, [], omitting: LikenessTraits.wordsOfNoName), identifiers: externalIDs.bySource, born: nil,
            day: day, kind: .event)
    }
}

extension LikenessTraits {
    fileprivate static let wordsOfNoName: Set<String> = [
        "the", "of", "and", "for", "in", "on", "at", "to", "a", "an", "de", "la", "le", "der", "die", "das", "und", "inc", "ltd", "llc",
        "gmbh",
        "ag", "co", "corp", "plc",
    ]

    /// More aliases than these are not looked at.
    private static let nameCountMax = 20

    fileprivate static func names(_ own: String, _ aliases: [Alias], omitting omitted: Set<String>) -> [Name] {
        let others = aliases.prefix(nameCountMax).map { Name(words: NameWords($0.name, omitting: omitted), isOwn: false) }
        return [Name(words: NameWords(own, omitting: omitted), isOwn: true)] + others
    }
}
