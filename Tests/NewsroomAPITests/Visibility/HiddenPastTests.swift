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

    /// - Parameter minute: since noon; nil: at once.
    private func change(_ path: String, _ json: String, atMinute minute: Int64? = nil) async throws {
        if let minute { move(toMinute: minute) }
        let answer = try await desk.write("PATCH /v1/\(path)", json)
        try #require(answer.status == 200, "\(answer.text)")
    }

    @Test func `a caption of the past has no text from before it was public`() async throws {
        try await desk.create("articles", #"{"headline":"A","slug":"a","status":"draft"}"#)
        let said = try await statement("RAW text", in: "a")
        try await desk.create("events", #"{"title":"Vote","slug":"vote"}"#)
        try await desk.create(
            "events",
            #"{"title":"Trip","slug":"trip","causes":[{"event":{"slug":"vote"},"relation":"prevented","basis":[{"id":"\#(said)"}]}]}"#)
        let hidden = move(toMinute: 1)
        try await change("statements/\(said)", #"{"text":"clean text"}"#, atMinute: 2)
        try await change("articles/a", #"{"status":"published"}"#, atMinute: 3)
        let shown = move(toMinute: 4)
        try await change("statements/\(said)", #"{"text":"cleaner text"}"#, atMinute: 5)
        try await change("events/trip", #"{"title":"Journey"}"#)
        try await desk.create("events", #"{"title":"Later","slug":"later"}"#)
        for path in [
            "events/trip?as_of=\(hidden)", "events?as_of=\(hidden)", "events/trip/revisions/1", "events/trip/revisions/2?diff=1",
            "events?as_of=\(hidden)&include=statements", "events?as_of=\(hidden)&shape=csv",
        ] {
            let answer = try await desk.send("GET /v1/\(path)")
            #expect(answer.status == 200 && (answer.text.contains("Journey") || answer.text.contains("Trip")), "\(path): \(answer.text)")
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
        try await desk.create("articles", #"{"headline":"A","slug":"a","status":"draft"}"#)
        try await desk.create("articles", #"{"headline":"B","slug":"b","status":"published"}"#)
        let corrected = try await statement("RAW text", in: "a")
        let right = try await statement("right", in: "b")
        let changed = try await statement("changed", in: "b")
        for id in [right, changed] { try await change("statements/\(id)", #"{"corrects":{"id":"\#(corrected)"}}"#) }
        let hidden = move(toMinute: 1)
        try await change("articles/a", #"{"status":"published"}"#, atMinute: 2)
        let shown = move(toMinute: 3)
        try await change("statements/\(changed)", #"{"manner":"denied"}"#, atMinute: 4)
        let list = "GET /v1/statements?count=exact&sort=created_at"
        for (instant, found) in [(hidden, []), (shown, [right, changed])] as [(String, [String])] {
            #expect(try await desk.send("\(list)&as_of=\(instant)&corrects=\(corrected)").column("id") == found, "\(instant)")
            let bare = try await desk.send("\(list)&as_of=\(instant)&corrects__isnull=true")
            #expect(bare.column("id").contains(right) == found.isEmpty && bare.column("id").contains(changed) == found.isEmpty)
            #expect(try await desk.send("GET /v1/statements?as_of=\(instant)").text.contains("RAW") != found.isEmpty)
        }
    }

    /// What everybody is shown of a statement at an instant, in all ways in which it may be asked for: its text, or nil.
    private func shown(_ id: String, asOf instant: String) async throws -> String? {
        let item = try await desk.send("GET /v1/statements/\(id)?as_of=\(instant)")
        #expect([200, 404].contains(item.status), "\(item.text)")
        for path in [
            "statements?as_of=\(instant)&count=exact", "statements?as_of=\(instant)&count=exact&manner=said&article=a&sort=-said_at",
            "articles/a/statements?as_of=\(instant)&count=exact",
        ] {
            let list = try await desk.send("GET /v1/\(path)")
            // Of an article that is hidden there are no lists.
            if list.status == 404, path.hasPrefix("articles/"), item.status == 404 { continue }
            try #require(list.status == 200, "\(path): \(list.text)")
            let listed = list.column("id").firstIndex(of: id).map { list.column("text")[$0] }
            #expect(listed == item.string("text"), "\(path): \(list.text)")
            #expect(list["page", "total", "value"] == .integer(Int64(list.column("id").count)), "\(path): \(list.text)")
        }
        let facets = try await desk.send("GET /v1/statements?as_of=\(instant)&id=\(id)&facets=manner")
        #expect(facets.text.contains(#""count":1"#) == (item.status == 200), "\(facets.text)")
        let included = try await desk.send("GET /v1/articles?as_of=\(instant)&include=statements")
        #expect(included.text.contains(id) == (item.status == 200), "\(included.text)")
        return item.string("text")
    }

    private func versions(_ id: String) async throws -> [JSONValue?] {
        let answer = try await desk.send("GET /v1/statements/\(id)/revisions")
        guard case .array(let items)? = answer["data"] else { return [] }
        for item in items {
            guard case .integer(let version)? = item["version"] else { continue }
            let shown = try await desk.send("GET /v1/statements/\(id)/revisions/\(version)")
            #expect(shown.status == 200)
            // What may be seen for its article's sake names that.
            #expect(shown["document"] == .null || shown.string("document", "article", "id") != nil, "\(shown.text)")
        }
        return items.map { $0["version"] }
    }

    @Test func `what a statement was while its article was retracted stays hidden when that is published again`() async throws {
        try await desk.create("articles", #"{"headline":"A","slug":"a","status":"published"}"#)
        let said = try await statement("first", in: "a")
        let other = try await statement("unchanged", in: "a")
        let first = move(toMinute: 1)
        try await change("articles/a", #"{"status":"retracted"}"#, atMinute: 2)
        try await change("statements/\(said)", #"{"text":"RAW"}"#, atMinute: 3)
        let hidden = move(toMinute: 4)
        try await change("statements/\(said)", #"{"text":"third"}"#, atMinute: 5)
        let laterHidden = move(toMinute: 6)
        try await change("articles/a", #"{"status":"published"}"#, atMinute: 7)
        let again = move(toMinute: 8)
        move(toMinute: 9)
        #expect(try await desk.send("GET /v1/articles/a").string("published_at") == Desk.noon.rfc3339)
        #expect(try await versions(said) == [3, 1])
        #expect(try await desk.send("GET /v1/statements/\(said)/revisions/2").status == 404)
        #expect(try await desk.send("GET /v1/statements/\(said)/revisions/3?diff=2").code == "invalid_parameter")
        #expect(try await desk.sendAsNewsroom("GET /v1/statements/\(said)/revisions/2").status == 200)
        for (instant, texts) in [
            (first, ["first", "unchanged"]), (hidden, [nil, nil]), (laterHidden, [nil, nil]), (again, ["third", "unchanged"]),
        ] as [(String, [String?])] {
            #expect(try await [shown(said, asOf: instant), shown(other, asOf: instant)] == texts, "\(instant)")
        }
        try await change("statements/\(said)", #"{"text":"fourth"}"#, atMinute: 10)
        #expect(try await versions(said) == [4, 3, 1])
        #expect(try await shown(said, asOf: again) == "third")
        #expect(try await shown(said, asOf: laterHidden) == nil)
    }

    @Test func `what a statement was before its article came out stays hidden, though the article is dated back`() async throws {
        try await desk.create("articles", #"{"headline":"A","slug":"a","status":"draft","published_at":"2024-03-01T00:00:00Z"}"#)
        let said = try await statement("RAW", in: "a")
        let hidden = move(toMinute: 1)
        try await change("statements/\(said)", #"{"text":"second"}"#, atMinute: 2)
        let laterHidden = move(toMinute: 3)
        try await change("articles/a", #"{"status":"published"}"#, atMinute: 4)
        let out = move(toMinute: 5)
        move(toMinute: 6)
        #expect(try await versions(said) == [2])
        #expect(try await desk.send("GET /v1/statements/\(said)/revisions/1").status == 404)
        for instant in [hidden, laterHidden] { #expect(try await shown(said, asOf: instant) == nil) }
        #expect(try await shown(said, asOf: out) == "second")
        try await change("statements/\(said)", #"{"text":"third"}"#)
        #expect(try await versions(said) == [3, 2])
        #expect(try await shown(said, asOf: out) == "second")
    }

    @Test func `the address of what was deleted stays gone, whatever hidden thing takes it`() async throws {
        func expect(_ status: Int, _ instants: [String] = [], _ line: Int = #line) async throws {
            let paths = ["", "/revisions", "/revisions/1", "/corrections", "/quotes", "/statements"] + instants.map { "?as_of=\($0)" }
            for path in paths {
                for method in ["GET", "HEAD"] {
                    let answer = try await desk.send("\(method) /v1/articles/x\(path)")
                    #expect(answer.status == status, "\(method) \(path), line \(line): \(answer.text)")
                }
            }
        }
        func draft() async throws { try await desk.create("articles", #"{"headline":"Secret","slug":"x","status":"draft"}"#) }
        func delete() async throws { #expect(try await desk.write("DELETE /v1/articles/x", "").status == 204) }
        try await draft()
        try await delete()
        try await expect(404)
        move(toMinute: 1)
        try await desk.create("articles", #"{"headline":"Known","slug":"x","status":"published"}"#)
        try await delete()
        var gone = [move(toMinute: 2)]
        move(toMinute: 3)
        try await expect(410, gone)
        try await draft()
        try await expect(410, gone)
        gone.append(move(toMinute: 4))
        move(toMinute: 5)
        try await expect(410, gone)
        #expect(try await desk.sendAsNewsroom("GET /v1/articles/x").string("headline") == "Secret")
        try await delete()
        gone.append(move(toMinute: 6))
        move(toMinute: 7)
        try await expect(410, gone)
        // An embargo ends, and what had the address before is forgotten.
        let end = Instant(milliseconds: Desk.noon.milliseconds + 600_000).rfc3339
        try await desk.create("articles", #"{"headline":"Later","slug":"x","status":"published","embargoed_until":"\#(end)"}"#)
        try await expect(410, gone)
        move(toMinute: 10)
        #expect(try await desk.send("GET /v1/articles/x").string("headline") == "Later")
        for instant in gone { #expect(try await desk.send("GET /v1/articles/x?as_of=\(instant)").status == 410) }
        try await change("articles/x", #"{"slug":"y"}"#)
        try await expect(410, gone)
    }
}
