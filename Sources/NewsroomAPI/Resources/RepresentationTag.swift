internal import HTTP
internal import Newsroom

/// The ETag of one representation of a resource: `"7-9f86d081884c7d65"`, its version and a hash of its bytes.
///
/// The hash is there because bytes change without the version: with `fields` and `pretty`, and when something that a reference is shown
/// with changes. So the tag is strong (RFC 9110 §8.8.1); a write compares versions alone.
enum RepresentationTag {
    static func tag(version: Int, of bytes: [UInt8]) -> EntityTag {
        tag(version: version, Fingerprint(of: bytes))
    }

    static func tag(version: Int, _ fingerprint: Fingerprint) -> EntityTag {
        words(version: version, fingerprint).entityTag
    }

    /// The same, not yet as text.
    static func words(version: Int, _ fingerprint: Fingerprint) -> VersionTag {
        VersionTag(version: version, hash: fingerprint.bits)
    }

    /// The version that a tag begins with, before a hyphen or the end; nil when it begins with none.
    static func version(of tag: EntityTag) -> Int? {
        let digits = tag.opaque.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let rest = tag.opaque.utf8.dropFirst(digits.count)
        guard rest.isEmpty || rest.first == UInt8(ascii: "-"), digits.first != UInt8(ascii: "0") else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
