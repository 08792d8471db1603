import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct TokenTests {
    private static let hash = TokenHash(bytes: [UInt8](repeating: 7, count: 32))
    private static let otherHash = TokenHash(bytes: [UInt8](repeating: 8, count: 32))

    @Test(arguments: StoreUnderTest.all)
    func `a token is found by its hash until it is revoked, and stays listed`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            #expect(try store.tokens.directory().isEmpty)
            let expiry = Instant(milliseconds: clock.now.milliseconds + 1_000)
            let token = AccessToken(name: "cms", role: .editor, kinds: [.article, .event], expiresAt: expiry, requestsPerMinute: 60)
            #expect(try await store.tokens.add(token, Self.hash))
            let directory = try store.tokens.directory()
            #expect(directory[Self.hash] == token)
            #expect(directory[Self.otherHash] == nil)
            #expect(directory.hasRates)
            #expect(try await store.tokens.all() == [KeptToken(token: token, createdAt: clock.now, lastUsedAt: nil, revokedAt: nil)])

            let createdAt = clock.now
            clock.advance(milliseconds: 500)
            #expect(try await store.tokens.revoke(named: "cms"))
            #expect(try store.tokens.directory().isEmpty)
            let revoked = KeptToken(token: token, createdAt: createdAt, lastUsedAt: nil, revokedAt: clock.now)
            #expect(try await store.tokens.all() == [revoked])
            #expect(try await store.tokens.revoke(named: "cms") == false)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a name is unique among those that are good, and free again after`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, _ in
            let isAdded = try await store.tokens.add(AccessToken(name: "cms", role: .admin), Self.hash)
            #expect(isAdded)
            #expect(try await store.tokens.add(AccessToken(name: "cms", role: .reader), Self.otherHash) == false)
            #expect(try store.tokens.directory()[Self.otherHash] == nil)
            #expect(try await store.tokens.revoke(named: "cms"))
            #expect(try await store.tokens.add(AccessToken(name: "cms", role: .reader), Self.otherHash))
            #expect(try store.tokens.directory()[Self.otherHash]?.role == .reader)
            #expect(try store.tokens.directory()[Self.hash] == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `that a token was used changes no directory, and is never set back`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            _ = try await store.tokens.add(AccessToken(name: "cms", role: .editor), Self.hash)
            let directory = try store.tokens.directory()
            let later = Instant(milliseconds: clock.now.milliseconds + 60_000)
            try await store.tokens.note([Self.hash: later, Self.otherHash: later])
            try await store.tokens.note([Self.hash: clock.now])
            #expect(try await store.tokens.all().map(\.lastUsedAt) == [later])
            #expect(try store.tokens.directory() === directory)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `tokens are there again after a restart, and no history is made of them`(_ engine: StoreUnderTest) async throws {
        let (folder, clock) = (TemporaryFolder(), TestClock())
        let store = try engine.open(folder, clock)
        _ = try await store.tokens.add(AccessToken(name: "cms", role: .editor), Self.hash)
        #expect(try await store.newestSequence() == 0)
        await store.close()
        let again = try engine.open(folder, clock)
        #expect(try again.tokens.directory()[Self.hash]?.name == "cms")
        await again.close()
    }
}
