import Addresses
import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct WebhookTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    private func make(_ json: String = #"{"url": "https://desk.example/changes"}"#) async throws -> Answer {
        let answer = try await desk.write("POST /v1/webhooks", json)
        try #require(answer.status == 201, "\(answer.text)")
        return answer
    }

    @Test func `a webhook is made with a secret, which is shown this once`() async throws {
        let made = try await make(#"{"url": "https://desk.example/changes", "kinds": ["event", "article"], "audience": "newsroom"}"#)
        #expect(made[.location] == "/v1/webhooks/\(made.id)" && made.id.hasPrefix("whk_"))
        #expect(made.string("secret")?.hasPrefix("whsec_") == true && made.string("secret")?.utf8.count == 50)
        #expect(made["kinds"] == ["event", "article"] && made["operations"] == .null && made.string("audience") == "newsroom")
        #expect(made.string("status") == "active" && made["delivered_seq"] == 0)
        for line in ["GET /v1/webhooks", "GET /v1/webhooks/\(made.id)", "GET /v1/webhooks/\(made.id)/deliveries"] {
            let answer = try await desk.sendAsNewsroom(line)
            #expect(answer.status == 200 && !answer.text.contains("secret"), "\(answer.text)")
            #expect(answer[.cacheControl] == "no-store")
        }
        #expect(try await desk.sendAsNewsroom("GET /v1/webhooks").column("id") == [made.id])
        #expect(try await desk.sendAsNewsroom("GET /v1/webhooks/\(made.id)").eTag == made.eTag)
    }

    @Test(arguments: ["reader", "editor"])
    func `webhooks are for admins alone`(_ name: String) async throws {
        let made = try await make()
        let secret = "dl_\(name)_0123456789012345678901234567"
        try await desk.add(AccessToken(name: name, role: try #require(Role(rawValue: name))), secret: secret)
        for line in ["GET /v1/webhooks", "POST /v1/webhooks", "GET /v1/webhooks/\(made.id)", "DELETE /v1/webhooks/\(made.id)"] {
            #expect(try await desk.send(line, ["Authorization: Bearer \(secret)"]).status == 403)
        }
    }

    @Test(arguments: [
        ("{}", 422, ["/url required"]), (#"{"url": null}"#, 422, ["/url required"]),
        (#"{"url": "ftp://desk.example"}"#, 422, ["/url invalid_value"]),
        (#"{"url": "https://user:secret@desk.example"}"#, 422, ["/url invalid_value"]), (#"{"url": 7}"#, 422, ["/url wrong_type"]),
        (#"{"url": "http://127.0.0.1:9000/"}"#, 422, ["/url invalid_value"]),
        (#"{"url": "http://[::ffff:10.0.0.1]/"}"#, 422, ["/url invalid_value"]),
        (#"{"url": "https://desk.example", "kinds": []}"#, 422, ["/kinds required"]),
        (#"{"url": "https://desk.example", "kinds": ["articles", null]}"#, 422, ["/kinds/0 invalid_value", "/kinds/1 wrong_type"]),
        (#"{"url": "https://desk.example", "operations": ["published"]}"#, 422, ["/operations/0 invalid_value"]),
        (#"{"url": "https://desk.example", "operations": ["merged"]}"#, 422, ["/operations invalid_value"]),
        (#"{"url": "https://desk.example", "audience": "editors"}"#, 422, ["/audience invalid_value"]),
        (#"{"url": "https://desk.example", "secret": "x"}"#, 400, ["/secret unknown_member"]),
    ])
    func `what is wrong with a webhook is told, all of it`(_ json: String, _ status: Int, _ failures: [String]) async throws {
        let answer = try await desk.write("POST /v1/webhooks", json)
        #expect(answer.status == status && answer.failures == failures, "\(answer.text)")
        #expect(try await desk.newsroom.webhooks.all().isEmpty)
    }

    @Test func `the settings can allow addresses`() async throws {
        let rule = DestinationRule(allowed: try #require(AddressBlock.list("127.0.0.0/8")))
        let api = NewsroomAPI(
            desk.newsroom, access: Access(adminToken: Desk.token), program: desk.program, destinations: rule, report: { _ in })
        let request = try Desk.request(
            "POST /v1/webhooks", ["Authorization: Bearer \(Desk.token)", "Content-Type: application/json"],
            body: .bytes(Array(#"{"url": "http://127.0.0.1:9000/"}"#.utf8)))
        #expect(await api.respond(to: request).status == .created)
    }

    @Test func `a patch changes what it names, from the version that it names`() async throws {
        let made = try await make(#"{"url": "https://desk.example/changes", "kinds": ["event"]}"#)
        let line = "PATCH /v1/webhooks/\(made.id)"
        let changed = try await desk.write(line, #"{"description": "the desk", "kinds": null}"#, ["If-Match: \(made.eTag)"])
        #expect(changed.status == 200 && changed.string("description") == "the desk" && changed["kinds"] == .null)
        #expect(changed["version"] == 2 && changed.string("url") == "https://desk.example/changes")
        #expect(try await desk.write(line, #"{"url": null}"#, ["If-Match: \(made.eTag)"]).status == 412)
        #expect(try await desk.write(line, #"{"url": null}"#).failures == ["/url required"])
        #expect(try await desk.write(line, #"{"id": "x"}"#).status == 400)
        #expect(try await desk.sendAsNewsroom(line, ["Content-Type: application/json"], body: Array("{}".utf8)).status == 428)
        #expect(try await desk.sendAsNewsroom("DELETE /v1/webhooks/\(made.id)", ["If-Match: \(changed.eTag)"]).status == 204)
        #expect(try await desk.sendAsNewsroom("GET /v1/webhooks/\(made.id)").status == 404)
    }

    @Test func `it is disabled and enabled, from where it stopped or from elsewhere`() async throws {
        try await desk.create("people", #"{"name": "Ada"}"#)
        let made = try await make()
        let path = "/v1/webhooks/\(made.id)/actions"
        let off = try await desk.sendAsNewsroom("POST \(path)/disable")
        #expect(off.status == 200 && off.string("status") == "disabled" && off.string("disabled_because") == "requested")
        #expect(try await desk.sendAsNewsroom("POST \(path)/enable")["delivered_seq"] == 1)
        let back = try await desk.write("POST \(path)/enable", #"{"after": 0}"#)
        #expect(back.string("status") == "active" && back["delivered_seq"] == 0)
        #expect(try await desk.write("POST \(path)/enable", #"{"after": 2}"#).failures == ["/after out_of_range"])
        #expect(try await desk.write("POST \(path)/enable", #"{"after": "x"}"#).failures == ["/after wrong_type"])
        #expect(try await desk.write("POST \(path)/enable", #"{"from": 0}"#).failures == ["/from unknown_member"])
        #expect(try await desk.write("POST \(path)/disable", #"{"after": 0}"#).failures == ["/after unknown_member"])
    }

    @Test func `a test is asked for, and what came of deliveries is told`() async throws {
        let made = try await make()
        let id = try #require(WebhookID(made.id))
        #expect(try await desk.sendAsNewsroom("POST /v1/webhooks/\(made.id)/actions/test").status == 202)
        let work = try #require(try await desk.newsroom.webhooks.work(of: id))
        for number in 1...3 as ClosedRange<Int64> {
            let delivery = WebhookDelivery(
                messageID: "\(made.id)-\(number)", sequence: number, attempt: 2, attemptedAt: Desk.noon, duration: 31, outcome: .refused,
                status: 404, response: "no such page")
            _ = try await desk.newsroom.webhooks.keep(nil, delivery, after: work)
        }
        let first = try await desk.sendAsNewsroom("GET /v1/webhooks/\(made.id)/deliveries?limit=2")
        #expect(first.column("id") == ["\(made.id)-3", "\(made.id)-2"])
        #expect(first["data", "0", "status"] == 404 && first.string("data", "0", "response") == "no such page")
        #expect(first["data", "0", "attempt"] == 2 && first.string("data", "0", "outcome") == "refused")
        let last = try await desk.sendAsNewsroom("GET \(try #require(first.nextPath))")
        #expect(last.column("id") == ["\(made.id)-1"] && last.nextPath == nil)
        for cursor in ["x", "0", "-1", "007"] {
            let answer = try await desk.sendAsNewsroom("GET /v1/webhooks/\(made.id)/deliveries?cursor=\(cursor)")
            #expect(answer.status == 400 && answer.code == "invalid_cursor")
        }
    }

    @Test(arguments: ["Idempotency-Key: k", "Prefer: tx=rollback", "If-Match: *"])
    func `what a webhook cannot promise is refused when it is made`(_ field: String) async throws {
        #expect(try await desk.write("POST /v1/webhooks", #"{"url": "https://desk.example"}"#, [field]).status == 400)
        #expect(try await desk.newsroom.webhooks.all().isEmpty)
    }

    @Test(arguments: ["GET /v1/webhooks/x", "GET /v1/webhooks/whk_01HT3Z6V0Q8X9GZ5J2M4N7P1RS", "POST /v1/webhooks/x/actions/test"])
    func `one that is not there is 404`(_ line: String) async throws {
        #expect(try await desk.sendAsNewsroom(line).status == 404)
    }
}
