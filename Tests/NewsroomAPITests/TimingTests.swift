import HTTP
import HTTPTypes
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// `Server-Timing`.
@Suite(.inTurn) struct TimingTests {
    private static func durations(_ answer: Answer) -> [Double] {
        let pattern = /total;dur=([0-9]+\.[0-9]{3}), store;dur=([0-9]+\.[0-9]{3})/
        guard let match = answer[.serverTiming]?.wholeMatch(of: pattern) else { return [] }
        return [match.1, match.2].compactMap { Double($0) }
    }

    /// Asks until the store has nothing to do for an answer: after a write it is looked whether tokens have changed, and the search index
    /// ends an edition by itself a little later.
    private static func answerWithoutStore(_ line: String, _ desk: Desk) async throws -> Answer? {
        for _ in 0..<10_000 {
            let answer = try await desk.send(line)
            if durations(answer).last == 0 { return answer }
        }
        return nil
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
        #expect(try await Self.answerWithoutStore("GET /livez", desk)?.status == 200)
    }

    @Test func `a kept answer is given with a time of its own`() async throws {
        let desk = try Desk(access: Access(adminToken: Desk.token), tellsTiming: true)
        try await desk.create("people", #"{"name": "Ada North"}"#)
        let made = try await desk.send("GET /v1/people/ada-north")
        let kept = try #require(try await Self.answerWithoutStore("GET /v1/people/ada-north", desk))
        #expect(kept.text == made.text && kept.eTag == made.eTag && Self.durations(kept).count == 2)
    }
}
