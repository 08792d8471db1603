import HTTP
import HTTPTypes
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct MetricsTests {
    @Test func `the text is well-formed, with and without traffic`() async throws {
        let desk = try Desk()
        for _ in 0..<2 {
            let answer = try await desk.send("GET /metrics")
            #expect(answer.status == 200)
            #expect(answer[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            _ = try Exposition(answer.text)
            for status in [200, 404, 599, 42] {
                desk.api.counts.record(route: "/v1/articles", method: "GET", status: status, duration: .milliseconds(3), bytes: 10)
            }
            desk.api.counts.record(route: nil, method: "BREW\"\\\n", status: 501, duration: .seconds(100), bytes: 10)
            desk.api.counts.record(route: "/no/such/route", method: "-", status: 400, duration: .seconds(-1), bytes: -5)
        }
    }

    @Test func `requests are counted by route, method and status`() async throws {
        let desk = try Desk()
        for (status, count) in [(200, 3), (304, 2), (404, 1)] {
            for _ in 0..<count {
                desk.api.counts.record(route: "/v1/articles/{id}", method: "GET", status: status, duration: .microseconds(20), bytes: 100)
            }
        }
        desk.api.counts.record(route: nil, method: "PROPFIND", status: 501, duration: .zero, bytes: 7)
        desk.api.counts.record(route: "/healthz", method: "GET", status: 299, duration: .zero, bytes: 7)
        let text = try await Exposition(desk.send("GET /metrics").text)
        func count(_ route: String, _ method: String, _ status: String) -> Double? {
            text[#"dateline_requests_total{route="\#(route)",method="\#(method)",status="\#(status)"}"#]
        }
        #expect(count("/v1/articles/{id}", "GET", "200") == 3)
        #expect(count("/v1/articles/{id}", "GET", "304") == 2)
        #expect(count("/v1/articles/{id}", "GET", "404") == 1)
        #expect(count("/v1/articles/{id}", "DELETE", "204") == 0)
        #expect(count("/v1/articles", "POST", "201") == 0)
        #expect(count("/v1/import", "POST", "200") == 0)
        #expect(count("/v1/import", "POST", "201") == nil)
        #expect(count("none", "other", "501") == 1)
        #expect(count("/healthz", "GET", "2xx") == 1)
        #expect(text[#"dateline_response_bytes_total{route="/v1/articles/{id}"}"#] == 600)
    }

    @Test func `durations fall into the buckets that hold them`() async throws {
        let desk = try Desk()
        for duration in [Duration.microseconds(100), .microseconds(101), .milliseconds(2), .seconds(10), .seconds(11)] {
            desk.api.counts.record(route: "/livez", method: "GET", status: 200, duration: duration, bytes: 1)
        }
        let text = try await Exposition(desk.send("GET /metrics").text)
        let name = "dateline_request_duration_seconds"
        let expected = [("0.0001", 1.0), ("0.00025", 2), ("0.001", 2), ("0.0025", 3), ("5.0", 3), ("10.0", 4), ("+Inf", 5)]
        for (bound, count) in expected {
            #expect(text[#"\#(name)_bucket{route="/livez",le="\#(bound)"}"#] == count, "\(bound)")
        }
        #expect(text[#"\#(name)_count{route="/livez"}"#] == 5)
        #expect(text[#"\#(name)_sum{route="/livez"}"#] == 21.002201)
    }

    @Test func `counting from many threads loses nothing`() async throws {
        let desk = try Desk()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        desk.api.counts.record(route: "/v1/meta", method: "GET", status: 200, duration: .milliseconds(1), bytes: 3)
                    }
                }
            }
        }
        let text = try await Exposition(desk.send("GET /metrics").text)
        #expect(text[#"dateline_requests_total{route="/v1/meta",method="GET",status="200"}"#] == 8_000)
        #expect(text[#"dateline_response_bytes_total{route="/v1/meta"}"#] == 24_000)
        #expect(text[#"dateline_request_duration_seconds_sum{route="/v1/meta"}"#] == 8)
    }

    @Test func `store, server, process and version are shown`() async throws {
        var limits = APILimits()
        limits.heartbeat = .milliseconds(5)
        let desk = try Desk(limits: limits)
        try await desk.create("people", #"{"name": "Ada Frost"}"#)
        let before = try await Exposition(desk.send("GET /metrics").text)
        #expect(before["dateline_connections"] == nil)
        desk.program.observeServer {
            ServerFigures(
                openConnectionCount: 5, acceptedConnectionCount: 17, refusedConnectionCount: 2, acceptErrorCount: 1,
                inFlightRequestCount: 3,
                loops: [.init(openConnectionCount: 4, stallCount: 2), .init(openConnectionCount: 1, stallCount: 5)])
        }
        let stream = try await desk.listen()
        let text = try await Exposition(desk.send("GET /metrics").text)
        await stream.leave()
        let expected: [(String, Double)] = [
            ("dateline_connections", 5), ("dateline_connections_accepted_total", 17), ("dateline_connections_refused_total", 2),
            ("dateline_accept_errors_total", 1), ("dateline_requests_in_flight", 3), ("dateline_write_queue_depth", 0),
            ("dateline_log_sequence", 1), ("dateline_accepts_writes", 1), ("dateline_change_listeners", 1),
            (#"dateline_build_info{version="1.2.3"}"#, 1),
            ("process_start_time_seconds", 1_711_540_800), (#"dateline_loop_connections{loop="0"}"#, 4),
            (#"dateline_loop_connections{loop="1"}"#, 1), (#"dateline_loop_stalls_total{route="none"}"#, 7), ("dateline_busy_total", 0),
        ]
        for (name, value) in expected { #expect(text[name] == value, "\(name)") }
        for name in [
            "dateline_database_bytes", "dateline_wal_pages", "dateline_page_cache_hits_total", "process_resident_memory_bytes",
            "process_open_fds", "process_max_fds", "process_cpu_seconds_total",
        ] {
            #expect(try #require(text[name]) > 0, "\(name)")
        }
    }

    @Test func `webhooks are counted by how they are`() async throws {
        let desk = try Desk()
        let webhooks = desk.newsroom.webhooks
        var ids: [WebhookID] = []
        for _ in 0..<4 {
            let made = try await desk.write("POST /v1/webhooks", #"{"url": "https://desk.example/changes"}"#)
            ids.append(try #require(WebhookID(made.id)))
        }
        _ = try await webhooks.disable(ids[0])
        for (id, seconds) in zip(ids[1...2], [90, 30] as [Int64]) {
            let work = try #require(try await webhooks.work(of: id))
            var position = work.webhook.position
            position.failingSince = Instant(milliseconds: Desk.noon.milliseconds - seconds * 1_000)
            let delivery = WebhookDelivery(
                messageID: "\(id.text)-1", sequence: 1, attempt: 1, attemptedAt: Desk.noon, duration: 3, outcome: .failed, status: 503)
            _ = try await webhooks.keep(WebhookStep(position: position, isGivenUp: false), delivery, after: work)
        }
        let text = try await Exposition(desk.send("GET /metrics").text)
        #expect(["delivering", "failing", "disabled"].map { text["dateline_webhooks{state=\"\($0)\"}"] } == [1, 2, 1])
        #expect(text["dateline_webhook_failing_seconds"] == 90)
    }

    @Test func `whatever stalls a loop is told by its route`() async throws {
        let desk = try Desk()
        let route = try #require(desk.api.patterns.firstIndex(of: "/v1/search"))
        for stalled in [route, route, nil] { desk.api.counts.recordStall(route: stalled) }
        let text = try await Exposition(desk.send("GET /metrics").text)
        #expect(text[#"dateline_loop_stalls_total{route="/v1/search"}"#] == 2)
        #expect(text[#"dateline_loop_stalls_total{route="none"}"#] == 1)
        #expect(text[#"dateline_loop_stalls_total{route="/v1/meta"}"#] == nil)
    }

    @Test func `the newest change is shown, whoever made it`() async throws {
        let desk = try Desk()
        let other = try desk.openOnceMore()
        _ = try await other.people.create(Proposal(Person.Draft(named: "Ada Frost")), by: Actor(name: "other"))
        await other.close()
        #expect(try await Exposition(desk.send("GET /metrics").text)["dateline_log_sequence"] == 1)
    }

    @Test func `the number of series has a bound, whatever clients send`() async throws {
        let desk = try Desk()
        for number in 0..<5_000 {
            desk.api.counts.record(
                route: "/v1/made-up/\(number)", method: "M\(number)", status: number, duration: .milliseconds(number), bytes: number)
        }
        let text = try await desk.send("GET /metrics").text
        #expect(text.utf8.count < 200_000)
        #expect(!text.contains("made-up"))
    }
}

extension Person.Draft {
    fileprivate init(named name: String) {
        self.init()
        self.name = name
    }
}

/// The Prometheus text format, read as strictly as its description: https://prometheus.io/docs/instrumenting/exposition_formats/
struct Exposition {
    struct Malformed: Error {
        let line: String
        let reason: String
    }

    private(set) var samples: [String: Double] = [:]

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Malformed(line: "", reason: "no line feed at the end") }
        var types: [String: String] = [:]
        var helped: Set<String> = []
        var family = ""
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let match = line.wholeMatch(of: /# HELP ([a-z_]+) .+/) {
                guard helped.insert(String(match.1)).inserted else { throw Malformed(line: line, reason: "a second HELP") }
                family = String(match.1)
            } else if let match = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
                guard String(match.1) == family, types[family] == nil else { throw Malformed(line: line, reason: "TYPE out of place") }
                types[family] = String(match.2)
            } else if let match = line.wholeMatch(of: /([a-z_]+)((?:\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\})?) ([0-9.e+-]+)/) {
                let isHistogram = types[family] == "histogram"
                let names = isHistogram ? [family + "_bucket", family + "_sum", family + "_count"] : [family]
                guard names.contains(String(match.1)) else { throw Malformed(line: line, reason: "a sample outside its family") }
                guard let value = Double(match.3) else { throw Malformed(line: line, reason: "no number") }
                guard samples.updateValue(value, forKey: "\(match.1)\(match.2)") == nil else {
                    throw Malformed(line: line, reason: "twice")
                }
                guard types[family] != "counter" || (family.hasSuffix("_total") && value >= 0) else {
                    throw Malformed(line: line, reason: "a counter's name or value")
                }
            } else {
                throw Malformed(line: line, reason: "not of the format")
            }
        }
    }

    subscript(name: String) -> Double? { samples[name] }
}
