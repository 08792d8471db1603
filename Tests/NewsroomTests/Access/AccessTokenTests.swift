import Newsroom
import Testing

@Suite struct AccessTokenTests {
    private static let now = Instant(milliseconds: 1_711_540_800_000)

    @Test func `roles include those before them`() {
        #expect(Role.reader < .editor && Role.editor < .admin && !(Role.admin < .reader))
        #expect(Role.reader.viewer == .reader && Role.editor.viewer == .newsroom && Role.admin.viewer == .newsroom)
    }

    private static let rights: [(Role, Set<Kind>?, Kind, Bool)] = [
        (.reader, nil, .article, false), (.editor, nil, .event, true), (.editor, [.article], .article, true),
        (.editor, [.article], .person, false), (.admin, nil, .organization, true),
    ]

    @Test(arguments: AccessTokenTests.rights)
    func `a token writes what its role and its kinds allow`(_ role: Role, _ kinds: Set<Kind>?, _ kind: Kind, _ mayWrite: Bool) {
        let token = AccessToken(name: "x", role: role, kinds: kinds)
        #expect(token.mayWrite(kind) == mayWrite)
        #expect(token.mayWriteAll == (role >= .editor && kinds == nil))
    }

    @Test func `it ends at its instant, not before`() {
        let token = AccessToken(name: "x", role: .reader, expiresAt: Self.now)
        #expect(!token.isExpired(at: Instant(milliseconds: Self.now.milliseconds - 1)))
        #expect(token.isExpired(at: Self.now))
    }

    @Test(arguments: ["", ".x", "a b", "é", String(repeating: "a", count: 101), "admin", "a\u{0}"])
    func `a name that is none is complained of`(_ name: String) {
        #expect(AccessToken(name: name, role: .reader).complaints(at: Self.now).count == 1)
    }

    @Test func `what contradicts itself is complained of, all of it`() {
        let token = AccessToken(name: "-", role: .reader, kinds: [], expiresAt: Self.now, requestsPerMinute: 0)
        #expect(token.complaints(at: Self.now).count == 5)
        #expect(AccessToken(name: "a.b-c_9", role: .editor, kinds: [.article], requestsPerMinute: 1).complaints(at: Self.now).isEmpty)
    }
}
