import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// What nobody outside could see at the time is not told of the past either, though what it became may be seen by now.
@Suite(.inTurn) struct HiddenPastTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    /// Lets minutes go by since noon, and says how a request names the instant.
    @discardableResult
    private func move(toMinute minute: Int64) -> String {
        let instant = Instant(milliseconds: Desk.noon.milliseconds + minute * 60_000)
        desk.clock.move(to: instant)
        return instant.rfc3339
    }

    private func statement(_ text: String, in article: String) async throws -> String {
        let speaker = #"{"unnamed":{"description":"an aide"}}"#
        return try await desk.create("statements", #"{"speaker":\#(speaker),"text":"\#(text)","article":{"slug":"\#(article)"}}"#).id
    }

    private func change(_ path: String, _ json: String) async throws {
        let answer = try await desk.write("PATCH /v1/\(path)", json)
        try #require(answer.status == 200, "\(answer.text)")
    }

    @Test func `a caption of the past has no text from before it was public`() async throws {
        try await desk.create("articles", #"{"headline":"A","slug":"a"}"#)
        let said = try await statement("RAW text", in: "a")
        try await desk.create("events", #"{"title":"Vote","slug":"vote"}"#)
        try await desk.create(
            "events",
            #"{"title":"Trip","slug":"trip","causes":[{"event":{"slug":"vote"},"relation":"prevented","basis":[{"id":"\#(said)"}]}]}"#)
        let hidden = move(toMinute: 1)
        move(toMinute: 2)
        try await change("statements/\(said)", #"{"text":"clean text"}"#)
        move(toMinute: 3)
        try await change("articles/a", #"{"status":"published"}"#)
        let shown = move(toMinute: 4)
        move(toMinute: 5)
        try await change("statements/\(said)", #"{"text":"cleaner text"}"#)
        try await change("events/trip", #"{"title":"Journey"}"#)
        try await desk.create("events", #"{"title":"Later","slug":"later"}"#)
        for path in [
            "events/trip?as_of=\(hidden)", "events?as_of=\(hidden)", "events/trip/revisions/1", "events/trip/revisions/2?diff=1",
            "events?as_of=\(hidden)&include=statements", "events?as_of=\(hidden)&shape=csv",
        ] {
            let answer = try await desk.send("GET /v1/\(path)")
            #expect(answer.status == 200 && answer.text.contains("Journey") || answer.text.contains("Trip"), "\(path): \(answer.text)")
            #expect(!answer.text.contains("RAW"), "\(path): \(answer.text)")
            // The second revision rests on it, and was written when it could be seen.
            #expect(answer.text.contains(said) == path.contains("diff"), "\(path): \(answer.text)")
            let whole = try await desk.sendAsNewsroom("GET /v1/\(path)")
            #expect(whole.text.contains("RAW") || path.contains("diff") || path.contains("csv"), "\(path): \(whole.text)")
        }
        let then = try await desk.send("GET /v1/events/trip?as_of=\(shown)")
        #expect(then.string("causes", "0", "basis", "0", "text") == "clean text")
        let now = try await desk.send("GET /v1/events/trip/revisions/2")
        #expect(now.string("document", "causes", "0", "basis", "0", "text") == "cleaner text")
    }

    @Test func `what a statement corrects is told of the past if it could be seen then, and a filter knows no more`() async throws {
        try await desk.create("articles", #"{"headline":"A","slug":"a"}"#)
        try await desk.create("articles", #"{"headline":"B","slug":"b","status":"published"}"#)
        let corrected = try await statement("RAW text", in: "a")
        let right = try await statement("right", in: "b")
        let changed = try await statement("changed", in: "b")
        for id in [right, changed] { try await change("statements/\(id)", #"{"corrects":{"id":"\#(corrected)"}}"#) }
        let hidden = move(toMinute: 1)
        move(toMinute: 2)
        try await change("articles/a", #"{"status":"published"}"#)
        let shown = move(toMinute: 3)
        move(toMinute: 4)
        try await change("statements/\(changed)", #"{"manner":"denied"}"#)
        let list = "GET /v1/statements?count=exact&sort=created_at"
        for (instant, found) in [(hidden, []), (shown, [right, changed])] as [(String, [String])] {
            #expect(try await desk.send("\(list)&as_of=\(instant)&corrects=\(corrected)").column("id") == found, "\(instant)")
            let bare = try await desk.send("\(list)&as_of=\(instant)&corrects__isnull=true")
            #expect(bare.column("id").contains(right) == found.isEmpty && bare.column("id").contains(changed) == found.isEmpty)
            #expect(try await desk.send("GET /v1/statements?as_of=\(instant)").text.contains("RAW") != found.isEmpty)
        }
    }
}
