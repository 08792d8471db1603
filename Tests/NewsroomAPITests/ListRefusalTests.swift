import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Parameters of lists that cannot be taken.
@Suite(.inTurn) struct ListRefusalTests {
    @Test(arguments: [
        ("sectoin=world", "sectoin", "did you mean section?"), ("sections=world", "sections", "did you mean section?"),
        ("published_at__get=2024-03-01", "published_at__get", "did you mean published_at__gt?"),
        ("publishd_at__gte=2024-03-01", "publishd_at__gte", "did you mean published_at__gte?"),
        ("Limit=5", "Limit", "did you mean limit?"),
        ("offset=20", "offset", "does not exist here"),
        ("includes=people", "includes", "did you mean include?"),
        ("facet=section", "facet", "did you mean facets?"), ("asof=2024-03-01", "asof", "did you mean as_of?"),
        ("status__contains=pub", "status__contains", "does not exist here"), ("body=x", "body", "does not exist here"),
        ("published_at__overlaps=2024", "published_at__overlaps", "does not exist here"),
        ("section__=x", "section__", "does not exist here"),
    ])
    func `a parameter that does not exist is 400, with the nearest that does`(
        _ query: String, _ path: String, _ message: String
    ) async throws {
        let answer = try await Desk().send("GET /v1/articles?\(query)")
        #expect(answer.status == 400)
        #expect(answer.code == "unknown_parameter")
        #expect(answer.failures == ["\(path) unknown_parameter"])
        #expect(answer.string("errors", "0", "message")?.contains(message) == true, "\(answer.text)")
        #expect(answer.string("hint")?.contains("/v1/meta") == true)
    }

    @Test(arguments: [
        ("limit=0", "limit", "from 1 to 200"), ("limit=201", "limit", "from 1 to 200"), ("limit=-1", "limit", "from 1 to 200"),
        ("limit=%2B5", "limit", "from 1 to 200"), ("limit=ten", "limit", "from 1 to 200"), ("limit=", "limit", "from 1 to 200"),
        ("limit=99999999999999999999", "limit", "from 1 to 200"), ("count=yes", "count", "can only be exact"),
        ("count", "count", "can only be exact"), ("sort=publishd_at", "sort", "did you mean published_at?"),
        ("sort=--headline", "sort", "must be one of"), ("sort=body", "sort", "must be one of"), ("sort=", "sort", "must be one of"),
        ("sort=headline,-created_at", "sort", "must be one of"), ("fields=headline,bodi", "fields", "did you mean body?"),
        ("pretty=1", "pretty", "is a flag"), ("status=publish", "status", "did you mean published?"),
        ("status__in=draft,reddy", "status__in", "did you mean ready?"), ("status__in=", "status__in", "must not be empty"),
        ("status__in=draft,,ready", "status__in", "must not be empty"), ("type=News", "type", "did you mean news?"),
        ("section=", "section", "__isnull=true"), ("section__isnull=yes", "section__isnull", "true or false"),
        ("section__isnull", "section__isnull", "true or false"), ("headline__contains=", "headline__contains", "must not be empty"),
        ("published_at=yesterday", "published_at", "must be an instant"),
        ("published_at__gte=2024", "published_at__gte", "must be an instant"),
        ("published_at=2024-02-30", "published_at", "must be an instant"),
        ("published_at=2024-03-27T09:00", "published_at", "must be an instant"),
        ("published_at=2024-03-27T09:00:00+02:00", "published_at", "%2B"), ("urgency=high", "urgency", "whole number"),
        ("urgency=5.0", "urgency", "whole number"), ("external_id=17", "external_id", "source:id"),
        ("external_id=Wire:17", "external_id", "source:id"),
        ("person=Ada%20Frost", "person", "per_…"), ("person=org_01HT3Z6V0Q8X9GZ5J2M4N7P1RS", "person", "per_…"),
        ("section=world&section=sport", "section", "more than once"), ("limit=5&limit=5", "limit", "more than once"),
        ("as_of=2024-03-01&q=ice", "q", "does not go with as_of"),
    ])
    func `a value that cannot be taken is 400 and says what can`(_ query: String, _ path: String, _ message: String) async throws {
        let answer = try await Desk().send("GET /v1/articles?\(query)")
        #expect(answer.status == 400)
        #expect(answer.code == "invalid_parameter")
        #expect(answer.failures == ["\(path) invalid_parameter"])
        #expect(answer.string("errors", "0", "message")?.contains(message) == true, "\(answer.text)")
    }

    @Test func `everything that is wrong is told at once`() async throws {
        let answer = try await Desk().send("GET /v1/articles?limit=0&sort=x&sectoin=a&status=b&fields=c&cursor=d")
        #expect(answer.status == 400)
        #expect(answer.code == "unknown_parameter")
        #expect(
            Set(answer.failures) == [
                "sectoin unknown_parameter", "limit invalid_parameter", "sort invalid_parameter", "status invalid_parameter",
                "fields invalid_parameter",
            ])
    }

    @Test func `there is an end to parameters and to names`() async throws {
        let desk = try Desk()
        let many = (0..<101).map { "p\($0)" }
        for query in [many.joined(separator: "&"), "fields=\(many.joined(separator: ","))"] {
            let answer = try await desk.send("GET /v1/articles?\(query)")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_parameter")
            #expect(answer.failures.count <= 1)
        }
        let hundred = try await desk.send("GET /v1/articles?\(many.dropLast().joined(separator: "&"))")
        #expect(hundred.code == "unknown_parameter")
        #expect(hundred.failures.count == 100)
    }

    @Test func `fifty filters are taken, one more is not`() async throws {
        let desk = try Desk()
        let meta = try await desk.send("GET /v1/meta")
        let names = (0..<20).compactMap { meta.string("kinds", "0", "filters", "\($0)", "name") }
        let queries =
            names.map { "\($0)__isnull=true" }
            + ["headline", "section", "tag", "place", "source", "slug", "id"].flatMap { name in
                ["", "__ne", "__in", "__lt", "__lte", "__gt"].map { "\(name)\($0)=x" }
            }
        #expect(queries.count > 51)
        #expect(try await desk.send("GET /v1/articles?\(queries.prefix(50).joined(separator: "&"))").status == 200)
        let answer = try await desk.send("GET /v1/articles?\(queries.prefix(51).joined(separator: "&"))")
        #expect(answer.status == 400)
        #expect(answer.code == "invalid_parameter")
        #expect(answer.failures.count == 1)
    }

    @Test(arguments: ["window__overlaps=April", "window__overlaps=", "window__overlaps=2024-04-02/2024-04-01", "window__overlaps=../.."])
    func `a window that cannot be read is 400 and says what can`(_ query: String) async throws {
        let answer = try await Desk().send("GET /v1/events?\(query)")
        #expect(answer.status == 400)
        #expect(answer.failures == ["window__overlaps invalid_parameter"])
    }

    @Test func `a sentence ends once`() async throws {
        for query in ["sectoin=world", "status=publish"] {
            let detail = try #require(try await Desk().send("GET /v1/articles?\(query)").string("detail"))
            #expect(detail.hasSuffix("?") && !detail.hasSuffix("?."), "\(detail)")
        }
        #expect(try await Desk().send("GET /v1/articles?limit=0").string("detail")?.hasSuffix("200.") == true)
    }

    @Test func `a hundred values are taken, one more is not`() async throws {
        let desk = try Desk()
        let hundred = (0..<100).map { "s\($0)" }.joined(separator: ",")
        #expect(try await desk.send("GET /v1/articles?section__in=\(hundred)").status == 200)
        let answer = try await desk.send("GET /v1/articles?section__in=\(hundred),more")
        #expect(answer.code == "invalid_parameter")
    }

    @Test func `a text that is looked for may be long but not endless`() async throws {
        let desk = try Desk()
        for name in ["headline", "headline__contains", "headline__startswith"] {
            let long = String(repeating: "a", count: 1_000)
            #expect(try await desk.send("GET /v1/articles?\(name)=\(long)").status == 200)
            let answer = try await desk.send("GET /v1/articles?\(name)=\(long)a")
            #expect(answer.code == "invalid_parameter")
        }
    }

    @Test func `what stands for more in a pattern is looked for as it is`() async throws {
        let desk = try Desk()
        try await desk.create("articles", #"{"headline": "100 % sure_thing", "slug": "sure", "status": "published"}"#)
        try await desk.create("articles", #"{"headline": "100 out of 7", "slug": "not", "status": "published"}"#)
        #expect(try await desk.send("GET /v1/articles?headline__contains=0%20%25%20s").column("slug") == ["sure"])
        #expect(try await desk.send("GET /v1/articles?headline__contains=e_t").column("slug") == ["sure"])
        #expect(try await desk.send("GET /v1/articles?headline__contains=%25").column("slug") == ["sure"])
    }

    @Test func `a cursor is taken by its own list alone`() async throws {
        let desk = try await ListTests.desk()
        let cursor = try #require(try await desk.send("GET /v1/articles?section=world&limit=2").string("page", "next"))
        #expect(try await desk.send("GET /v1/articles?limit=1&section=world&fields=slug&cursor=\(cursor)").column("slug") == ["charlie"])
        for path in [
            "/v1/articles?cursor=\(cursor)", "/v1/articles?section=sport&cursor=\(cursor)",
            "/v1/articles?section__ne=world&cursor=\(cursor)",
            "/v1/articles?section=world&sort=published_at&cursor=\(cursor)", "/v1/events?cursor=\(cursor)",
            "/v1/articles?section=world&cursor=\(cursor.dropLast())", "/v1/articles?section=world&cursor=\(cursor)A",
            "/v1/articles?section=world&cursor=", "/v1/articles?section=world&cursor=%20", "/v1/articles?section=world&cursor=null",
            "/v1/articles?section=world&cursor=\(cursor.uppercased())",
        ] {
            let answer = try await desk.send("GET \(path)")
            #expect(answer.status == 400, "\(path)")
            #expect(answer.code == "invalid_cursor")
        }
    }
}
