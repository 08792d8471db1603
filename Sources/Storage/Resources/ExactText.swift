import Newsroom

/// A text as a key: two that differ in their Unicode form alone are two, as they are in the tables.
struct ExactText: Hashable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (one: ExactText, other: ExactText) -> Bool { one.text.isIdentical(to: other.text) }

    /// The text's own: the forms of one text have one hash, and are told apart by `==`.
    func hash(into hasher: inout Hasher) {
        text.hash(into: &hasher)
    }
}
