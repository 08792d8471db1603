/// A name as names are compared: its folded words, and what is left of each when the ways of writing one sound are taken for one.
package struct NameWords: Sendable, Equatable {
    /// As searches fold them, in order.
    package let words: [String]
    /// The skeletons of the words, in the same order.
    package let skeletons: [String]

    /// - Parameter omitted: words that say nothing of whose name it is: `the`, `inc`.
    package init(_ name: String, omitting omitted: Set<String> = []) {
        let all = SearchWords.words(in: name)
        let telling = all.filter { !omitted.contains($0) }
        words = telling.isEmpty ? all : telling
        skeletons = words.map { NameWords.skeleton(of: $0) }
    }

    /// The consonants of a folded word as they sound in most transliterations: `Netanjahu` and `Netanyahu` are `ntn`, `Qaddafi` and
    /// `Gadhafi` are `kdf`. A word in another script is its own skeleton.
    package static func skeleton(of word: String) -> String {
        let letters = Array(word.utf8)
        guard letters.allSatisfy({ $0 < 0x80 }) else { return word }
        var left: [UInt8] = []
        var index = 0
        while index < letters.count {
            let (sound, length) = sound(of: letters, at: index)
            index += length
            for letter in sound where left.last != letter { left.append(letter) }
        }
        return left.isEmpty ? word : String(decoding: left, as: UTF8.self)
    }

    /// What the letters that begin at a place sound like, and how many they are.
    private static func sound(of letters: [UInt8], at index: Int) -> ([UInt8], Int) {
        for (spelling, sound) in spellings where letters[index...].starts(with: spelling) { return (sound, spelling.count) }
        let letter = letters[index]
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "o"), UInt8(ascii: "u"), UInt8(ascii: "i"), UInt8(ascii: "y"),
            UInt8(ascii: "j"):
            // Vowels differ most from one transliteration to another; only that a word begins with one is telling.
            guard index == 0 else { return ([], 1) }
            let isGlide = letter == UInt8(ascii: "i") || letter == UInt8(ascii: "y") || letter == UInt8(ascii: "j")
            return ([isGlide ? UInt8(ascii: "y") : UInt8(ascii: "a")], 1)
        case UInt8(ascii: "h"): return (index == 0 ? [letter] : [], 1)
        case UInt8(ascii: "c"), UInt8(ascii: "q"), UInt8(ascii: "g"): return ([UInt8(ascii: "k")], 1)
        case UInt8(ascii: "w"): return ([UInt8(ascii: "v")], 1)
        case UInt8(ascii: "z"): return ([UInt8(ascii: "s")], 1)
        case UInt8(ascii: "x"): return ([UInt8(ascii: "k"), UInt8(ascii: "s")], 1)
        default: return ([letter], 1)
        }
    }

    /// The longer ones first.
    private static let spellings: [(spelling: [UInt8], sound: [UInt8])] = [
        ("sch", "s"), ("tch", "k"), ("sh", "s"), ("ch", "k"), ("kh", "k"), ("gh", "k"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"),
        ("tz", "s"), ("ts", "s"), ("cz", "s"), ("zh", "s"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
}
