/// A bound on combining marks in a row, so that a string from outside can be compared and hashed in linear
/// time.
///
/// `String` compares and hashes by canonical equivalence. For that the standard library sorts each run of marks
/// by insertion: 100,000 marks, which are 200 KB of text, take five seconds for every `==` that meets them.
/// Written languages need fewer than ten; the Stream-Safe Text Format (UAX #15 §13) ends a run at 30.
enum CombiningMarks {
    static let runCountMax = 128

    /// Whether more than `runCountMax` marks stand in a row.
    ///
    /// Every mark takes two bytes or more, so a run that is too long covers one byte in each `2 * runCountMax`:
    /// it is enough to look there, and around what is found.
    static func runTooLong(in text: String) -> Bool {
        let scalars = text.unicodeScalars
        var probe = text.startIndex
        while let next = text.utf8.index(probe, offsetBy: 2 * runCountMax, limitedBy: text.endIndex),
            next < text.endIndex
        {
            probe = next
            guard isMark(scalars[probe]) else { continue }
            let after = scalars[probe...].prefix(runCountMax + 1).prefix { isMark($0) }.count
            let before = scalars[..<probe].suffix(runCountMax + 1).reversed().prefix { isMark($0) }.count
            if before + after > runCountMax { return true }
        }
        return false
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x300: false
        // Three vowel signs of class 0 whose parts are marks.
        case 0xF73, 0xF75, 0xF81: true
        default: scalar.properties.canonicalCombiningClass != .notReordered
        }
    }
}
