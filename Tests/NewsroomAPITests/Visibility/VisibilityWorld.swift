import HTTP
import JSON
import Newsroom
import Testing

@testable import NewsroomAPI

/// One article in each state that there is, each with all that may hang on it and with words of its own that stand nowhere else; and
/// what they all refer to, which is for everybody.
struct VisibilityWorld {
    /// What an article may be. The order is that in which they are made.
    enum State: String, CaseIterable {
        case draft, ready, published, embargoed, retracted, deleted

        /// A word that stands in all that belongs to the article in this state.
        var word: String { "xq\(rawValue)" }
    }

    /// Who asks.
    enum Asker: String, CaseIterable {
        case anonymous, reader, editor

        var fields: [String] { self == .anonymous ? [] : ["Authorization: Bearer \(secret)"] }

        var secret: String { "dl_\(rawValue)_0123456789012345678901234567" }

        func maySee(_ state: State) -> Bool {
            switch state {
            case .published: true
            case .deleted: false
            case .draft, .ready, .embargoed, .retracted: self != .anonymous
            }
        }
    }

    let desk: Desk
    /// The ids of the article, its statements and their sources.
    private(set) var ids: [State: [String]] = [:]
    private(set) var articles: [State: String] = [:]
    private(set) var statements: [State: [String]] = [:]
    private(set) var sources: [State: String] = [:]
    private(set) var talks = ""
    private(set) var conflict = ""

    /// Between the making and what happened later: at that time the retracted and the deleted one could be seen.
    static let past = "2024-03-27T12:30:00Z"

    init() async throws {
        desk = try Desk()
        for role in [Role.reader, .editor] {
            try await desk.add(
                AccessToken(name: "the-\(role.rawValue)", role: role), secret: "dl_\(role.rawValue)_0123456789012345678901234567")
        }
        try await desk.create("organizations", #"{"name":"Harbour Club","slug":"club","kind":"company"}"#)
        try await desk.create(
            "people", #"{"name":"Ada North","slug":"ada","roles":[{"title":"Pilot","organization":{"slug":"club"},"from":"2020"}]}"#)
        try await desk.create("events", #"{"title":"Harbour vote","slug":"vote"}"#)
        talks = try await desk.create("events", #"{"title":"Harbour talks","slug":"talks","kind":"meeting"}"#).id
        conflict = "con_\(talks.dropFirst(4)).held"
        for state in State.allCases { try await add(state) }
        try await restEventsOnStatements()
        try await correctHiddenStatements()
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 3_600_000))
        try await act("articles/\(articles[.published] ?? "")", "correct", #"{"kind":"correction","text":"xqpublished was wrong."}"#)
        try await act("articles/\(articles[.retracted] ?? "")", "retract", #"{"reason":"xqretracted was made up."}"#)
        for id in statements[.deleted] ?? [] { #expect(try await desk.write("DELETE /v1/statements/\(id)", "").status == 204) }
        #expect(try await desk.write("DELETE /v1/articles/\(articles[.deleted] ?? "")", "").status == 204)
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 7_200_000))
    }

    private mutating func add(_ state: State) async throws {
        let word = state.word
        let status =
            switch state {
            case .draft: #""status":"draft""#
            case .ready: #""status":"ready""#
            case .published, .retracted, .deleted: #""status":"published""#
            case .embargoed: #""status":"published","embargoed_until":"2024-03-28T12:00:00Z""#
            }
        let article = try await desk.create(
            "articles",
            """
            {"headline":"\(word) in the harbour","slug":"\(word)-story","summary":"\(word) summed up","subheadline":"\(word) below",
            "body":"The harbour was \(word) today, said the pilot.","byline":"By \(word)","section":"\(word)-section","tags":["\(word)"],
            "source":"\(word) wire","external_ids":{"desk":"\(word)"},"people":[{"slug":"ada"}],"organizations":[{"slug":"club"}],
            "events":[{"slug":"talks"}],\(status)}
            """
        ).id
        articles[state] = article
        ids[state] = [article]
        for (speaker, value) in [
            (#"{"unnamed":{"description":"\#(word) official","organization":{"slug":"club"}}}"#, "yes"), (#"{"slug":"ada"}"#, "no"),
        ] {
            let statement = try await desk.create(
                "statements",
                """
                {"speaker":\(speaker),"text":"The harbour is \(word).","article":{"id":"\(article)"},"events":[{"slug":"talks"}],
                "chain":[{"kind":"organization","slug":"club"}],
                "claim":{"about":{"slug":"talks"},"property":"held","value":"\(word) \(value)"},
                "anchor":{"exact":"The harbour was \(word) today"},"said_at":{"edtf":"2024-03-27"}}
                """)
            statements[state, default: []].append(statement.id)
            ids[state, default: []].append(statement.id)
            if let source = statement.string("speaker", "unnamed", "id") {
                sources[state] = source
                ids[state, default: []].append(source)
            }
        }
    }

    /// The talks were moved, and are said to come of the vote, on the word of all of them.
    private func restEventsOnStatements() async throws {
        let all = State.allCases.filter { $0 != .deleted }.flatMap { statements[$0] ?? [] }
        let basis = "[" + all.map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]"
        let caused = try await desk.write(
            "PATCH /v1/events/talks", #"{"causes":[{"event":{"slug":"vote"},"relation":"prompted","basis":\#(basis)}]}"#)
        try #require(caused.status == 200, "\(caused.text)")
        try await act("events/talks", "schedule", #"{"window":{"edtf":"2024-04-01"},"reason":"agreed","basis":\#(basis)}"#)
    }

    /// In the article that everybody reads, statements put right those of the others, which nobody is told of but the newsroom; and are
    /// changed once more.
    private mutating func correctHiddenStatements() async throws {
        for state in [State.draft, .embargoed, .retracted] {
            let corrected = try #require(statements[state]?.last)
            let correction = try await desk.create(
                "statements",
                #"{"speaker":{"slug":"ada"},"text":"xqpublished after all.","article":{"id":"\#(articles[.published] ?? "")"},"#
                    + #""corrects":{"id":"\#(corrected)"}}"#)
            let changed = try await desk.write("PATCH /v1/statements/\(correction.id)", #"{"manner":"denied"}"#)
            try #require(changed.status == 200, "\(changed.text)")
            statements[.published, default: []].append(correction.id)
            ids[.published, default: []].append(correction.id)
        }
    }

    private func act(_ path: String, _ action: String, _ body: String = "{}") async throws {
        let answer = try await desk.write("POST /v1/\(path)/actions/\(action)", body, ["If-Match: *"])
        try #require(answer.status == 200, "\(answer.text)")
    }
}
