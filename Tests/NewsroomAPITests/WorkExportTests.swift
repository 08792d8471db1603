import Documents
import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// What a newsroom keeps of its work on a story goes to another server with the story: how a conflict was settled, what is to be looked at
/// again, and who an unnamed source is, if that is asked for.
@Suite(.inTurn) struct WorkExportTests {
    private struct Story {
        let conflict: String
        let source: String
    }

    /// Two say otherwise, which is settled; two articles rest on a statement that was withdrawn, and one of them was looked at again.
    private func story(_ desk: Desk) async throws -> Story {
        let talks = try await desk.create("events", #"{"title":"Talks","slug":"talks"}"#)
        for slug in ["a", "b"] {
            try await desk.create("articles", #"{"headline":"\#(slug)","slug":"\#(slug)","status":"published"}"#)
        }
        try await desk.create("people", #"{"name":"Ada North","slug":"ada"}"#)
        func say(_ speaker: String, _ value: String, in article: String) async throws -> Answer {
            try await desk.create(
                "statements",
                """
                {"speaker":\(speaker),"text":"So it is.","article":{"slug":"\(article)"},
                "claim":{"about":{"slug":"talks"},"property":"held","value":"\(value)"}}
                """)
        }
        let official = try await say(#"{"unnamed":{"description":"an official"}}"#, "yes", in: "a")
        let ada = try await say(#"{"slug":"ada"}"#, "no", in: "b")
        let conflict = "/v1/conflicts/con_\(talks.id.dropFirst(4)).held"
        let resolved = try await desk.write(
            "POST \(conflict)/actions/resolve", #"{"value":"no","how":"She was there.","basis":[{"id":"\#(ada.id)"}]}"#)
        #expect(resolved.status == 200, "\(resolved.text)")
        let source = try #require(official.string("speaker", "unnamed", "id"))
        let note = try await desk.sendAsNewsroom(
            "PATCH /v1/statements/sources/\(source)", ["Content-Type: application/merge-patch+json"],
            body: Array(#"{"note":"Met at the hangar."}"#.utf8))
        #expect(note.status == 200)
        for slug in ["a", "b"] {
            let more = try await desk.create(
                "statements", #"{"speaker":{"slug":"ada"},"text":"Not yet.","article":{"slug":"\#(slug)"}}"#)
            #expect(
                try await desk.write("POST /v1/statements/\(more.id)/actions/withdraw", #"{"reason":"misheard"}"#, ["If-Match: *"]).status
                    == 200)
        }
        let cleared = try await desk.write(
            "POST /v1/articles/b/actions/clear_review", #"{"note":"It holds without."}"#, ["If-Match: *"])
        #expect(cleared.status == 200)
        return Story(conflict: conflict, source: source)
    }

    private func exported(_ desk: Desk, withSourceNotes: Bool = false) async throws -> [UInt8] {
        try await desk.newsroom.snapshot { snapshot throws(ExportError<Never>) in
            var bytes: [UInt8] = []
            try Exporter(snapshot, withSourceNotes: withSourceNotes).run { (piece: [UInt8]) throws(Never) in bytes += piece }
            return bytes
        }
        .get()
    }

    private func imported(_ bytes: [UInt8], into desk: Desk) async throws -> Answer {
        try await desk.sendAsNewsroom("POST /v1/import", ["Content-Type: application/x-ndjson"], body: bytes)
    }

    @Test func `a settled conflict, marks and notes come along, and a second time change nothing`() async throws {
        let (one, other) = (try Desk(), try Desk())
        let story = try await story(one)
        other.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 3_600_000))
        let lines = try await exported(one, withSourceNotes: true)
        let first = try await imported(lines, into: other)
        #expect(first["summary", "invalid"] == 0, "\(first.text)")
        let sequence = try await other.newsroom.newestSequence()
        let second = try await imported(lines, into: other)
        #expect(
            second["summary", "unchanged"] == second["summary", "rows"] && second["summary", "rows"] == first["summary", "rows"],
            "\(second.text)")
        #expect(try await other.newsroom.newestSequence() == sequence)
        #expect(try await exported(other, withSourceNotes: true) == lines)
        for path in [story.conflict, "/v1/conflicts"] {
            let (here, there) = (try await one.sendAsNewsroom("GET \(path)"), try await other.sendAsNewsroom("GET \(path)"))
            #expect(here["resolutions"] == there["resolutions"] && here["status"] == there["status"], "\(there.text)")
        }
        #expect(try await other.sendAsNewsroom("GET \(story.conflict)").string("status") == "resolved")
        for slug in ["a", "b"] {
            let (here, there) = (
                try await one.sendAsNewsroom("GET /v1/articles/\(slug)"), try await other.sendAsNewsroom("GET /v1/articles/\(slug)")
            )
            #expect(here["needs_review", "0", "reason"] == there["needs_review", "0", "reason"])
            #expect((there["needs_review", "0", "reason"] == "statement_withdrawn") == (slug == "a"))
        }
        #expect(try await other.sendAsNewsroom("GET /v1/statements/sources/\(story.source)").string("note") == "Met at the hangar.")
    }

    @Test func `who a source is leaves only where that is asked for`() async throws {
        let desk = try Desk()
        _ = try await story(desk)
        #expect(!String(decoding: try await exported(desk), as: UTF8.self).contains("hangar"))
        #expect(String(decoding: try await exported(desk, withSourceNotes: true), as: UTF8.self).contains("hangar"))
    }

    @Test func `what cannot be is refused, and nothing of it is kept`() async throws {
        let desk = try Desk()
        let story = try await story(desk)
        let sequence = try await desk.newsroom.newestSequence()
        let event = try await desk.send("GET /v1/events/talks").id
        let article = try await desk.send("GET /v1/articles/a").id
        let unknown = "00000000000000000000000009"
        func resolution(_ members: String) -> String {
            #"{"type":"conflict_resolution","id":"res_\#(unknown)","about":"\#(event)","property":"held","how":"So.","by":"x","#
                + #""resolved_at":"2024-03-27T11:00:00Z"\#(members)}"#
        }
        func mark(_ members: String) -> String {
            #"{"type":"review_mark","id":"rev_\#(unknown)","subject":"\#(article)","statement":"sta_\#(unknown)","#
                + #""reason":"statement_deleted"\#(members)}"#
        }
        let wrong: [(String, [String])] = [
            (resolution(#","basis":["sta_\#(unknown)"]"#), ["/basis/0 unknown_reference"]),
            (resolution(#","settled":[{"statement":"sta_\#(unknown)","value":"yes"}]"#), ["/settled unknown_reference"]),
            (
                resolution(#","basis":["x"],"settled":[{"value":1}],"hw":1"#),
                ["/basis/0 invalid_value", "/settled/0/value wrong_type", "/hw unknown_member"]
            ),
            (resolution("").replacing("2024-03-27", with: "2034-03-27"), ["/resolved_at invalid_value"]),
            (resolution("").replacing(event, with: "evt_\(unknown)"), ["/about unknown_reference"]),
            (
                #"{"type":"conflict_resolution"}"#,
                ["/id required", "/about required", "/property required", "/how required", "/by required", "/resolved_at required"]
            ),
            (mark(#","basis":"report","since":"2034-01-01T00:00:00Z""#), ["/since invalid_value"]),
            (mark(#","basis":"event","since":"2024-01-01T00:00:00Z""#), ["/event invalid_value"]),
            (mark(#","basis":"report","since":"2024-01-02T00:00:00Z","cleared_at":"2024-01-01T00:00:00Z""#), ["/cleared_at invalid_value"]),
            (mark(#","basis":"rport","since":"2024-01-02T00:00:00Z""#), ["/basis invalid_value"]),
            (
                mark(#","basis":"report","since":"2024-01-02T00:00:00Z""#).replacing(article, with: "art_\(unknown)"),
                ["/subject unknown_reference"]
            ),
            (#"{"type":"source_note","id":"src_\#(unknown)","note":"n"}"#, ["/id unknown_reference"]),
            (#"{"type":"source_note","id":"\#(story.source)","note":" "}"#, ["/note required"]),
            (#"{"type":"reviewmark"}"#, ["/type invalid_value"]),
        ]
        for (line, failures) in wrong {
            let answer = try await imported(Array(line.utf8), into: desk)
            var told: Set<String> = []
            if case .array(let errors)? = answer["problems", "0", "errors"] {
                for case .object(let error) in errors {
                    guard case .string(let path)? = error["path"], case .string(let code)? = error["code"] else { continue }
                    told.insert("\(path) \(code)")
                }
            }
            #expect(answer["summary", "invalid"] == 1 && told == Set(failures), "\(line): \(answer.text)")
        }
        let settled = try #require(
            String(decoding: try await exported(desk), as: UTF8.self).split(separator: "\n").first { $0.contains("conflict_resolution") })
        let changed = try await imported(Array(settled.replacing("She was there.", with: "He was there.").utf8), into: desk)
        #expect(changed["summary", "invalid"] == 1 && changed.text.contains("/id"), "\(changed.text)")
        #expect(try await desk.newsroom.newestSequence() == sequence)
    }
}
