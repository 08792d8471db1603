internal import Locks
internal import Newsroom

/// Finds whose a token is that a request shows, and remembers when each was shown last.
///
/// A token that was right is remembered as it was sent, so that its hash is not made for every request; which one it is, is found by a
/// hash with this process's own secret, and then compared in a time that does not depend on what differs.
final class Holders: Sendable {
    fileprivate struct Shown {
        let bytes: [UInt8]
        let hash: TokenHash
        let token: AccessToken
    }

    fileprivate struct Contents {
        var directory = TokenDirectory.empty
        var shown: [Int: Shown] = [:]
        var uses: [TokenHash: Instant] = [:]
    }

    private let contents = Lock(Contents())

    /// Whose it is, as of a directory of a store's tokens; nil where it is nobody's, or has expired.
    func holder(of text: Span<UInt8>, among tokens: any TokenStore, in directory: TokenDirectory) -> AccessToken? {
        guard !directory.isEmpty, Self.lengths.contains(text.count) else { return nil }
        let place = Self.place(of: text)
        let known: Shown? = contents.withLock { contents in
            if contents.directory !== directory { contents.begin(with: directory) }
            return contents.shown[place]
        }
        if let known, Self.areSame(known.bytes, text) {
            return good(known.token, known.hash, at: tokens.now)
        }
        let bytes = text.indices.map { text[$0] }
        let hash = tokens.hash(of: bytes)
        guard let token = directory[hash] else { return nil }
        contents.withLock { contents in
            guard contents.directory === directory else { return }
            contents.shown[place] = Shown(bytes: bytes, hash: hash, token: token)
        }
        return good(token, hash, at: tokens.now)
    }

    /// When each token was shown last since this was asked before.
    func takeUses() -> [TokenHash: Instant] {
        contents.withLock { contents in
            defer { contents.uses = [:] }
            return contents.uses
        }
    }

    private func good(_ token: AccessToken, _ hash: TokenHash, at now: Instant) -> AccessToken? {
        guard !token.isExpired(at: now) else { return nil }
        contents.withLock { $0.uses[hash] = now }
        return token
    }

    private static let lengths = 16...512

    private static func place(of text: Span<UInt8>) -> Int {
        var hasher = Hasher()
        let bytes = text.bytes
        var index = 0
        while index &+ 8 <= text.count {
            hasher.combine(bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            index &+= 8
        }
        while index < text.count {
            hasher.combine(text[index])
            index &+= 1
        }
        return hasher.finalize()
    }

    private static func areSame(_ bytes: [UInt8], _ text: Span<UInt8>) -> Bool {
        guard bytes.count == text.count else { return false }
        var difference: UInt8 = 0
        for index in text.indices { difference |= bytes[index] ^ text[index] }
        return difference == 0
    }
}

extension Holders.Contents {
    fileprivate mutating func begin(with directory: TokenDirectory) {
        self.directory = directory
        shown = [:]
    }
}
