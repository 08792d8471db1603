/// The SHA-256 of a token: all that is kept of the secret.
///
/// Thirty-two random bytes need no salt and no slow hash: there is nothing to guess (NIST SP 800-63B §5.1.2 asks for those where secrets
/// are chosen by people).
package struct TokenHash: Sendable, Hashable {
    package let bytes: [UInt8]

    /// - Parameter bytes: 32 of them.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
