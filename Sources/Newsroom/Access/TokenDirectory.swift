/// The tokens that are good for something, as of one moment. It never changes: a change makes another one.
package final class TokenDirectory: Sendable {
    private let tokens: [TokenHash: AccessToken]
    /// Whether any of them may make so many requests only.
    package let hasRates: Bool

    package init(_ tokens: [TokenHash: AccessToken]) {
        self.tokens = tokens
        hasRates = tokens.values.contains { $0.requestsPerMinute != nil }
    }

    package static let empty = TokenDirectory([:])

    /// Nil for one that nobody has, or has any more. Whether it has expired is for who asks to see.
    package subscript(hash: TokenHash) -> AccessToken? { tokens[hash] }

    package var isEmpty: Bool { tokens.isEmpty }
}
