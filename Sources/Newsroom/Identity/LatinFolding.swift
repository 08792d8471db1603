/// What the letters of the Latin script leave in a slug: `Ł` an `l`, `ß` an `ss`.
enum LatinFolding {
    enum Folded: Equatable {
        case letters(UInt8, UInt8?)
        /// Stands for a break between words.
        case separator
        /// Leaves no trace, and does not part a word: combining marks, apostrophes, soft hyphens, joiners.
        case dropped
    }

    static func fold(_ scalar: Unicode.Scalar) -> Folded {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: .letters(UInt8(scalar.value), nil)
        case 0x41...0x5A: .letters(UInt8(scalar.value) | 0x20, nil)
        case 0x27, 0x60, 0xAD, 0xB4, 0x2BC, 0x300...0x36F, 0x200B...0x200D, 0x2018, 0x2019, 0xFEFF: .dropped
        case 0xC0...0x24F: latin[Int(scalar.value) - 0xC0]
        case 0x1E00...0x1EFF: additional[Int(scalar.value) - 0x1E00]
        default: .separator
        }
    }

    /// U+00C0…U+024F, sixteen a line; a dot is no letter.
    private static let latin = table(
        """
        a a a a a a ae c e e e e i i i i
        d n o o o o o . o u u u u y th ss
        a a a a a a ae c e e e e i i i i
        d n o o o o o . o u u u u y th y
        a a a a a a c c c c c c c c d d
        d d e e e e e e e e e e g g g g
        g g g g h h h h i i i i i i i i
        i i ij ij j j k k k l l l l l l l
        l l l n n n n n n n n n o o o o
        o o oe oe r r r r r r s s s s s s
        s s t t t t t t u u u u u u u u
        u u u u w w y y y z z z z z z s
        b b b b . . o c c d d d d . e e
        e f f g g hv i i k k l l m n n o
        o o gh gh p p r s s s . t t t t u
        u u v y y z z z . . . . . . . w
        . . . . dz dz dz lj lj lj nj nj nj a a i
        i o o u u u u u u u u u u e a a
        a a ae ae g g g g k k o o o o z z
        j dz dz dz g g hv w n n a a ae ae o o
        a a a a e e e e i i i i o o o o
        r r r r u u u u s s t t gh gh h h
        n d ou ou z z a a e e o o o o o o
        o o y y l n t j db qp a c c l t s
        z . . b u a e e j j q q r r y y
        """)

    /// U+1E00…U+1EFF, sixteen a line.
    private static let additional = table(
        """
        a a b b b b b b c c d d d d d d
        d d d d e e e e e e e e e e f f
        g g h h h h h h h h h h i i i i
        k k k k k k l l l l l l l l m m
        m m m m n n n n n n n n o o o o
        o o o o p p p p r r r r r r r r
        s s s s s s s s s s t t t t t t
        t t u u u u u u u u u u v v v v
        w w w w w w w w w w x x x x y y
        z z z z z z h t w y a s s s ss d
        a a a a a a a a a a a a a a a a
        a a a a a a a a e e e e e e e e
        e e e e e e e e i i i i o o o o
        o o o o o o o o o o o o o o o o
        o o o o u u u u u u u u u u u u
        u u y y y y y y y y ll ll v v y y
        """)

    private static func table(_ text: String) -> [Folded] {
        text.utf8.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }).map { letters in
            guard let first = letters.first, first.isLowercaseLetter else { return .separator }
            return .letters(first, letters.dropFirst().first)
        }
    }
}
