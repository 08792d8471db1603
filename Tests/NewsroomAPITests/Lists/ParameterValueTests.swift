import Testing
import Turns

/// Every route reads the values of parameters by one rule.
@Suite(.inTurn) struct ParameterValueTests {
    @Test(arguments: [
        ("/v1/articles?section=", true), ("/v1/articles?section__in=a,,b", true), ("/v1/people?at=", false), ("/v1/events?overdue=", false),
        ("/v1/corrections?section=", false), ("/v1/corrections?issued_at__gte=", false),
        ("/v1/search?q=a&section=", false), ("/v1/search?q=a&from=", false), ("/v1/conflicts?event=", false),
        ("/v1/conflicts?known_by=", false), ("/v1/conflicts?status=", false), ("/v1/articles?as_of=", false),
    ])
    func `an empty value is refused, and another way offered where there is one`(_ target: String, _ hasHint: Bool) async throws {
        let answer = try await Desk().send("GET \(target)")
        #expect(answer.status == 400 && answer.code == "invalid_parameter", "\(answer.text)")
        #expect(answer.text.contains("must not be empty"))
        #expect(answer.text.contains("__isnull") == hasHint)
    }

    @Test(arguments: [
        "articles", "corrections", "conflicts", "search?q=a", "suggest?q=a", "changes", "articles?shape=ids", "articles?shape=csv",
    ])
    func `a limit is a whole number as it is written`(_ list: String) async throws {
        let desk = try Desk()
        let start = "GET /v1/\(list)\(list.contains("?") ? "&" : "?")limit="
        for limit in ["007", "+7", "7.0", "0", "-1", "", "1e1", "99999999999999999999"] {
            let answer = try await desk.send(start + limit)
            #expect(answer.failures == ["limit invalid_parameter"], "\(limit): \(answer.text)")
        }
        #expect(try await desk.send(start + "7").status == 200)
    }
}
