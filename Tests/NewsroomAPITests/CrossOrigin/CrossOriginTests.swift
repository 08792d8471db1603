import HTTP
import HTTPTypes
import Newsroom
import Routing
import Testing
import Turns

@testable import NewsroomAPI

/// What scripts of other origins are let read.
@Suite(.inTurn) struct CrossOriginTests {
    private static let desk = "https://desk.example"

    private func desk(_ origins: String?) throws -> Desk {
        try Desk(origins: origins.map { try #require(AllowedOrigins($0)) })
    }

    private static func fields(of protocolOf: Answer) -> [String] {
        protocolOf.fields.map(\.name.canonicalName).filter { $0.hasPrefix("access-control-") }.sorted()
    }

    @Test func `without a setting nothing is said of it`() async throws {
        let desk = try desk(nil)
        for line in ["GET /v1/articles", "OPTIONS /v1/articles", "GET /nowhere", "POST /v1/articles"] {
            let answer = try await desk.send(line, ["Origin: \(Self.desk)", "Access-Control-Request-Method: GET"])
            #expect(Self.fields(of: answer).isEmpty && answer[.vary]?.contains("Origin") != true)
        }
    }

    @Test(arguments: [
        ("GET /v1/articles", 200), ("HEAD /v1/articles", 200), ("GET /livez", 200), ("GET /v1/articles/none", 404), ("GET /nowhere", 404),
        ("POST /v1/articles", 401), ("DELETE /v1/articles", 405), ("BREW /v1/articles", 501), ("GET /v1/articles?x=1", 400),
        ("OPTIONS /v1/articles", 204), ("GET /docs/errors", 200),
    ])
    func `a listed origin may read every answer, errors too, and others none`(_ line: String, _ status: Int) async throws {
        let desk = try desk("https://other.example, \(Self.desk)")
        let answer = try await desk.send(line, ["Origin: \(Self.desk)"])
        #expect(answer.status == status)
        #expect(answer[.accessControlAllowOrigin] == Self.desk && answer[.accessControlAllowCredentials] == "true")
        let exposed = answer[.accessControlExposeHeaders] ?? ""
        for name in ["ETag", "Link", "Location", "Allow", "Retry-After", "X-Request-ID"] { #expect(exposed.contains(name)) }
        for fields in [
            [], ["Origin: https://evil.example"], ["Origin: null"], ["Origin: *"], ["Origin: \(Self.desk)", "Origin: \(Self.desk)"],
        ] {
            let other = try await desk.send(line, fields)
            #expect(other.status == status && Self.fields(of: other).isEmpty)
            // It could have been another with another origin.
            #expect(other[.vary] == answer[.vary] && other[.vary]?.hasSuffix("Origin") == true)
        }
    }

    @Test func `406, 412, 415 and 428 can be read as well`() async throws {
        let desk = try desk(Self.desk)
        let origin = "Origin: \(Self.desk)"
        try await desk.create("people", #"{"name": "Ada North"}"#)
        let answers = [
            try await desk.send("GET /v1/people", [origin, "Accept: text/html"]),
            try await desk.write("PATCH /v1/people/ada-north", "{}", [origin, "If-Match: \"9\""]),
            try await desk.sendAsNewsroom("POST /v1/people", [origin], body: [1]),
            try await desk.sendAsNewsroom("PATCH /v1/people/ada-north", [origin], body: [1]),
            try await desk.send("GET /v1/people/ada-north", [origin, "If-None-Match: *"]),
        ]
        #expect(answers.map(\.status) == [406, 412, 415, 428, 304])
        for answer in answers { #expect(answer[.accessControlAllowOrigin] == Self.desk && answer[.vary]?.contains("Origin") == true) }
    }

    @Test func `cookies are neither set nor read`() async throws {
        let desk = try desk(Self.desk)
        let cookie = ["Origin: \(Self.desk)", "Cookie: token=\(Desk.token); Authorization=Bearer \(Desk.token)"]
        for route in desk.api.routes {
            let path = route.pattern.description.replacing("{id}", with: "nothing").replacing("{version}", with: "1")
            let answer = try await desk.send("\(route.method.rawValue) \(path)", cookie)
            #expect(answer[.setCookie] == nil, "\(path)")
            if route.method != .get { #expect(answer.status == 401, "\(route.method.rawValue) \(path)") }
        }
    }

    @Test(arguments: [
        ("/v1/articles", "GET, HEAD, POST, OPTIONS"), ("/v1/articles/x", "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"),
        ("/v1/import", "POST, OPTIONS"), ("/metrics", "GET, HEAD, OPTIONS"),
    ])
    func `a preflight is answered with the methods of its path, and needs no token`(_ path: String, _ methods: String) async throws {
        let desk = try desk(Self.desk)
        let asking = ["Access-Control-Request-Method: PATCH", "Access-Control-Request-Headers: authorization,content-type,if-match"]
        let answer = try await desk.send("OPTIONS \(path)", asking + ["Origin: \(Self.desk)"])
        #expect(answer.status == 204 && answer.body.isEmpty)
        #expect(answer[.accessControlAllowOrigin] == Self.desk && answer[.accessControlAllowCredentials] == "true")
        #expect(answer[.accessControlAllowMethods] == methods && answer[.allow] == methods)
        let names = (answer[.accessControlAllowHeaders] ?? "").split(separator: ", ")
        #expect(
            names == [
                "Accept", "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID", "Prefer",
                "X-Request-ID", "traceparent", "tracestate",
            ])
        #expect(answer[.accessControlMaxAge] == "7200" && answer[.accessControlExposeHeaders] == nil)
        #expect(answer[.vary] == "Access-Control-Request-Method, Access-Control-Request-Headers, Origin")
        let other = try await desk.send("OPTIONS \(path)", asking + ["Origin: https://evil.example"])
        #expect(other.status == 204 && other[.allow] == methods && Self.fields(of: other).isEmpty && other[.vary] == answer[.vary])
    }

    @Test func `a preflight for a path that there is none of lets the script see the 404 itself`() async throws {
        let desk = try desk(Self.desk)
        let answer = try await desk.send("OPTIONS /nowhere", ["Origin: \(Self.desk)", "Access-Control-Request-Method: GET"])
        #expect(answer.status == 204)
        #expect(answer[.accessControlAllowMethods] == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
        #expect(try await desk.send("OPTIONS /nowhere", ["Origin: \(Self.desk)"]).status == 404)
    }

    @Test func `a plain OPTIONS tells Allow and no more`() async throws {
        for origins in [nil, Self.desk, "*"] {
            let answer = try await desk(origins).send("OPTIONS /v1/import", ["Access-Control-Request-Method: POST"])
            #expect(answer.status == 204 && answer[.allow] == "POST, OPTIONS" && answer[.accessControlAllowMethods] == nil)
        }
    }

    @Test func `all origins may read, but never as somebody that their browser knows`() async throws {
        let desk = try desk("*")
        for fields in [[], ["Origin: \(Self.desk)"], ["Origin: null"]] {
            let answer = try await desk.send("GET /v1/articles", fields)
            #expect(answer[.accessControlAllowOrigin] == "*" && answer[.accessControlAllowCredentials] == nil)
            #expect(answer[.vary] == "Accept, Authorization, Accept-Encoding")
        }
        let preflight = try await desk.send("OPTIONS /v1/articles", ["Origin: null", "Access-Control-Request-Method: POST"])
        #expect(preflight[.accessControlAllowOrigin] == "*" && preflight[.accessControlAllowCredentials] == nil)
        #expect(preflight[.vary] == "Access-Control-Request-Method, Access-Control-Request-Headers")
    }

    @Test func `null is allowed where it is listed, without credentials`() async throws {
        let answer = try await desk("null").send("GET /livez", ["Origin: null"])
        #expect(answer[.accessControlAllowOrigin] == "null" && answer[.accessControlAllowCredentials] == nil)
        #expect(try await Self.fields(of: desk(Self.desk).send("GET /livez", ["Origin: null"])).isEmpty)
    }

    @Test func `compressed answers, kept or not, can be read`() async throws {
        let desk = try desk(Self.desk)
        for _ in 0..<2 {
            let answer = try await desk.send("GET /v1/meta", ["Origin: \(Self.desk)", "Accept-Encoding: gzip"])
            #expect(answer[.contentEncoding] == "gzip" && answer[.vary] == "Accept, Authorization, Accept-Encoding, Origin")
            let list = try await desk.send("GET /v1/people", ["Origin: \(Self.desk)"])
            #expect(list[.vary] == "Accept, Authorization, Accept-Encoding, Origin" && list[.accessControlAllowOrigin] == Self.desk)
            // What is kept is the same for whoever asks next.
            #expect(try await Self.fields(of: desk.send("GET /v1/people")).isEmpty)
        }
    }

    @Test func `while the server starts it is the same`() async throws {
        let program = ProgramState(version: "1", startedAt: Desk.noon)
        let origins = AllowedOrigins(Self.desk)
        let starting = NewsroomAPI.starting(access: Access(adminToken: nil), program: program, origins: origins)
        let answer = try await Answer(starting.respond(to: try Desk.request("GET /readyz", ["Origin: \(Self.desk)"])))
        #expect(answer.status == 503 && answer.fields[.accessControlAllowOrigin] == Self.desk)
        #expect(answer.fields[.accessControlExposeHeaders]?.contains("Retry-After") == true)
    }
}
