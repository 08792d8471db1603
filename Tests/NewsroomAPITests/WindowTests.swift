import HTTP
import JSON
import Newsroom
import Testing
import Turns

/// Windows with time zones, and what is overdue, over the API.
@Suite(.inTurn) struct WindowTests {
    @Test func `what a statement and a conflict say of an event's time is reckoned in its zone`() async throws {
        let desk = try Desk()
        try await desk.create(
            "events", #"{"title":"Talks","slug":"talks","window":{"edtf":"2024-03-27T10:00","zone":"America/New_York"}}"#)
        let earliest = try await desk.send("GET /v1/events/talks").string("window", "earliest_at")
        #expect(earliest == "2024-03-27T14:00:00.000Z")
        for (name, value) in [("ada", "yes"), ("ben", "no")] {
            try await desk.create("people", #"{"name":"\#(name)","slug":"\#(name)"}"#)
            let made = try await desk.create(
                "statements",
                """
                {"speaker":{"slug":"\(name)"},"text":"So it is.","events":[{"slug":"talks"}],
                "claim":{"about":{"slug":"talks"},"property":"on","value":"\(value)"}}
                """)
            #expect(made.string("events", "0", "earliest") == earliest)
            let read = try await desk.sendAsNewsroom("GET /v1/statements/\(made.id)")
            #expect(read["events"] == made["events"] && read["claim"] == made["claim"], "\(read.text)")
        }
        let conflicts = try await desk.sendAsNewsroom("GET /v1/conflicts")
        #expect(conflicts.string("data", "0", "about", "earliest") == earliest, "\(conflicts.text)")
    }

    @Test func `a window in a zone shows its days, and the instants that they mean`() async throws {
        let desk = try Desk()
        let event = try await desk.create(
            "events", #"{"title": "Talks", "window": {"edtf": "2024-11-03", "zone": "America/New_York"}}"#)
        #expect(event["window", "earliest"] == "2024-11-03" && event["window", "latest"] == "2024-11-03")
        #expect(event["window", "earliest_at"] == "2024-11-03T04:00:00.000Z" && event["window", "latest_at"] == "2024-11-04T04:59:59.999Z")
        #expect(event["window", "precision"] == "day" && event["window", "zone"] == "America/New_York")
        let time = try await desk.create(
            "events",
            #"{"title": "Call", "window": {"edtf": "2024-11-03T09:00", "zone": "America/New_York"}, "part_of": {"slug": "talks"}}"#)
        #expect(time["window", "earliest"] == "2024-11-03T14:00:00.000Z" && time["window", "latest_at"] == "2024-11-03T14:00:00.000Z")
        // Captions know the zone too.
        let part = try await desk.create(
            "events", #"{"title": "Part", "part_of": {"slug": "call"}, "causes": [{"event": {"slug": "call"}, "relation": "enabled"}]}"#)
        #expect(part["part_of", "earliest"] == "2024-11-03T14:00:00.000Z")
        let read = try await desk.send("GET /v1/events/part")
        #expect(read.body == part.body && read["causes", "0", "event", "earliest"] == "2024-11-03T14:00:00.000Z")
        try await desk.create("articles", #"{"headline": "Call", "status": "published", "events": [{"slug": "call"}]}"#)
        #expect(try await desk.send("GET /v1/articles/call")["events", "0", "earliest"] == "2024-11-03T14:00:00.000Z")
        // What was read can be sent back.
        let again = try await desk.write("PUT /v1/events/call", try await desk.send("GET /v1/events/call").text)
        #expect(again.status == 200 && again["version"] == 1, "\(again.text)")
    }

    @Test(arguments: [
        ("America/New_Yrok", "America/New_York"), ("Europe/Berln", "Europe/Berlin"), ("utc", "UTC"),
        ("America/Argentina/Buenos_Ares", "Buenos_Aires"),
    ])
    func `a zone that there is not is refused with the nearest that there is`(_ zone: String, _ nearest: String) async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/events", #"{"title": "T", "window": {"edtf": "2024", "zone": "\#(zone)"}}"#)
        #expect(answer.status == 422 && answer.failures == ["/window/zone invalid_value"])
        #expect(answer.text.contains("did you mean") && answer.text.contains(nearest), "\(answer.text)")
    }

    @Test(arguments: [
        "../../etc/passwd", "Europe/../../etc/passwd", "/etc/localtime", "posix/Europe/Berlin/x", "Europe", "tzdata.zi", "A/B", "", "a b",
    ])
    func `what names no zone is refused`(_ zone: String) async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/events", #"{"title": "T", "window": {"edtf": "2024", "zone": "\#(zone)"}}"#)
        #expect(answer.status == 422 && answer.failures == ["/window/zone invalid_value"], "\(answer.text)")
        #expect(try await desk.send("GET /v1/events").column("title") == [])
    }

    @Test func `an event becomes overdue by the clock, in items, lists and kept answers`() async throws {
        let desk = try Desk()
        try await desk.create("events", #"{"title": "Talks", "status": "scheduled", "window": {"edtf": "2024-03-27T13:00:00Z"}}"#)
        try await desk.create("events", #"{"title": "Later", "status": "postponed"}"#)
        func overdue() async throws -> [JSONValue?] {
            let item = try await desk.send("GET /v1/events/talks")
            let list = try await desk.send("GET /v1/events?sort=title&fields=title,overdue")
            return [item["overdue"], list["data", "0", "overdue"], list["data", "1", "overdue"]]
        }
        #expect(try await overdue() == [false, false, false])
        #expect(try await desk.send("GET /v1/events?overdue=true").column("title") == [])
        let tag = try await desk.send("GET /v1/events/talks").eTag
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 3_600_001))
        #expect(try await overdue() == [true, false, true])
        #expect(try await desk.send("GET /v1/events?overdue=true").column("title") == ["Talks"])
        #expect(try await desk.send("GET /v1/events?overdue=false").column("title") == ["Later"])
        #expect(try await desk.send("GET /v1/events/talks", ["If-None-Match: \(tag)"]).status == 200)
        #expect(try await desk.send("GET /v1/events?overdue=true&as_of=2024-03-27T12:30:00Z").column("title") == [])
        #expect(try await desk.send("GET /v1/events/talks?as_of=2024-03-27T12:30:00Z")["overdue"] == false)
        // A version's document does not change with the clock.
        #expect(try await desk.sendAsNewsroom("GET /v1/events/talks/revisions/1")["document", "overdue"] == false)
        // It may be sent back, and a move to another date ends it.
        let put = try await desk.write("PATCH /v1/events/talks", #"{"overdue": false, "summary": "x"}"#)
        #expect(put.status == 200 && put["overdue"] == true)
        let moved = try await desk.write("POST /v1/events/talks/actions/reschedule", #"{"window": {"edtf": "2024-04"}}"#, ["If-Match: *"])
        #expect(moved.status == 200 && moved["overdue"] == false)
        #expect(try await desk.send("GET /v1/events?overdue=true").column("title") == [])
        let facets = try await desk.send("GET /v1/events?overdue=false&facets=status")
        #expect(facets["facets", "status", "complete"] == true)
        #expect(try await desk.send("GET /v1/events?facets=overdue").status == 400)
        #expect(try await desk.send("GET /v1/events?overdue=perhaps").status == 400)
        #expect(try await desk.send("GET /v1/events?overdue__in=true").status == 400)
    }

    @Test func `windows are before, within and behind a time`() async throws {
        let desk = try Desk()
        for (title, edtf) in [
            ("a", "2024-03-31"), ("b", "2024-04-03"), ("c", "2024-04-08"), ("d", "2024-03-01/.."), ("e", "../2024-04-01"), ("f", "2024-04"),
        ] {
            try await desk.create("events", #"{"title": "\#(title)", "window": {"edtf": "\#(edtf)"}}"#)
        }
        try await desk.create("events", #"{"title": "g"}"#)
        for (filter, titles) in [
            ("window__overlaps=2024-04-01/2024-04-07", "bdef"), ("window__lt=2024-04-01/2024-04-07", "a"),
            ("window__lte=2024-04-01/2024-04-07", "abe"), ("window__gt=2024-04-01/2024-04-07", "c"),
            ("window__gte=2024-04-01/2024-04-07", "bcf"), ("window__lt=2024-04-01/..", "a"), ("window__gte=2024-04-01/..", "bcf"),
            ("window__overlaps=2024-04-08/..", "cdf"), ("window__overlaps=../2024-03-15", "de"), ("window__isnull=true", "g"),
        ] {
            let answer = try await desk.send("GET /v1/events?sort=title&count=exact&\(filter)")
            #expect(answer.column("title").joined() == titles, "\(filter)")
            #expect(answer["page", "total", "value"] == .integer(Int64(titles.count)), "\(filter)")
        }
        #expect(try await desk.send("GET /v1/events?sort=earliest").column("title").joined().contains("dafbc"))
        for filter in [
            "window__lt=../2024", "window__lte=2024/..", "window__gt=2024/", "window__gte=/2024", "window=2024", "window__lt=soon",
        ] {
            #expect(try await desk.send("GET /v1/events?\(filter)").status == 400, "\(filter)")
        }
    }

    @Test func `events are listed by when they begin, the narrower first`() async throws {
        let desk = try Desk()
        let texts = ["2024", "2024-01", "2024-01-01", "2024-01-01T00:00:00Z", "2024-01-01/..", "2023-12-31"]
        for text in texts { try await desk.create("events", #"{"title": "\#(text)", "window": {"edtf": "\#(text)"}}"#) }
        let sorted = ["2023-12-31", "2024-01-01T00:00:00Z", "2024-01-01", "2024-01", "2024", "2024-01-01/.."]
        #expect(try await desk.send("GET /v1/events?sort=earliest").column("title") == sorted)
    }
}
