import HTTP
import HTTPTypes
import JSON
import Locks
import Newsroom
import Routing
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct ProbeTests {
    @Test(arguments: ["/livez", "/healthz"], ProgramState.Phase.allCases)
    func `the process lives in every phase`(_ path: String, _ phase: ProgramState.Phase) async throws {
        let desk = try Desk()
        desk.program.phase = phase
        let answer = try await desk.send("GET \(path)")
        #expect(answer.status == 200)
        #expect(answer.text == #"{"status":"ok"}"#)
        #expect(answer[.contentType] == "application/json")
        #expect(answer[.cacheControl] == "no-store")
        #expect(answer.route == path)
    }

    @Test(arguments: [
        (ProgramState.Phase.starting, 503, "starting"), (.migrating, 503, "migrating"), (.serving, 200, "ready"),
        (.draining, 503, "draining"),
    ])
    func `requests are wanted while it serves, and only then`(_ phase: ProgramState.Phase, _ status: Int, _ word: String) async throws {
        let desk = try Desk()
        desk.program.phase = phase
        let answer = try await desk.send("GET /readyz")
        #expect(answer.status == status)
        #expect(answer.text.contains(word))
        if status == 503 {
            #expect(answer.code == "unavailable")
            #expect(answer[.retryAfter] != nil)
        }
    }

    /// It may be the store that hangs.
    @Test func `who shows no token, or that of the settings, has none looked for in the store`() async throws {
        let tokens = CountingTokens()
        let responder = RateResponder(inner: Router(), access: Access(adminToken: Desk.token).with(tokens))
        for fields in [[], ["Authorization: Bearer \(Desk.token)"]] {
            let probe = try Desk.request("GET /livez", fields)
            _ = responder.responseAtOnce(to: probe)
            _ = await responder.respond(to: probe)
        }
        #expect(tokens.lookCount == 0)
        _ = await responder.respond(to: try Desk.request("GET /livez", ["Authorization: Bearer x"]))
        #expect(tokens.lookCount == 1)
    }

    @Test func `a store that takes no writes is not ready, and its reads and writes say so`() async throws {
        let desk = try Desk()
        await desk.newsroom.close()
        let ready = try await desk.send("GET /readyz")
        #expect(ready.status == 503)
        #expect(try await desk.send("GET /livez").status == 200)
        let write = try await desk.write("POST /v1/people", #"{"name": "Ada"}"#)
        #expect(write.status == 503)
        #expect(write.code == "unavailable")
        #expect(write[.retryAfter] != nil)
    }

    @Test func `what made the store fail goes to the log with the request's id, and not to the client`() async throws {
        let reports = Reports()
        let program = ProgramState(version: "1", startedAt: Desk.noon)
        let access = Access(adminToken: Desk.token)
        let api = NewsroomAPI(ClosedNewsroom(), access: access, program: program, report: { reports.add($0) })
        let token = "Authorization: Bearer \(Desk.token)"
        let requests = [
            try Desk.request("GET /v1/articles"), try Desk.request("GET /v1/people/ada"),
            try Desk.request("POST /v1/import", [ImportTests.type, token], body: .bytes(ImportTests.row)),
        ]
        for request in requests {
            let answer = try await Answer(api.respond(to: request))
            #expect(answer.status == 503)
            #expect(answer["request_id"] == "test-request")
            #expect(!answer.text.contains("not open yet"))
        }
        #expect(reports.all == Array(repeating: "test-request: the store is not open yet", count: 3))
    }

    @Test func `a full disk is told to the log, and what clients do wrong is not`() {
        #expect(StoreFailure(.diskFull, requestID: "r-1") == StoreFailure(requestID: "r-1", reason: "the disk is full"))
        for error in [
            StoreError.notFound, .gone, .staleVersion(current: 1), .queueFull, .locked, .overloaded, .deadline,
            .invalid(ValidationFailure([])),
        ] {
            #expect(StoreFailure(error, requestID: "r-1") == nil)
        }
    }

    @Test func `before the store is open every route is 503 and the probes tell`() async throws {
        let program = ProgramState(version: "1", startedAt: Desk.noon)
        let starting = NewsroomAPI.starting(access: Access(adminToken: nil), program: program)
        program.phase = .migrating
        let expected = [
            ("/livez", 200), ("/healthz", 200), ("/readyz", 503), ("/v1/articles", 503), ("/v1/people/ada", 503), ("/nothing", 404),
        ]
        for (path, status) in expected {
            #expect(try await starting.respond(to: Desk.request("GET \(path)")).status.code == status)
        }
    }

    @Test func `the routes have the same numbers before and after the store is open`() throws {
        let starting = NewsroomAPI.starting(access: Access(adminToken: nil), program: ProgramState(version: "1", startedAt: Desk.noon))
        #expect(try starting.patterns == Desk().api.patterns)
    }

    @Test func `probes take no notice of a token or a query`() async throws {
        let desk = try Desk()
        for path in ["/livez?x=1", "/readyz?verbose", "/healthz?a&a", "/metrics?b"] {
            #expect(try await desk.send("GET \(path)", ["Authorization: Bearer wrong"]).status == 200)
        }
    }
}

/// Tokens of which there are none, and how often they were looked for.
private final class CountingTokens: TokenStore {
    private let count = Lock(0)
    var lookCount: Int { count.withLock { $0 } }

    var now: Instant { Desk.noon }
    func hash(of secret: [UInt8]) -> TokenHash { TokenHash(bytes: secret) }
    func add(_ token: AccessToken, _ hash: TokenHash) async throws(StoreError) -> Bool { false }
    func revoke(named name: String) async throws(StoreError) -> Bool { false }
    func all() async throws(StoreError) -> [KeptToken] { [] }
    func note(_ uses: [TokenHash: Instant]) async throws(StoreError) {}
    func directory() throws(StoreError) -> TokenDirectory {
        count.withLock { $0 += 1 }
        throw .deadline
    }
}
