/// What a token lets whoever shows it do. The secret itself is nowhere in it, nor in the store: only its SHA-256 is kept.
package struct AccessToken: Sendable, Equatable {
    /// What people call it, and what the log calls whoever writes with it: unique among those that are not revoked.
    package let name: String
    package let role: Role
    /// Which kinds of resource it may write; nil: all.
    package let kinds: Set<Kind>?
    /// From when on it is good for nothing; nil: never.
    package let expiresAt: Instant?
    /// How many requests it may make in a minute; nil: any number.
    package let requestsPerMinute: Int?

    package init(name: String, role: Role, kinds: Set<Kind>? = nil, expiresAt: Instant? = nil, requestsPerMinute: Int? = nil) {
        self.name = name
        self.role = role
        self.kinds = kinds
        self.expiresAt = expiresAt
        self.requestsPerMinute = requestsPerMinute
    }

    package func isExpired(at now: Instant) -> Bool {
        expiresAt.map { $0 <= now } ?? false
    }

    /// Whether it may write resources of a kind.
    package func mayWrite(_ kind: Kind) -> Bool {
        role >= .editor && kinds?.contains(kind) ?? true
    }

    /// Whether it may write whatever there is.
    package var mayWriteAll: Bool { role >= .editor && kinds == nil }

    /// What is wrong with it: one line each, for whoever makes it.
    package func complaints(at now: Instant) -> [String] {
        var complaints: [String] = []
        if !AccessToken.isName(name) {
            complaints.append("a name has 1 to 100 of the characters A-Z a-z 0-9 . _ - and begins with a letter or digit")
        }
        if name == AccessToken.builtInName { complaints.append("the name \(name) is that of the token in the settings") }
        if role == .reader, kinds != nil { complaints.append("a reader writes nothing: kinds mean nothing for it") }
        if role == .admin, kinds != nil { complaints.append("an admin may write all kinds") }
        if kinds?.isEmpty ?? false { complaints.append("a token that may write no kind is a reader's") }
        if isExpired(at: now) { complaints.append("the moment at which it expires has passed") }
        if let requestsPerMinute, !AccessToken.rates.contains(requestsPerMinute) {
            complaints.append("a rate is \(AccessToken.rates.lowerBound) to \(AccessToken.rates.upperBound) requests a minute")
        }
        return complaints
    }

    /// What the token that stands in the settings is called.
    package static let builtInName = "admin"

    package static let rates = 1...1_000_000

    private static func isName(_ text: String) -> Bool {
        guard (1...100).contains(text.utf8.count), let first = text.utf8.first, isLetterOrDigit(first) else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
    }
}

/// A token as the store lists it.
package struct KeptToken: Sendable, Equatable {
    package let token: AccessToken
    package let createdAt: Instant
    /// About when it was shown last, to the minute or so; nil: never.
    package let lastUsedAt: Instant?
    /// Since when it is good for nothing; nil: it was not revoked.
    package let revokedAt: Instant?

    package init(token: AccessToken, createdAt: Instant, lastUsedAt: Instant?, revokedAt: Instant?) {
        self.token = token
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }
}
