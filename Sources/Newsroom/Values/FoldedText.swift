extension String {
    /// As titles are compared: without capitals, accents and other marks, `Presidente de Méjico` as `presidente de mejico`. What
    /// is no letter stays. Folding twice gives the same.
    package var folded: String {
        var folded = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: folded.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case 0..<0x80: folded.append(scalar)
            case 0x300...0x36F, 0xAD, 0x200B...0x200D, 0xFEFF: continue
            case 0x2018, 0x2019, 0x2BC: folded.append("'")
            case 0xC0...0x24F, 0x1E00...0x1EFF:
                switch LatinFolding.fold(scalar) {
                case .letters(let one, let other):
                    folded.append(Unicode.Scalar(one))
                    if let other { folded.append(Unicode.Scalar(other)) }
                case .dropped, .separator: folded.append(scalar)
                }
            default:
                for lower in scalar.properties.lowercaseMapping.unicodeScalars { folded.append(WordFolder.withoutTonos(lower)) }
            }
        }
        return String(folded)
    }
}
