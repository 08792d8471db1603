import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct WritingTests {
    static let lake = #"{"name": "Lake Authority", "slug": "lake-authority", "kind": "government"}"#

    @Test(arguments: [
        ("articles", "art_", #"{"headline": "Ice road opens"}"#, "ice-road-opens"),
        ("people", "per_", #"{"name": "Ada Frost"}"#, "ada-frost"),
        ("organizations", "org_", #"{"name": "Lake Authority"}"#, "lake-authority"),
        ("events", "evt_", #"{"title": "Thaw meeting", "kind": "meeting"}"#, "thaw-meeting"),
    ])
    func `each kind is created, shown, replaced, patched, and deleted`(
        _ kind: String, _ prefix: String, _ json: String, _ slug: String
    ) async throws {
        let desk = try Desk()
        let made = try await desk.write("POST /v1/\(kind)", json)
        #expect(made.status == 201)
        #expect(made.id.hasPrefix(prefix))
        #expect(made[.location] == "/v1/\(kind)/\(made.id)")
        #expect(made.string("slug") == slug)
        #expect(made["version"] == 1)
        #expect(made.string("created_at") == "2024-03-27T12:00:00.000Z")

        let path = "/v1/\(kind)/\(made.id)"
        #expect(try await desk.sendAsNewsroom("GET \(path)").body == made.body)
        let patched = try await desk.write("PATCH \(path)", #"{"external_ids": {"wire": "17"}}"#)
        #expect(patched.status == 200)
        #expect(patched["version"] == 2)
        #expect(patched.eTag.hasPrefix("\"2-"))
        #expect(patched["external_ids", "wire"] == "17")
        let replaced = try await desk.write("PUT \(path)", json)
        #expect(replaced.status == 200)
        #expect(replaced["version"] == 3)
        #expect(replaced["external_ids"] == .object(JSONObject()))
        #expect(replaced.string("slug") == slug)

        let deleted = try await desk.sendAsNewsroom("DELETE \(path)", ["If-Match: \(replaced.eTag)"])
        #expect(deleted.status == 204)
        #expect(deleted.body.isEmpty)
        let after = try await desk.sendAsNewsroom("GET \(path)")
        #expect(after.status == 410)
        #expect(after.code == "gone")
        #expect(try await desk.write("PATCH \(path)", "{}").status == 410)
        #expect(try await desk.sendAsNewsroom("DELETE \(path)", ["If-Match: *"]).status == 410)
    }

    @Test func `what is read can be edited and sent back whole`() async throws {
        let desk = try Desk()
        let minister = try await desk.create(
            "people", #"{"name": "Yoav Gallant", "roles": [{"title": "Minister of Defense", "from": "2022-12-29", "to": "2024-11-05"}]}"#)
        let made = try await desk.create(
            "articles",
            """
            {"headline": "Talks called off", "status": "published", "published_at": "2024-03-27T09:00:00Z", "language": "en",
             "people": [{"id": "\(minister.id)", "role": "subject"}], "tags": ["diplomacy"], "external_ids": {"wire": "4711"}}
            """)
        let read = try await desk.send("GET /v1/articles/\(made.id)")
        #expect(read.string("people", "0", "role_at") == "Minister of Defense")
        guard case .object(var article) = try JSONReader.read(read.body) else { throw NoObject() }
        article["headline"] = "Talks called off at short notice"
        let edited = String(decoding: JSONWriter.text(of: .object(article)), as: UTF8.self)
        let answer = try await desk.write("PUT /v1/articles/\(made.id)", edited, ["If-Match: \(read.eTag)"])
        #expect(answer.status == 200, "\(answer.text)")
        guard case .object(var after) = try JSONReader.read(answer.body) else { throw NoObject() }
        #expect(after["headline"] == "Talks called off at short notice")
        #expect(after["version"] == 2)
        for name in ["version", "updated_at", "headline"] {
            after[name] = nil
            article[name] = nil
        }
        #expect(after == article)
    }

    struct NoObject: Error {}

    @Test func `a write that changes nothing keeps the version and the ETag`() async throws {
        let desk = try Desk()
        let made = try await desk.create("organizations", WritingTests.lake)
        for (line, json) in [("PUT", made.text), ("PATCH", "{}"), ("PATCH", #"{"kind": "government"}"#), ("PUT", WritingTests.lake)] {
            let answer = try await desk.write("\(line) /v1/organizations/lake-authority", json)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.eTag == made.eTag)
            #expect(answer.body == made.body)
        }
    }

    @Test func `of two edits from one version the second is told that it is stale`() async throws {
        let desk = try Desk()
        let tag = try await desk.create("organizations", WritingTests.lake).eTag
        let path = "/v1/organizations/lake-authority"
        #expect(try await desk.write("PATCH \(path)", #"{"country": "FI"}"#, ["If-Match: \(tag)"]).status == 200)
        for method in ["PATCH", "PUT", "DELETE"] {
            let late = try await desk.write("\(method) \(path)", #"{"name": "Lake Board"}"#, ["If-Match: \(tag)"])
            #expect(late.status == 412)
            #expect(late.code == "stale_version")
            #expect(late["current_version"] == 2)
        }
        let retried = try await desk.write("PATCH \(path)", #"{"name": "Lake Board"}"#, ["If-Match: \"2\""])
        #expect(retried.status == 200)
        #expect(retried.string("country") == "FI")
    }

    @Test func `edits that race each other are all kept or told`() async throws {
        let desk = try Desk()
        let tag = try await desk.create("organizations", WritingTests.lake).eTag
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<16 {
                group.addTask {
                    try await desk.write(
                        "PATCH /v1/organizations/lake-authority", #"{"name": "Authority \#(number)"}"#, ["If-Match: \(tag)"]
                    ).status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 200 }.count == 1)
        #expect(statuses.filter { $0 == 412 }.count == 15)
    }

    @Test func `an ETag serves whatever rendering it came from`() async throws {
        let desk = try Desk()
        try await desk.create("organizations", WritingTests.lake)
        let path = "/v1/organizations/lake-authority"
        var version = 1
        for query in ["?fields=name", "?pretty", ""] {
            let tag = try await desk.send("GET \(path)\(query)").eTag
            let answer = try await desk.write("PATCH \(path)", #"{"name": "Name \#(version)"}"#, ["If-Match: \(tag)"])
            #expect(answer.status == 200)
            version += 1
        }
        for pattern in ["\"N\"", "\"nothing\", \"N-gzip\"", "*"] {
            let condition = pattern.replacing("N", with: String(version))
            let answer = try await desk.write("PATCH \(path)", #"{"name": "Name \#(version)"}"#, ["If-Match: \(condition)"])
            #expect(answer.status == 200, "\(condition)")
            version += 1
        }
    }

    @Test(arguments: ["PUT", "PATCH", "DELETE"])
    func `a change without If-Match is 428, a malformed one 400, one that names no version 412`(_ method: String) async throws {
        let desk = try Desk()
        try await desk.create("organizations", WritingTests.lake)
        let line = "\(method) /v1/organizations/lake-authority"
        let type = "Content-Type: application/json"
        let body = Array(WritingTests.lake.utf8)
        let without = try await desk.sendAsNewsroom(line, [type], body: body)
        #expect(without.status == 428)
        #expect(without.code == "precondition_required")
        for value in ["7", "\"7", "**", "\"7\" \"8\""] {
            let answer = try await desk.sendAsNewsroom(line, [type, "If-Match: \(value)"], body: body)
            #expect(answer.status == 400, "\(value)")
            #expect(answer.code == "malformed_request")
        }
        for value in ["\"abc\"", "\"99\"", "\"01\"", "W/\"1\"", "\"99\", W/\"1\""] {
            #expect(try await desk.sendAsNewsroom(line, [type, "If-Match: \(value)"], body: body).status == 412, "\(value)")
        }
        #expect(try await desk.send("GET /v1/organizations/lake-authority")["version"] == 1)
    }

    @Test(arguments: ["PUT", "PATCH", "DELETE"])
    func `If-None-Match keeps a change from the versions that it names`(_ method: String) async throws {
        let desk = try Desk()
        let tag = try await desk.create("organizations", WritingTests.lake).eTag
        let type = "Content-Type: application/json"
        let body = Array(#"{"name": "Lake Board"}"#.utf8)
        func status(_ conditions: [String], of slug: String = "lake-authority") async throws -> Int {
            try await desk.sendAsNewsroom("\(method) /v1/organizations/\(slug)", [type] + conditions, body: body).status
        }
        #expect(try await status(["If-None-Match: *"]) == 412)
        #expect(try await status(["If-Match: *", "If-None-Match: *"]) == 412)
        #expect(try await status(["If-Match: *", "If-None-Match: \(tag)"]) == 412)
        #expect(try await status(["If-Match: \"1\", \"2\"", "If-None-Match: W/\"1\""]) == 412)
        #expect(try await status(["If-None-Match: \"7\""]) == 428)
        #expect(try await status(["If-Match: *", "If-None-Match: 7"]) == 400)
        #expect(try await status(["If-None-Match: *"], of: "no-such-slug") == 404)
        #expect(try await desk.send("GET /v1/organizations/lake-authority")["version"] == 1)
        #expect(try await status(["If-Match: *", "If-None-Match: \"7\""]) == (method == "DELETE" ? 204 : 200))
    }

    @Test(arguments: ["If-Match: *", "If-None-Match: *", "If-None-Match: \"1\""])
    func `what is new takes no condition`(_ condition: String) async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/organizations", WritingTests.lake, [condition])
        #expect(answer.status == 400)
        #expect(answer.code == "malformed_request")
        #expect(answer.string("hint")?.hasPrefix("Leave it out") == true)
        let rows = try await desk.sendAsNewsroom("POST /v1/import", [ImportTests.type, condition], body: ImportTests.row)
        #expect(rows.status == 400)
        #expect(try await desk.send("GET /v1/organizations").column("id").isEmpty)
        #expect(try await desk.send("GET /v1/people").column("id").isEmpty)
    }

    @Test func `what others refer to is not deleted`() async throws {
        let desk = try Desk()
        let person = try await desk.create("people", #"{"name": "Ada Frost"}"#)
        try await desk.create("articles", #"{"headline": "Ice", "authors": [{"id": "\#(person.id)"}]}"#)
        let answer = try await desk.sendAsNewsroom("DELETE /v1/people/ada-frost", ["If-Match: *"])
        #expect(answer.status == 409)
        #expect(answer.code == "in_use")
        #expect(answer["kind"] == "article")
        #expect(answer["count"] == 1)
    }

    @Test func `a slug and an external id are taken once`() async throws {
        let desk = try Desk()
        try await desk.create("organizations", #"{"name": "A", "slug": "lake", "external_ids": {"wire": "1"}}"#)
        let slug = try await desk.write("POST /v1/organizations", #"{"name": "B", "slug": "lake"}"#)
        #expect(slug.status == 409)
        #expect(slug.code == "conflict")
        #expect(slug.failures == ["/slug conflict"])
        let external = try await desk.write("POST /v1/organizations", #"{"name": "B", "external_ids": {"wire": "1"}}"#)
        #expect(external.status == 409)
        #expect(external.failures == ["/external_ids/wire conflict"])
    }
}
