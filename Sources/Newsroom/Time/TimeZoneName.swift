/// A time zone's name in the IANA database: `America/New_York`, `UTC`.
///
/// Only the form is checked, so that it names a file in the folder of the database and nothing else; whether there is such a zone,
/// `TimeZoneDatabase` knows.
package struct TimeZoneName: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package static let lengthMax = 64

    /// Nil unless it is one to three names joined by slashes, each of letters, digits, `_`, `+` and `-`, a letter first.
    package init?(_ text: String) {
        guard text.utf8.count <= TimeZoneName.lengthMax else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy(TimeZoneName.isName) else { return nil }
        self.text = text
    }

    package var description: String { text }

    private static func isName(_ part: Substring.UTF8View) -> Bool {
        guard let first = part.first, first.isLetter else { return false }
        return part.allSatisfy {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
        }
    }
}
