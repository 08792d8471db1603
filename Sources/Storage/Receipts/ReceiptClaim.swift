import Crypto
import Newsroom

/// An idempotency key as it is looked up: whose it is, and the digest of the request that it came with.
struct ReceiptClaim: Sendable {
    let actor: String
    let key: String
    let requestSHA256: [UInt8]

    init(_ key: IdempotencyKey, of actor: Actor) {
        self.actor = actor.name
        self.key = key.text
        var hash = SHA256()
        for part in key.request {
            // With its length before it, so that no part can be taken for the end of another.
            hash.update(data: withUnsafeBytes(of: UInt64(part.count).littleEndian) { [UInt8]($0) })
            hash.update(data: part)
        }
        requestSHA256 = [UInt8](hash.finalize())
    }
}
