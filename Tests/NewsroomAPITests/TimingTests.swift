import HTTP
import HTTPTypes
import Newsroom
import Testing

@testable import NewsroomAPI

/// `Server-Timing`.
@Suite struct TimingTests {
    private static func durations(_ answer: Answer) -> [Double] {
        let pattern = /total;dur=([0-9]+\.[0-9]{3}), store;dur=([0-9]+\.[0-9]{3})/
        guard let match = answer[.serverTiming]?.wholeMatch(of: pattern) else { return [] }
        return [match.1, match.2].compactMap { Double($0) }
    }

    @Test func `nothing is told unless it is asked for`() async throws {
        let answer = try await Desk().send("GET /v1/articles")
        #expect(answer.status == 200 && answer[.serverTiming] == nil)
    }

    @Test(arguments: ["GET /v1/people/ada-north", "GET /v1/people?q=ada", "GET /v1/people?count=exact", "GET /v1/people/none"])
    func `each answer tells what it took, of which the store is a part`(_ line: String) async throws {
        let desk = try Desk(access: Access(adminToken: Desk.token), tellsTiming: true)
        try await desk.create("people", #"{"name": "Ada North"}"#)
        let durations = Self.durations(try await desk.send(line))
        try #require(durations.count == 2)
        #expect(durations[1] > 0 && durations[0] >= durations[1])
    }

    @Test func `a write tells what it waited for the writer, and a probe that it asked no store`() async throws {
        let desk = try Desk(access: Access(adminToken: Desk.token), tellsTiming: true)
        let written = Self.durations(try await desk.create("people", #"{"name": "Ada North"}"#))
        #expect(written.count == 2 && written[1] > 0)
        // The first looks whether the tokens of the store have changed.
        _ = try await desk.send("GET /livez")
        let probed = Self.durations(try await desk.send("GET /livez"))
        #expect(probed.count == 2 && probed[1] == 0)
    }

    @Test func `a kept answer is given with a time of its own`() async throws {
        let desk = try Desk(access: Access(adminToken: Desk.token), tellsTiming: true)
        try await desk.create("people", #"{"name": "Ada North"}"#)
        var answers: [Answer] = []
        for _ in 0..<3 { answers.append(try await desk.send("GET /v1/people/ada-north")) }
        #expect(answers.allSatisfy { $0.text == answers[0].text && $0.eTag == answers[0].eTag })
        // Of one that is kept the store is not asked.
        #expect(Self.durations(answers[2]).last == 0)
    }
}
