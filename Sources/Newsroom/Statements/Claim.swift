/// What a statement says of an event, in a form in which statements can be compared: `departure_approved` of the talks is `no`.
package struct Claim: Sendable, Equatable {
    package var about: Reference<Event>
    /// 1…100 of `a-z 0-9 _ . -`, a letter first: the same text in all statements that are about the same question.
    package var property: String
    package var value: String

    package init(about: Reference<Event>, property: String, value: String) {
        self.about = about
        self.property = property
        self.value = value
    }

    package static func isProperty(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...100).contains(bytes.count), let first = bytes.first, first.isLowercaseLetter else { return false }
        return bytes.allSatisfy {
            $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }
    }
}
