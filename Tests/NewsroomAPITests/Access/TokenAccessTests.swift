import Addresses
import HTTP
import HTTPTypes
import Locks
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct TokenAccessTests {
    private static let secret = "dl_0123456789012345678901234567890123456789012"

    private func field(_ secret: String = Self.secret) -> String { "Authorization: Bearer \(secret)" }

    private func desk(_ token: AccessToken) async throws -> Desk {
        let desk = try Desk()
        try await desk.add(token, secret: Self.secret)
        return desk
    }

    @Test func `a reader sees drafts and writes nothing`() async throws {
        let desk = try await desk(AccessToken(name: "wall", role: .reader))
        try await desk.create("articles", #"{"headline": "Draft", "slug": "draft-one"}"#)
        #expect(try await desk.send("GET /v1/articles/draft-one", [field()]).status == 200)
        #expect(try await desk.send("GET /v1/articles/draft-one").status == 404)
        for line in ["POST /v1/articles", "DELETE /v1/articles/draft-one", "POST /v1/import", "POST /v1/admin/backup"] {
            let answer = try await desk.send(line, [field(), "If-Match: *"])
            #expect(answer.status == 403)
            #expect(answer.code == "forbidden")
            #expect(answer[.wwwAuthenticate] == "Bearer realm=\"dateline\", error=\"insufficient_scope\"")
        }
    }

    @Test func `an editor writes under the token's name, but keeps no server`() async throws {
        let desk = try await desk(AccessToken(name: "cms", role: .editor))
        let fields = [field(), "Content-Type: application/json"]
        let made = try await desk.send("POST /v1/people", fields, body: Array(#"{"name": "Ada"}"#.utf8))
        #expect(made.status == 201)
        let revisions = try await desk.send("GET /v1/people/\(made.id)/revisions", [field()])
        #expect(revisions.string("data", "0", "actor") == "cms")
        #expect(try await desk.send("POST /v1/admin/backup", [field()]).status == 403)
    }

    @Test func `a token of some kinds writes those alone, and imports nothing`() async throws {
        let desk = try await desk(AccessToken(name: "cms", role: .editor, kinds: [.person]))
        let fields = [field(), "Content-Type: application/json"]
        #expect(try await desk.send("POST /v1/people", fields, body: Array(#"{"name": "Ada"}"#.utf8)).status == 201)
        let refused = try await desk.send("POST /v1/events", fields, body: Array(#"{"title": "Vote"}"#.utf8))
        #expect(refused.status == 403)
        #expect(refused.string("detail") == "The token may not write events.")
        #expect(try await desk.send("POST /v1/import", [field(), "Content-Type: application/x-ndjson"]).status == 403)
    }

    @Test func `a token ends at its instant, and at once when it is revoked`() async throws {
        let end = Instant(milliseconds: Desk.noon.milliseconds + 1_000)
        let desk = try await desk(AccessToken(name: "cms", role: .reader, expiresAt: end))
        for _ in 0..<2 { #expect(try await desk.send("GET /v1/articles", [field()]).status == 200) }
        desk.clock.move(to: Instant(milliseconds: end.milliseconds - 1))
        #expect(try await desk.send("GET /v1/articles", [field()]).status == 200)
        desk.clock.move(to: end)
        #expect(try await desk.send("GET /v1/articles", [field()]).status == 401)

        try await desk.add(AccessToken(name: "other", role: .reader), secret: Self.secret + "x")
        #expect(try await desk.send("GET /v1/articles", [field(Self.secret + "x")]).status == 200)
        #expect(try await desk.newsroom.tokens.revoke(named: "other"))
        #expect(try await desk.send("GET /v1/articles", [field(Self.secret + "x")]).status == 401)
    }

    @Test func `when a token was shown is taken down, once for many requests`() async throws {
        let desk = try await desk(AccessToken(name: "cms", role: .reader))
        try await desk.api.noteTokenUses()
        #expect(try await desk.newsroom.tokens.all()[0].lastUsedAt == nil)
        for second in 1...3 {
            desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + Int64(second) * 1_000))
            _ = try await desk.send("GET /v1/people", [field()])
        }
        try await desk.api.noteTokenUses()
        #expect(try await desk.newsroom.tokens.all()[0].lastUsedAt?.milliseconds == Desk.noon.milliseconds + 3_000)
    }

    @Test func `without anonymous reading nothing of the newsroom is shown without a token, and probes go on`() async throws {
        let desk = try Desk(access: Access(adminToken: Desk.token, allowsAnonymous: false))
        for line in ["GET /v1/articles", "GET /v1/people/ada", "GET /v1/search?q=a", "GET /v1/meta", "HEAD /v1/articles"] {
            #expect(try await desk.send(line).status == 401)
        }
        #expect(try await desk.sendAsNewsroom("GET /v1/articles").status == 200)
        #expect(try await desk.send("GET /livez").status == 200)
    }

    @Test func `an address may show so many wrong tokens, and no right one is refused for them`() async throws {
        let time = TestTime()
        let desk = try Desk(access: Access(adminToken: Desk.token, failuresPerMinute: 3, moment: { time.now }))
        let (one, other) = (NetworkAddress(version4: 0x7F00_0001), NetworkAddress(version4: 0x7F00_0002))
        func attempt(_ secret: String, from client: NetworkAddress) async throws -> Answer {
            try await desk.send("GET /v1/articles", [field(secret)], from: client)
        }
        for _ in 0..<3 { #expect(try await attempt("wrong", from: one).status == 401) }
        let refused = try await attempt("wrong", from: one)
        #expect(refused.status == 429)
        #expect(refused.code == "too_many_attempts")
        #expect(refused[.retryAfter] == "20")
        #expect(try await attempt("wrong", from: other).status == 401)
        #expect(try await attempt(Desk.token, from: one).status == 200)
        time.advance(by: .seconds(20))
        #expect(try await attempt("wrong", from: one).status == 401)
        #expect(try await attempt("wrong", from: one).status == 429)
    }

    @Test func `a network of IPv6 is one client`() {
        let (one, same) = (NetworkAddress(high: 0x2001_0DB8_0000_0001, low: 1), NetworkAddress(high: 0x2001_0DB8_0000_0001, low: 9))
        #expect(one.network == same.network)
        #expect(one.network != NetworkAddress(high: 0x2001_0DB8_0000_0002, low: 1).network)
        #expect(NetworkAddress(version4: 1).network != NetworkAddress(version4: 2).network)
    }

    @Test func `addresses without number take bounded memory`() {
        let attempts = FailedAttempts(perMinute: 1, now: { ContinuousClock.Instant.now })
        for number in 0..<UInt32(3 * FailedAttempts.addressCountMax) {
            #expect(attempts.add(from: NetworkAddress(version4: number)) == nil)
        }
        #expect(attempts.addressCount <= FailedAttempts.addressCountMax)
    }

    @Test func `a bounded token is told what it has left, refused beyond it, and let in again`() async throws {
        let time = TestTime()
        let desk = try Desk(access: Access(adminToken: Desk.token, moment: { time.now }))
        try await desk.add(AccessToken(name: "cms", role: .reader, requestsPerMinute: 2), secret: Self.secret)
        let first = try await desk.send("GET /v1/people", [field()])
        #expect(first.status == 200)
        #expect(first.fields[.init("RateLimit-Policy")!] == "\"token\";q=2;w=60")
        #expect(first.fields[.init("RateLimit")!] == "\"token\";r=1;t=30")
        #expect(try await desk.send("GET /v1/people", [field()]).fields[.init("RateLimit")!] == "\"token\";r=0;t=30")
        let refused = try await desk.send("GET /v1/people", [field()])
        #expect(refused.status == 429)
        #expect(refused.code == "rate_limited")
        #expect(refused[.retryAfter] == "30")
        #expect(try await desk.sendAsNewsroom("GET /v1/people").status == 200)
        time.advance(by: .seconds(30))
        #expect(try await desk.send("GET /v1/people", [field()]).status == 200)
    }
}

/// A clock of bounds that a test moves.
private final class TestTime: Sendable {
    private let instant = Lock(ContinuousClock.Instant.now)

    var now: ContinuousClock.Instant { instant.withLock { $0 } }

    func advance(by duration: Duration) { instant.withLock { $0 += duration } }
}
