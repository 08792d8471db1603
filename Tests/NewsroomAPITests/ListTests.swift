import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct ListTests {
    /// Seven articles of three sections, a minute apart, two of them at the same minute.
    static func desk() async throws -> Desk {
        let desk = try Desk()
        let articles = [
            ("alpha", "world", "09:00"), ("bravo", "sport", "09:01"), ("charlie", "world", "09:02"), ("delta", "world", "09:02"),
            ("echo", "culture", "09:03"), ("foxtrot", "world", "09:04"), ("golf", "sport", "09:05"),
        ]
        for (slug, section, time) in articles {
            let word = slug.prefix(1).uppercased() + slug.dropFirst()
            try await desk.create(
                "articles",
                """
                {"headline": "\(word) & Söhne", "slug": "\(slug)", "section": "\(section)", "status": "published",
                 "published_at": "2024-03-27T\(time):00Z", "body": "Body of \(slug)", "tags": ["\(section)-desk"], "urgency": \(slug.count),
                 "external_ids": {"wire": "\(slug):1"}}
                """)
        }
        return desk
    }

    @Test func `a list has its items, what is left, and a link to it`() async throws {
        let desk = try await ListTests.desk()
        let first = try await desk.send("GET /v1/articles?limit=5")
        #expect(first.status == 200)
        #expect(first.column("slug") == ["golf", "foxtrot", "echo", "delta", "charlie"])
        #expect(first["page", "limit"] == 5)
        #expect(first["page", "total"] == nil)
        let cursor = try #require(first.string("page", "next"))
        #expect(first.nextPath == "/v1/articles?limit=5&cursor=\(cursor)")
        let second = try await desk.send("GET \(try #require(first.nextPath))")
        #expect(second.column("slug") == ["bravo", "alpha"])
        #expect(second["page", "next"] == .null)
        #expect(second[.link] == nil)
    }

    @Test func `the default is a page of twenty, the newest first`() async throws {
        let desk = try await ListTests.desk()
        let answer = try await desk.send("GET /v1/articles")
        #expect(answer["page"] == ["limit": 20, "next": .null])
        #expect(answer.column("slug").first == "golf")
    }

    static let sorts = ["published_at", "-published_at", "headline", "-headline", "created_at", "-created_at", "updated_at", "-updated_at"]

    @Test(arguments: sorts, [1, 2, 3])
    func `walking by the links shows everything once, in any order and at any limit`(_ sort: String, _ limit: Int) async throws {
        let desk = try await ListTests.desk()
        let whole = try await desk.send("GET /v1/articles?sort=\(sort)").column("id")
        #expect(whole.count == 7)
        var walked: [String] = []
        var path: String? = "/v1/articles?sort=\(sort)&limit=\(limit)"
        while let next = path, walked.count < 20 {
            let page = try await desk.send("GET \(next)")
            #expect(page.status == 200)
            walked += page.column("id")
            path = page.nextPath
        }
        #expect(walked == whole)
    }

    @Test func `nothing is skipped or shown twice while others write`() async throws {
        let desk = try await ListTests.desk()
        let before = try await desk.send("GET /v1/articles?sort=published_at").column("slug")
        var walked: [String] = []
        var path: String? = "/v1/articles?sort=published_at&limit=2"
        var number = 0
        while let next = path {
            let page = try await desk.send("GET \(next)")
            walked += page.column("slug")
            path = page.nextPath
            number += 1
            try await desk.create(
                "articles",
                #"{"headline": "New \#(number)", "status": "published", "published_at": "2024-03-27T08:0\#(number):00Z"}"#)
            let seen = try #require(walked.last)
            _ = try await desk.write("PATCH /v1/articles/\(seen)", #"{"summary": "Read \#(number)"}"#)
        }
        #expect(walked == before)
    }

    @Test func `the next link repeats every other parameter, escaped`() async throws {
        let desk = try await ListTests.desk()
        let rest = "S%C3%B6hne&section__in=world,sport&limit=2&pretty&fields=slug"
        let answer = try await desk.send("GET /v1/articles?headline__contains=%26+\(rest)")
        let path = try #require(answer.nextPath)
        #expect(path.hasPrefix("/v1/articles?headline__contains=%26%20\(rest)&cursor="))
        let next = try await desk.send("GET \(path)")
        #expect(next.status == 200)
        #expect(next.column("slug") == ["delta", "charlie"])
    }

    @Test func `a total is there when it is asked for`() async throws {
        let desk = try await ListTests.desk()
        let answer = try await desk.send("GET /v1/articles?section=world&limit=1&count=exact")
        #expect(answer["page", "total"] == ["value": 4, "relation": "eq"])
        let next = try await desk.send("GET \(try #require(answer.nextPath))")
        #expect(next["page", "total", "value"] == 4)
    }

    @Test func `items leave out the body unless it is asked for`() async throws {
        let desk = try await ListTests.desk()
        let plain = try await desk.send("GET /v1/articles?slug=alpha")
        #expect(plain["data", "0", "body"] == nil)
        #expect(plain["data", "0", "headline"] == "Alpha & Söhne")
        #expect(plain["data", "0", "word_count"] == 3)
        let sparse = try await desk.send("GET /v1/articles?slug=alpha&fields=body,slug")
        let id = try #require(sparse.string("data", "0", "id"))
        #expect(sparse["data", "0"] == ["id": .string(id), "slug": "alpha", "body": "Body of alpha"])
    }

    @Test(arguments: [
        ("section=world", 4), ("section__ne=world", 3), ("section__in=sport,culture", 3), ("section__isnull=true", 0),
        ("section__isnull=false", 7), ("section__startswith=wo", 4), ("headline__contains=%C3%B6hne", 7), ("headline__startswith=Al", 1),
        ("published_at=2024-03-27T09:02:00Z", 2), ("published_at__gt=2024-03-27T09:02:00Z", 3), ("published_at__gte=2024-03-27", 7),
        ("published_at__lt=2024-03-27", 0), ("published_at__lte=2024-03-27T11:02:00%2B02:00", 4), ("status=published", 7),
        ("status__in=draft,ready", 0), ("urgency=5", 3), ("urgency__gte=5", 5), ("urgency__in=4,5", 5), ("tag=sport-desk", 2),
        ("tag__ne=sport-desk", 5), ("external_id=wire:alpha:1", 1), ("external_id__in=wire:alpha:1,wire:golf:1", 2), ("type=news", 7),
        ("external_id__isnull=false", 7), ("language__isnull=true", 7), ("section=world&published_at__gte=2024-03-27T09:02:00Z", 3),
        ("person=nobody-at-all", 0), ("event__isnull=true", 7), ("slug=alpha", 1), ("headline__gte=Foxtrot&headline__lt=Golf", 1),
    ])
    func `filters narrow the list`(_ query: String, _ count: Int) async throws {
        let desk = try await ListTests.desk()
        let answer = try await desk.send("GET /v1/articles?count=exact&\(query)")
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.column("id").count == count)
        #expect(answer["page", "total", "value"] == .integer(Int64(count)))
    }

    @Test(arguments: [
        ("window__overlaps=2024-04", ["april", "first", "moment", "open"]), ("window__overlaps=2024-04-01", ["april", "first", "open"]),
        ("window__overlaps=2024-04-30T10:00:00Z/..", ["april", "moment", "open"]), ("window__overlaps=../2024-03", ["open"]),
        ("window__overlaps=../2024-03-30", []),
        ("window__overlaps=1999-12-31/2024-04-02", ["april", "first", "open"]),
        ("window__overlaps=202X", ["april", "first", "moment", "open"]),
        ("window__isnull=true", ["none"]), ("latest=2024-04-30", ["april"]),
        ("latest__ne=2024-04-30", ["first", "moment", "none", "open"]),
        ("latest__in=2024-04-30,2024-04-01", ["april", "first"]), ("latest__lte=2024-04-30", ["april", "first", "moment"]),
        ("latest__lt=2024-04-30", ["first"]), ("latest__gte=2024-04-30", ["april", "moment"]), ("latest__gt=2024-04-30", []),
        ("latest__gt=2024-04-29", ["april", "moment"]), ("latest=2024-04-30T10:00:00Z", ["moment"]),
        ("earliest=2024-04-01", ["april", "first"]),
    ])
    func `events are found by when they may be`(_ query: String, _ slugs: [String]) async throws {
        let desk = try Desk()
        let windows = [
            ("april", "2024-04"), ("first", "2024-04-01"), ("moment", "2024-04-30T10:00:00Z"), ("open", "2024-03-31T22:00:00Z/.."),
        ]
        for (slug, edtf) in windows {
            try await desk.create("events", #"{"title": "\#(slug)", "slug": "\#(slug)", "window": {"edtf": "\#(edtf)"}}"#)
        }
        try await desk.create("events", #"{"title": "none", "slug": "none"}"#)
        let answer = try await desk.send("GET /v1/events?sort=title&\(query)")
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.column("slug") == slugs)
    }

    @Test func `references are filtered by id, slug and external id`() async throws {
        let desk = try Desk()
        let person = try await desk.create("people", #"{"name": "Ada Frost", "slug": "ada", "external_ids": {"wire": "7"}}"#)
        try await desk.create("articles", #"{"headline": "By her", "status": "published", "authors": [{"slug": "ada"}]}"#)
        try await desk.create("articles", #"{"headline": "On her", "status": "published", "people": [{"external_id": "wire:7"}]}"#)
        for name in [person.id, "ada", "wire:7"] {
            #expect(try await desk.send("GET /v1/articles?author=\(name)&fields=headline").column("headline") == ["By her"])
            #expect(try await desk.send("GET /v1/articles?person=\(name)&fields=headline").column("headline") == ["On her"])
        }
    }

    @Test func `each kind lists in an order of its own`() async throws {
        let desk = try Desk()
        for name in ["Bo Ash", "Al Birch"] { try await desk.create("people", #"{"name": "\#(name)"}"#) }
        for name in ["Zeta", "Alpha"] { try await desk.create("organizations", #"{"name": "\#(name)"}"#) }
        for (title, date) in [("Later", "2024-05-01"), ("Sooner", "2024-04")] {
            try await desk.create("events", #"{"title": "\#(title)", "window": {"edtf": "\#(date)"}, "status": "scheduled"}"#)
        }
        #expect(try await desk.send("GET /v1/people").column("name") == ["Bo Ash", "Al Birch"])
        #expect(try await desk.send("GET /v1/organizations").column("name") == ["Alpha", "Zeta"])
        #expect(try await desk.send("GET /v1/events").column("title") == ["Sooner", "Later"])
    }
}
