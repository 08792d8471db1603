import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct AccessTests {
    static let wrongFields: [[String]] = [
        ["Authorization: Bearer wrong"], ["Authorization: Bearer \(Desk.token)x"], ["Authorization: Bearer \(Desk.token.dropLast())"],
        ["Authorization: Bearer"], ["Authorization: Bearer "], ["Authorization: "], ["Authorization: \(Desk.token)"],
        ["Authorization: Basic YWRhOmxvdmVsYWNl"], ["Authorization: Bearer \(Desk.token) more"],
        ["Authorization: Bearer \(Desk.token)", "Authorization: Bearer \(Desk.token)"],
        ["Authorization: Bearer \(Desk.token), Bearer \(Desk.token)"], ["Authorization: Bearer=\(Desk.token)"],
    ]

    @Test(arguments: ["POST /v1/articles", "PUT /v1/articles/x", "PATCH /v1/articles/x", "DELETE /v1/articles/x", "POST /v1/import"])
    func `a write without a token is 401, before anything else is looked at`(_ line: String) async throws {
        let desk = try Desk()
        let answer = try await desk.send(line, [], body: Array("{".utf8))
        #expect(answer.status == 401)
        #expect(answer.code == "unauthorized")
        #expect(answer[.wwwAuthenticate] == "Bearer realm=\"dateline\"")
    }

    @Test(arguments: AccessTests.wrongFields)
    func `a token that is not right is 401 on writes and on reads, and all such answers are the same`(_ fields: [String]) async throws {
        let desk = try Desk()
        let reference = try await desk.send("GET /v1/articles", ["Authorization: Bearer other"])
        for line in ["GET /v1/articles", "GET /v1/people/ada", "POST /v1/articles", "POST /v1/import"] {
            let answer = try await desk.send(line, fields)
            #expect(answer.status == 401)
            #expect(answer[.wwwAuthenticate] == "Bearer realm=\"dateline\", error=\"invalid_token\"")
            #expect(answer.string("detail") == reference.string("detail"))
            #expect(answer.string("hint") == reference.string("hint"))
            #expect(!answer.text.contains(Desk.token))
        }
    }

    @Test(arguments: ["Bearer \(Desk.token)", "bearer \(Desk.token)", "BEARER   \(Desk.token)"])
    func `the right token writes, however its scheme is written`(_ value: String) async throws {
        let desk = try Desk()
        let answer = try await desk.send(
            "POST /v1/people", ["Authorization: \(value)", "Content-Type: application/json"], body: Array(#"{"name": "Ada"}"#.utf8))
        #expect(answer.status == 201)
    }

    @Test func `a token is another where any of its characters is`() throws {
        for length in [1, 7, 8, 9, 16, 23, 512] {
            let token = String(repeating: "t", count: length)
            let access = Access(adminToken: token)
            func isRight(_ shown: String, scheme: String = "Bearer") -> Bool {
                let head = RequestHead(
                    method: .get, target: RequestTarget(segments: []), fields: [.authorization: "\(scheme) \(shown)"])
                return (try? access.viewer(of: Request(head: head, id: "one"))) == .newsroom
            }
            #expect(isRight(token) && isRight(token, scheme: "bEaReR") && isRight("  \(token)"))
            #expect(!isRight("\(token)t") && !isRight(String(token.dropLast())) && !isRight(token, scheme: "Bearex"))
            #expect(!isRight(token, scheme: "Bearer1"))
            for place in 0..<length {
                var other = Array(token)
                other[place] = "T"
                #expect(!isRight(String(other)))
            }
        }
    }

    @Test(arguments: [nil, ""])
    func `without a token set nobody writes, and the hint says why`(_ token: String?) async throws {
        let desk = try Desk(token: token)
        for fields in [[], ["Authorization: Bearer "], ["Authorization: Bearer \(Desk.token)"]] {
            let answer = try await desk.send("POST /v1/people", fields)
            #expect(answer.status == 401)
            #expect(answer.string("hint")?.contains("DATELINE_ADMIN_TOKEN") == true)
        }
        #expect(try await desk.send("GET /v1/people").status == 200)
    }

    @Test func `drafts, embargoed and retracted articles are seen with the token alone, at every exit`() async throws {
        let desk = try Desk()
        try await desk.create("articles", #"{"headline": "Out", "slug": "out", "status": "published"}"#)
        let hidden = [
            #"{"headline": "Draft", "slug": "draft-one"}"#,
            #"{"headline": "Ready", "slug": "ready-one", "status": "ready"}"#,
            #"{"headline": "Later", "slug": "later-one", "status": "published", "embargoed_until": "2024-03-27T12:00:01Z"}"#,
        ]
        for json in hidden { try await desk.create("articles", json) }
        let retracted = try await desk.create("articles", #"{"headline": "Wrong", "slug": "wrong-one", "status": "published"}"#)
        let retraction = try await desk.write("PATCH /v1/articles/wrong-one", #"{"status": "retracted"}"#)
        #expect(retraction.status == 200, "\(retraction.text)")

        for slug in ["draft-one", "ready-one", "later-one", "wrong-one"] {
            let secret = try await desk.sendAsNewsroom("GET /v1/articles/\(slug)")
            #expect(secret.status == 200)
            for path in [slug, secret.id] {
                for method in ["GET", "HEAD"] {
                    let answer = try await desk.send("\(method) /v1/articles/\(path)")
                    #expect(answer.status == 404)
                    #expect(answer[.eTag] == nil)
                }
                let conditional = try await desk.send("GET /v1/articles/\(path)", ["If-None-Match: \(secret.eTag)"])
                #expect(conditional.status == 404)
            }
            for query in [
                "slug=\(slug)", "id=\(secret.id)", "headline__startswith=D", "status__ne=published", "sort=headline&limit=1&slug=\(slug)",
            ] {
                let list = try await desk.send("GET /v1/articles?count=exact&\(query)")
                #expect(!list.text.contains(slug))
                #expect(list["page", "total", "value"] == 0)
            }
        }
        #expect(!retracted.id.isEmpty)
        let open = try await desk.send("GET /v1/articles?count=exact")
        #expect(open.column("slug") == ["out"])
        #expect(open["page", "total", "value"] == 1)
        #expect(try await desk.sendAsNewsroom("GET /v1/articles?count=exact")["page", "total", "value"] == 5)
    }

    @Test func `that a draft was deleted is told to the newsroom alone`() async throws {
        let desk = try Desk()
        let draft = try await desk.create("articles", #"{"headline": "Secret", "slug": "secret"}"#)
        let published = try await desk.create("articles", #"{"headline": "Out", "slug": "out", "status": "published"}"#)
        for slug in ["secret", "out"] {
            #expect(try await desk.sendAsNewsroom("DELETE /v1/articles/\(slug)", ["If-Match: *"]).status == 204)
        }
        for name in ["secret", draft.id] {
            #expect(try await desk.send("GET /v1/articles/\(name)").status == 404)
            #expect(try await desk.sendAsNewsroom("GET /v1/articles/\(name)").status == 410)
        }
        for name in ["out", published.id] { #expect(try await desk.send("GET /v1/articles/\(name)").status == 410) }
    }

    @Test func `a publication that is dated ahead is seen from then on, at every exit`() async throws {
        let desk = try Desk()
        let made = try await desk.create(
            "articles", #"{"headline": "Later", "slug": "later", "published_at": "2024-03-27T12:00:01.500Z"}"#)
        #expect(made["status"] == "published")
        let date = Instant(milliseconds: Desk.noon.milliseconds + 1_500)
        for (moment, isSeen) in [(Instant(milliseconds: date.milliseconds - 1), false), (date, true)] {
            desk.clock.move(to: moment)
            for path in ["later", made.id] {
                for method in ["GET", "HEAD"] {
                    #expect(try await desk.send("\(method) /v1/articles/\(path)").status == (isSeen ? 200 : 404))
                }
                #expect(try await desk.sendAsNewsroom("GET /v1/articles/\(path)").status == 200)
            }
            for query in ["slug=later", "sort=headline", "published_at__gte=2024-01-01", "status=published"] {
                let list = try await desk.send("GET /v1/articles?count=exact&\(query)")
                #expect(list.column("slug") == (isSeen ? ["later"] : []))
                #expect(list["page", "total", "value"] == (isSeen ? 1 : 0))
            }
        }
    }

    @Test func `an embargo ends by itself, to the millisecond`() async throws {
        let desk = try Desk()
        try await desk.create(
            "articles", #"{"headline": "Later", "slug": "later", "status": "published", "embargoed_until": "2024-03-27T12:00:01.500Z"}"#)
        let end = Instant(milliseconds: Desk.noon.milliseconds + 1_500)
        desk.clock.move(to: Instant(milliseconds: end.milliseconds - 1))
        #expect(try await desk.send("GET /v1/articles/later").status == 404)
        desk.clock.move(to: end)
        #expect(try await desk.send("GET /v1/articles/later").status == 200)
        #expect(try await desk.send("GET /v1/articles").column("slug") == ["later"])
    }
}
