internal import Crypto
package import Newsroom

extension TokenHash {
    /// The hash of a token as clients show it.
    package init(of secret: [UInt8]) {
        self.init(bytes: Array(SHA256.hash(data: secret)))
    }
}
