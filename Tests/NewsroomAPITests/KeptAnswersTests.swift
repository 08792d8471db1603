import HTTP
import HTTPTypes
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

extension KeptAnswers {
    /// The answer that was kept; nil where there is none.
    fileprivate func kept(_ question: Question, in edition: Edition) -> KeptAnswer? {
        if case .answer(let answer) = find(question, in: edition) { answer } else { nil }
    }
}

/// An answer that was kept is given again only where a new one would be the same.
@Suite(.inTurn) struct KeptAnswersTests {
    private static let targets = ["/v1/articles", "/v1/articles?fields=headline,people&limit=5", "/v1/articles/ice-road"]

    /// A desk with an article about a person in office, all of its answers asked for and kept.
    private func desk() async throws -> Desk {
        let desk = try Desk()
        try await desk.create("organizations", #"{"name": "Ministry"}"#)
        try await desk.create("people", #"{"name": "Ada North", "roles": [{"title": "Minister", "from": "2020"}]}"#)
        try await desk.create("events", #"{"title": "Summit", "status": "scheduled"}"#)
        try await desk.create(
            "articles",
            #"""
            {"headline": "Ice road opens", "slug": "ice-road", "status": "published", "people": [{"slug": "ada-north"}],
             "organizations": [{"slug": "ministry"}], "events": [{"slug": "summit"}]}
            """#)
        for target in Self.targets { _ = try await desk.send("GET \(target)") }
        return desk
    }

    @Test func `an answer is the same the second time, for GET, HEAD and a client that has it`() async throws {
        let desk = try await desk()
        for target in Self.targets {
            let first = try await desk.send("GET \(target)")
            let second = try await desk.send("GET \(target)")
            #expect(first.body == second.body && first.fields == second.fields && first.status == 200)
            #expect(try await desk.send("HEAD \(target)").fields == first.fields)
        }
        let tag = try await desk.send("GET /v1/articles/ice-road").eTag
        let known = try await desk.send("GET /v1/articles/ice-road", ["If-None-Match: \(tag)"])
        #expect(known.status == 304 && known.body.isEmpty && known.eTag == tag)
        #expect(try await desk.send("GET /v1/articles/ice-road", ["If-None-Match: \"1-0\""]).status == 200)
        #expect(try await desk.send("GET /v1/articles/ice-road", ["If-None-Match: nonsense"]).status == 400)
        #expect(try await desk.send("GET /v1/articles/ice-road", ["Accept: text/html"]).status == 406)
    }

    @Test(arguments: [
        ("people/ada-north", #"{"name": "Ada South"}"#, "Ada South"),
        ("people/ada-north", #"{"roles": [{"title": "Mayor", "from": "2020"}]}"#, "Mayor"),
        ("organizations/ministry", #"{"name": "Department"}"#, "Department"),
        ("events/summit", #"{"title": "Long summit"}"#, "Long summit"),
        ("articles/ice-road", #"{"headline": "Ice road closes"}"#, "Ice road closes"),
    ])
    func `whatever an article shows is new as soon as it has changed`(_ path: String, _ change: String, _ shown: String) async throws {
        let desk = try await desk()
        #expect(try await desk.write("PATCH /v1/\(path)", change).status == 200)
        for target in ["/v1/articles", "/v1/articles/ice-road"] {
            #expect(try await desk.send("GET \(target)").text.contains(shown), "\(target)")
        }
    }

    @Test func `a path that only looks the same is another`() async throws {
        let desk = try await desk()
        let id = "art_01HT3Z6V0Q8X9GZ5J2K4N7P1RS"
        let row = #"{"type": "article", "id": "\#(id)", "headline": "With a K", "status": "published"}"#
        #expect(
            try await desk.sendAsNewsroom("POST /v1/import", ["Content-Type: application/x-ndjson"], body: Array(row.utf8)).status == 200)
        #expect(try await desk.send("GET /v1/articles/\(id)").status == 200)
        // U+212A, the sign for kelvin, which Swift's == takes for a K.
        #expect(try await desk.send("GET /v1/articles/\(id.replacing("K", with: "%E2%84%AA"))").status == 404)
    }

    @Test func `what the newsroom was shown is not shown to others`() async throws {
        let desk = try await desk()
        try await desk.create("articles", #"{"headline": "Secret draft"}"#)
        for target in ["/v1/articles", "/v1/articles/secret-draft"] {
            #expect(try await desk.sendAsNewsroom("GET \(target)").text.contains("Secret draft"))
            #expect(!(try await desk.send("GET \(target)").text.contains("Secret draft")))
            #expect(try await desk.sendAsNewsroom("GET \(target)").text.contains("Secret draft"))
        }
        #expect(try await desk.send("GET /v1/articles", ["Authorization: Bearer wrong"]).status == 401)
    }

    @Test func `an embargo lifts at its instant, and what is deleted is gone at once`() async throws {
        let desk = try await desk()
        try await desk.create(
            "articles", #"{"headline": "At one", "status": "published", "embargoed_until": "2024-03-27T13:00:00Z"}"#)
        #expect(try await desk.send("GET /v1/articles/at-one").status == 404)
        #expect(!(try await desk.send("GET /v1/articles").text.contains("At one")))
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 3_600_000))
        #expect(try await desk.send("GET /v1/articles/at-one").status == 200)
        #expect(try await desk.send("GET /v1/articles").text.contains("At one"))
        #expect(try await desk.write("DELETE /v1/articles/at-one", "").status == 204)
        #expect(try await desk.send("GET /v1/articles/at-one").status == 410)
        #expect(!(try await desk.send("GET /v1/articles").text.contains("At one")))
    }

    // The store of the answers by itself.

    private func question(_ name: String) -> KeptAnswers.Question {
        KeptAnswers.Question(viewer: .anonymous, target: RequestTarget(segments: [name]))
    }

    private func answer(byteCount: Int) throws -> KeptAnswer {
        try #require(KeptAnswer(Response(status: .ok, body: .bytes([UInt8](repeating: 0x20, count: byteCount))), to: question("")))
    }

    @Test func `memory is bounded, and what is asked for again stays`() throws {
        let answers = KeptAnswers(byteCountMax: 1 << 20)
        let edition = Edition(number: 1)
        answers.keep(try answer(byteCount: 10_000), to: question("asked"), in: edition)
        for number in 0..<1_000 {
            answers.keep(try answer(byteCount: 10_000), to: question("\(number)"), in: edition)
            #expect(answers.kept(question("asked"), in: edition) != nil)
        }
        let kept = (0..<1_000).filter { answers.kept(question("\($0)"), in: edition) != nil }
        // 1 MiB of answers of 10,000 bytes and what they take beside, one of them the first.
        #expect(kept.count == 1_048_576 / 11_024 - 1 && kept.contains(999) && !kept.contains(0))
        answers.keep(try answer(byteCount: 200_000), to: question("large"), in: edition)
        #expect(answers.kept(question("large"), in: edition) == nil)
    }

    @Test func `a question is known when it comes again, whatever became of its answer`() throws {
        let answers = KeptAnswers(byteCountMax: 1 << 20)
        let (one, two) = (Edition(number: 1), Edition(number: 2))
        func asked(_ name: String, _ edition: Edition) -> String {
            switch answers.find(question(name), in: edition) {
            case .answer: "answer"
            case .asked: "asked"
            case .unasked: "unasked"
            }
        }
        #expect([asked("a", one), asked("b", one), asked("a", one), asked("a", two)] == ["unasked", "unasked", "asked", "asked"])
        answers.keep(try answer(byteCount: 1), to: question("a"), in: two)
        #expect([asked("a", two), asked("a", one), asked("c", two)] == ["answer", "asked", "unasked"])
        // What was kept in an edition before is asked for again, however long ago that was.
        answers.keep(try answer(byteCount: 1), to: question("d"), in: one)
        #expect(asked("d", two) == "asked")
        let none = KeptAnswers(byteCountMax: 0)
        for _ in 0..<2 {
            // Nothing is kept, so nothing is noted.
            guard case .unasked = none.find(question("a"), in: one) else { return #expect(Bool(false)) }
        }
    }

    @Test func `questions differ by viewer, coding and every byte of the target`() {
        let target = RequestTarget(segments: ["v1", "articles", "a-slug-of-some-length"], query: "fields=id")
        let question = KeptAnswers.Question(viewer: .anonymous, target: target)
        var hashes: Set<UInt64> = [question.hash]
        for coding in [AcceptedCoding.gzip, .gzipOrIdentity, .none] {
            hashes.insert(KeptAnswers.Question(viewer: .anonymous, target: target, coding: coding).hash)
        }
        hashes.insert(KeptAnswers.Question(viewer: .newsroom, target: target).hash)
        for length in 0..<40 {
            let segment = String(repeating: "a", count: length)
            hashes.insert(KeptAnswers.Question(viewer: .anonymous, target: RequestTarget(segments: ["v1", segment])).hash)
            for place in 0..<length {
                var other = Array(segment)
                other[place] = "b"
                hashes.insert(KeptAnswers.Question(viewer: .anonymous, target: RequestTarget(segments: ["v1", String(other)])).hash)
            }
        }
        #expect(hashes.count == 5 + 40 + 780)
        #expect(KeptAnswers.Question(viewer: .anonymous, target: target) == question)
        #expect(KeptAnswers.Question(viewer: .newsroom, target: target) != question)
    }

    @Test func `what was not found since its last turn goes, in the order of turns`() {
        var ring = SecondChances<String, Int>()
        let none = ring.removeNext()
        let inserted = ["a", "b", "c", "a"].enumerated().map { ring.insert($0.offset, for: $0.element) }
        let found = [ring.find("a"), ring.find("x")]
        #expect(none == nil && inserted == [true, true, true, false] && found == [0, nil])
        var gone = [ring.removeNext()]
        _ = ring.insert(4, for: "d")
        _ = ring.find("d")
        // When only what was found is left, each has had its second chance.
        for _ in 0..<4 { gone.append(ring.removeNext()) }
        #expect(gone == [1, 2, 0, 4, nil])
    }

    @Test func `what is not worth a second chance has none, and what is taken out leaves its place`() {
        var ring = SecondChances<String, Int>()
        for (number, name) in ["a", "b", "c", "d"].enumerated() { _ = ring.insert(number, for: name) }
        for name in ["a", "b", "c", "d"] { _ = ring.find(name) }
        let taken = [ring.remove("a"), ring.remove("x")]
        let again = ring.insert(5, for: "a")
        let gone = (0..<5).map { _ in ring.removeNext { $0 != 2 } }
        #expect(taken == [0, nil] && again && gone == [5, 2, 1, 3, nil])
    }

    @Test func `the answers of editions that have ended go first, and one by one`() throws {
        let answers = KeptAnswers(byteCountMax: 1 << 20)
        let (one, two) = (Edition(number: 1), Edition(number: 2))
        for number in 0..<90 {
            answers.keep(try answer(byteCount: 10_000), to: question("\(number)"), in: one)
            _ = answers.kept(question("\(number)"), in: one)
        }
        // Some of them are made anew.
        for number in 40..<60 {
            answers.keep(try answer(byteCount: 10_000), to: question("\(number)"), in: two)
            _ = answers.kept(question("\(number)"), in: two)
        }
        let kept = { (edition: Edition) in (0..<200).filter { answers.kept(question("\($0)"), in: edition) != nil } }
        #expect(kept(two) == Array(40..<60) && kept(one) == Array(0..<40) + Array(60..<90))
        for number in 100..<170 { answers.keep(try answer(byteCount: 10_000), to: question("\(number)"), in: two) }
        #expect(kept(two) == Array(40..<60) + Array(100..<170))
        #expect(kept(one).count == 1_048_576 / 11_024 - 90)
    }

    @Test func `an answer is kept for its edition alone`() throws {
        let answers = KeptAnswers(byteCountMax: 1 << 20)
        let (one, two) = (Edition(number: 1), Edition(number: 2))
        answers.keep(try answer(byteCount: 1), to: question("a"), in: one)
        #expect(answers.kept(question("a"), in: one) != nil)
        #expect(answers.kept(question("a"), in: two) == nil)
        answers.keep(try answer(byteCount: 1), to: question("b"), in: two)
        #expect(answers.kept(question("a"), in: two) == nil && answers.kept(question("b"), in: one) == nil)
        answers.keep(try answer(byteCount: 1), to: question("a"), in: two)
        #expect(answers.kept(question("a"), in: two) != nil && answers.kept(question("a"), in: one) == nil)
    }

    @Test func `only answers that are whole and good are kept`() {
        #expect(KeptAnswer(Response(status: .notFound, body: .bytes([1])), to: question("a")) == nil)
        #expect(KeptAnswer(Response(status: .notModified), to: question("a")) == nil)
        #expect(KeptAnswer(Response(status: .ok, body: .stream { _ in }), to: question("a")) == nil)
    }

    @Test func `what an answer takes counts its question too`() throws {
        let long = KeptAnswers.Question(
            viewer: .anonymous, target: RequestTarget(segments: ["v1"], query: String(repeating: "q", count: 7_999)))
        let response = Response(status: .ok, body: .bytes([1]))
        let (one, other) = (try #require(KeptAnswer(response, to: long)), try #require(KeptAnswer(response, to: question("v1"))))
        #expect(one.byteCount == other.byteCount + 8_000)
    }
}
