/// The readable part of a resource's address: `gaza-talks-called-off`. Unique among the resources of its kind.
///
/// 1…100 of `a-z 0-9 -`, no hyphen at an end, no two in a row; so it can never be taken for an id.
package struct Slug: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let text: String

    package static let lengthMax = 100
    /// What is made from a caption is shorter, so that a number fits behind it.
    package static let madeLengthMax = 80

    package init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Slug.lengthMax).contains(bytes.count) else { return nil }
        var previous = UInt8(ascii: "-")
        for byte in bytes {
            guard byte.isLowercaseLetter || byte.isDigit || (byte == UInt8(ascii: "-") && previous != byte) else { return nil }
            previous = byte
        }
        guard previous != UInt8(ascii: "-") else { return nil }
        self.text = text
    }

    /// What stands in the place of a slug where a kind has none: the id, in the form of a slug. It is never shown.
    package init<R: Resource>(of id: ID<R>) {
        let bytes = id.text.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0.lowercased }
        self.init(checked: String(decoding: bytes, as: UTF8.self))
    }

    private init(checked text: String) {
        self.text = text
    }

    /// The slug that a headline, name or title asks for: Latin letters without their marks, lower case, words joined by hyphens, cut
    /// at a word's end after 80 characters at most. Other scripts leave nothing; then it is the kind's name, or `untitled`.
    package static func from(caption: String, kind: Kind? = nil) -> Slug {
        var bytes: [UInt8] = []
        var wantsHyphen = false
        for scalar in caption.unicodeScalars {
            // One more than fits tells whether the cut is within a word.
            if bytes.count > madeLengthMax { break }
            switch LatinFolding.fold(scalar) {
            case .dropped: continue
            case .separator: wantsHyphen = !bytes.isEmpty
            case .letters(let first, let second):
                if wantsHyphen { bytes.append(UInt8(ascii: "-")) }
                wantsHyphen = false
                bytes.append(first)
                if let second { bytes.append(second) }
            }
        }
        cut(&bytes, to: madeLengthMax)
        guard !bytes.isEmpty else { return Slug(checked: kind?.rawValue ?? "untitled") }
        return Slug(checked: String(decoding: bytes, as: UTF8.self))
    }

    /// The slug for the nth resource that asks for this one: `talks`, `talks-2`, `talks-3`.
    package func numbered(_ n: Int) -> Slug {
        guard n > 1 else { return self }
        let suffix = "-\(n)"
        guard text.utf8.count + suffix.utf8.count > Slug.lengthMax else { return Slug(checked: text + suffix) }
        var bytes = Array(text.utf8)
        Slug.cut(&bytes, to: Slug.lengthMax - suffix.utf8.count)
        return Slug(checked: String(decoding: bytes, as: UTF8.self) + suffix)
    }

    package var description: String { text }

    package static func < (one: Slug, other: Slug) -> Bool {
        one.text < other.text
    }

    /// Cuts at the last hyphen that leaves at most so many bytes, or within a word that is longer than that.
    private static func cut(_ bytes: inout [UInt8], to lengthMax: Int) {
        guard bytes.count > lengthMax else { return }
        let end = bytes[...lengthMax].lastIndex(of: UInt8(ascii: "-")) ?? lengthMax
        bytes.removeSubrange(end...)
    }
}
