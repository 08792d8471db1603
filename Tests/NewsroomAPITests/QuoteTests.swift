import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// The statements of others, and whether they still stand in the articles that report them.
@Suite(.inTurn) struct QuoteTests {
    private func story(_ desk: Desk) async throws {
        try await desk.create("people", #"{"name":"Ada North","slug":"ada"}"#)
        try await desk.create("organizations", #"{"name":"Port Office","slug":"port-office"}"#)
        try await desk.create("events", #"{"title":"Talks","slug":"talks"}"#)
        try await desk.create(
            "articles", #"{"headline":"A","slug":"a","status":"published","body":"She said: “It is on.” Later: it is off."}"#)
        try await desk.create("articles", #"{"headline":"Draft","slug":"draft"}"#)
        for (day, value, rest) in [
            ("28", "yes", #","article":{"slug":"a"},"form":"quote","anchor":{"exact":"It is on.","prefix":"said: “"}"#),
            ("26", "no", #","article":{"slug":"a"},"form":"paraphrase","anchor":{"exact":"it is off","prefix":"Later: "}"#),
            ("27", "no", #","article":{"slug":"a"},"form":"quote""#), ("29", "no", #","article":{"slug":"draft"}"#),
        ] {
            try await desk.create(
                "statements",
                #"""
                {"speaker":{"slug":"ada"},"text":"It is on.","said_at":{"edtf":"2024-03-\#(day)"},"events":[{"slug":"talks"}],
                "claim":{"about":{"slug":"talks"},"property":"held","value":"\#(value)"}\#(rest)}
                """#)
        }
        try await desk.create("statements", #"{"speaker":{"slug":"port-office"},"text":"Nothing.","article":{"slug":"a"}}"#)
    }

    private func days(_ answer: Answer) -> [String] {
        guard case .array(let items)? = answer["data"] else { return [answer.text] }
        return items.map { item in
            guard case .string(let edtf)? = item["said_at"]?["edtf"] else { return "-" }
            return edtf
        }
    }

    @Test func `what somebody said comes in time order, and only what may be seen`() async throws {
        let desk = try Desk()
        try await story(desk)
        #expect(days(try await desk.send("GET /v1/people/ada/statements")) == ["2024-03-26", "2024-03-27", "2024-03-28"])
        #expect(try await desk.sendAsNewsroom("GET /v1/people/ada/statements?count=exact")["page", "total", "value"] == 4)
        #expect(days(try await desk.send("GET /v1/people/ada/statements?sort=-said_at&limit=1")) == ["2024-03-28"])
        #expect(days(try await desk.send("GET /v1/events/talks/statements?form=quote")) == ["2024-03-27", "2024-03-28"])
        #expect(days(try await desk.send("GET /v1/organizations/port-office/statements")) == ["-"])
        #expect(days(try await desk.send("GET /v1/articles/a/statements")) == ["-", "2024-03-26", "2024-03-27", "2024-03-28"])
        #expect(try await desk.send("GET /v1/articles/draft/statements").status == 404)
        #expect(try await desk.send("GET /v1/people/nobody/statements").status == 404)
        let first = try await desk.send("GET /v1/people/ada/statements?limit=1")
        let next = try #require(first.nextPath)
        #expect(next.hasPrefix("/v1/people/ada/statements?limit=1&cursor="))
        #expect(days(try await desk.send("GET \(next)")) == ["2024-03-27"])
    }

    @Test(arguments: ["held", "talks:held"])
    func `whether a position changed is told with each statement`(_ claim: String) async throws {
        let desk = try Desk()
        try await story(desk)
        let seen = try await desk.send("GET /v1/people/ada/statements?claim=\(claim)")
        #expect(days(seen) == ["2024-03-26", "2024-03-27", "2024-03-28"] && seen["complete"] == true)
        #expect((0..<3).map { seen["data", "\($0)", "changed"] } == [false, false, true])
        let all = try await desk.sendAsNewsroom("GET /v1/people/ada/statements?claim=\(claim)")
        #expect((0..<4).map { all["data", "\($0)", "changed"] } == [false, false, true, true])
        #expect(days(try await desk.send("GET /v1/people/ada/statements?claim=other")) == [])
        for bad in ["", "No", "a:b:c", "%20:held"] {
            #expect(try await desk.send("GET /v1/people/ada/statements?claim=\(bad)").code == "invalid_parameter", "\(bad)")
        }
        #expect(try await desk.send("GET /v1/people/ada/statements?claim=held&limit=2").code == "unknown_parameter")
    }

    @Test func `quotations follow the body of the article`() async throws {
        let desk = try Desk()
        try await story(desk)
        func told(_ answer: Answer) -> [String] {
            guard case .array(let quotes)? = answer["data"] else { return [answer.text] }
            return quotes.indices.map { index in
                let anchor = answer.string("data", "\(index)", "anchor", "state") ?? "-"
                let verbatim = answer["data", "\(index)", "verbatim"]
                let place = answer["data", "\(index)", "anchor", "start"]
                let start = if case .integer(let number)? = place { "\(number)" } else { "-" }
                return "\(answer.string("data", "\(index)", "form") ?? "?") \(anchor) \(start) \(verbatim == true ? "verbatim" : "")"
            }
        }
        let first = try await desk.send("GET /v1/articles/a/quotes")
        #expect(told(first) == ["quote anchored 11 verbatim", "paraphrase anchored 29 ", "paraphrase - - ", "quote - - verbatim"])
        _ = try await desk.write("PATCH /v1/articles/a", #"{"body":"Yesterday she told us: “It is on.” And that was that."}"#)
        let second = try await desk.send("GET /v1/articles/a/quotes")
        #expect(told(second) == ["quote moved 24 verbatim", "paraphrase - - ", "paraphrase orphaned - ", "quote - - verbatim"])
        _ = try await desk.write("PATCH /v1/articles/a", #"{"body":""}"#)
        let third = try await desk.send("GET /v1/articles/a/quotes")
        #expect(told(third).allSatisfy { !$0.contains("verbatim") }, "\(third.text)")
        #expect(try await desk.send("GET /v1/articles/draft/quotes").status == 404)
        #expect(told(try await desk.sendAsNewsroom("GET /v1/articles/draft/quotes")) == ["paraphrase - - "])
        #expect(try await desk.send("GET /v1/articles/a/quotes?limit=1").code == "unknown_parameter")
    }
}
