/// A list whose elements have parameters and weights: Accept, Accept-Encoding, Accept-Language (RFC 9110 §12.4.2).
package struct WeightedList: Sendable, Equatable {
    package struct Element: Sendable, Equatable {
        /// In lower case: `text/*`, `gzip`, `en-gb`.
        package let value: String
        /// What stands before the weight, names in lower case.
        package let parameters: [Parameter]
        /// The q-value in thousandths, 0 to 1000.
        package let weight: Int
    }

    package struct Parameter: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package let elements: [Element]

    /// Reads a list. An element that is malformed is passed over, so that one does not spoil the rest.
    package init(_ text: String) {
        var scanner = FieldScanner(text)
        var elements: [Element] = []
        repeat {
            scanner.skipBlanks()
            let element = Self.element(&scanner)
            scanner.skipBlanks()
            if scanner.isAtEnd || scanner.isNext(UInt8(ascii: ",")) {
                if let element { elements.append(element) }
            } else {
                scanner.skipElement()
            }
        } while scanner.take(UInt8(ascii: ","))
        self.elements = elements
    }

    private static func element(_ scanner: inout FieldScanner) -> Element? {
        guard let value = scanner.span(while: { $0.isTokenCharacter || $0 == UInt8(ascii: "/") }) else { return nil }
        var parameters: [Parameter] = []
        var weight: Int?
        while let parameter = Self.parameter(&scanner) {
            // What follows the weight once was an extension, and has no meaning any more.
            guard weight == nil else { continue }
            if parameter.name == "q" {
                guard let thousandths = thousandths(parameter.value) else { return nil }
                weight = thousandths
            } else {
                parameters.append(parameter)
            }
        }
        return Element(value: value.lowercased(), parameters: parameters, weight: weight ?? 1000)
    }

    /// `OWS ";" OWS [ name "=" ( token / quoted-string ) ]` (RFC 9110 §5.6.6), semicolons without a parameter being passed over; nil when
    /// there is none, and with nothing passed over when it is malformed.
    static func parameter(_ scanner: inout FieldScanner) -> Parameter? {
        let start = scanner
        repeat {
            scanner.skipBlanks()
            guard scanner.take(UInt8(ascii: ";")) else { return nil }
            scanner.skipBlanks()
            if scanner.isAtEnd || scanner.isNext(UInt8(ascii: ",")) { return nil }
        } while scanner.isNext(UInt8(ascii: ";"))
        guard let name = scanner.token(), scanner.take(UInt8(ascii: "=")), let value = scanner.quotedString() ?? scanner.token() else {
            scanner = start
            return nil
        }
        return Parameter(name: name.lowercased(), value: value)
    }

    /// `0`, `0.7`, `1.000`: at most three decimals, at most 1.
    private static func thousandths(_ text: String) -> Int? {
        let digits = Array(text.utf8)
        guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"), digits.count <= 5 else { return nil }
        guard digits.count == 1 || digits[1] == UInt8(ascii: ".") else { return nil }
        var weight = first == UInt8(ascii: "1") ? 1000 : 0
        var place = 100
        for digit in digits.dropFirst(2) {
            guard digit.isDigit else { return nil }
            weight += Int(digit & 0xF) * place
            place /= 10
        }
        return weight <= 1000 ? weight : nil
    }
}
