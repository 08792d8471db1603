/// A language as BCP 47 writes it (RFC 5646 §2.1), in canonical case: `en`, `pt-BR`, `zh-Hant-TW`.
///
/// Only the form is checked, not the registry; the irregular tags of old (`i-klingon`) are not taken.
package struct LanguageTag: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package static let lengthMax = 64

    package init?(_ text: String) {
        guard text.utf8.count <= LanguageTag.lengthMax else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map { $0.map(\.lowercased) }
        guard parts.allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy { $0.isLetter || $0.isDigit } }),
            LanguageTag.isWellFormed(parts)
        else { return nil }
        self.text = LanguageTag.canonical(parts)
    }

    package var description: String { text }

    /// Whether subtags in lower case follow the grammar: language, script, region, variants, extensions, private use.
    private static func isWellFormed(_ parts: [[UInt8]]) -> Bool {
        if parts[0] == [UInt8(ascii: "x")] { return parts.count > 1 }
        guard (2...8).contains(parts[0].count), isAlphabetic(parts[0]) else { return false }
        var rest = parts.dropFirst()
        if parts[0].count <= 3 {
            for _ in 0..<3 { _ = take(&rest) { $0.count == 3 && isAlphabetic($0) } }
        }
        _ = take(&rest) { $0.count == 4 && isAlphabetic($0) }
        _ = take(&rest) { ($0.count == 2 && isAlphabetic($0)) || ($0.count == 3 && $0.allSatisfy(\.isDigit)) }
        var variants: Set<[UInt8]> = []
        while let variant = take(&rest, if: { $0.count >= 5 || ($0.count == 4 && $0[0].isDigit) }) {
            guard variants.insert(variant).inserted else { return false }
        }
        return hasOnlyExtensions(rest)
    }

    /// Each is a single character with one or more subtags behind it; after `x` everything is private.
    private static func hasOnlyExtensions(_ parts: ArraySlice<[UInt8]>) -> Bool {
        var rest = parts
        var singletons: Set<UInt8> = []
        while let singleton = rest.popFirst() {
            guard singleton.count == 1, singletons.insert(singleton[0]).inserted else { return false }
            if singleton[0] == UInt8(ascii: "x") { return !rest.isEmpty }
            guard take(&rest, if: { $0.count >= 2 }) != nil else { return false }
            while take(&rest, if: { $0.count >= 2 }) != nil {}
        }
        return true
    }

    private static func take(_ rest: inout ArraySlice<[UInt8]>, if wanted: ([UInt8]) -> Bool) -> [UInt8]? {
        guard let first = rest.first, wanted(first) else { return nil }
        rest.removeFirst()
        return first
    }

    private static func isAlphabetic(_ part: [UInt8]) -> Bool {
        part.allSatisfy(\.isLetter)
    }

    /// RFC 5646 §2.1.1: regions in upper case, scripts capitalised, neither at the start nor after a single character.
    private static func canonical(_ parts: [[UInt8]]) -> String {
        var bytes: [UInt8] = []
        var isAfterSingleton = false
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "-")) }
            let isPlain = index == 0 || isAfterSingleton
            if !isPlain && part.count == 2 {
                bytes.append(contentsOf: part.map(\.uppercased))
            } else if !isPlain && part.count == 4 {
                bytes.append(part[0].uppercased)
                bytes.append(contentsOf: part.dropFirst())
            } else {
                bytes.append(contentsOf: part)
            }
            isAfterSingleton = isAfterSingleton || part.count == 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
