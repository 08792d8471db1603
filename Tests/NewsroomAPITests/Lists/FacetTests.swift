import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Counts of values beside a list.
@Suite(.inTurn) struct FacetTests {
    private func fill(_ desk: Desk) async throws {
        try await desk.create("people", #"{"name": "Ada North"}"#)
        for (number, section) in ["world", "world", "sport", "world"].enumerated() {
            let status = number == 3 ? "draft" : "published"
            try await desk.create(
                "articles",
                """
                {"headline": "\(number)", "status": "\(status)", "published_at": "2024-03-01T00:00:00Z", "section": "\(section)",
                 "tags": ["ice", "n\(number)"], "urgency": \(number + 1), "people": [{"slug": "ada-north"}, {"slug": "ada-north", "role": "x"}]}
                """)
        }
    }

    /// As long as it takes.
    private static var patient: APILimits {
        var limits = APILimits()
        limits.facetsWithin = .seconds(60)
        return limits
    }

    @Test func `values are counted among what filters leave and the viewer may see`() async throws {
        let desk = try Desk(limits: Self.patient)
        try await fill(desk)
        let answer = try await desk.send("GET /v1/articles?facets=section,tag&limit=1")
        #expect(
            answer["facets", "section"]
                == ["values": [["value": "world", "count": 2], ["value": "sport", "count": 1]], "complete": true])
        #expect(answer["facets", "tag", "values", "0"] == ["value": "ice", "count": 3])
        let all = try await desk.sendAsNewsroom("GET /v1/articles?facets=section,urgency,person")
        #expect(all["facets", "section", "values", "0"] == ["value": "world", "count": 3])
        #expect(all["facets", "urgency", "values", "0"] == ["value": 1, "count": 1])
        #expect(all["facets", "person", "values", "0", "value", "name"] == "Ada North")
        #expect(all["facets", "person", "values", "0", "count"] == 4)
        let filtered = try await desk.send("GET /v1/articles?facets=tag&section=sport")
        #expect(
            filtered["facets", "tag", "values"] == [["value": "ice", "count": 1], ["value": "n2", "count": 1]])
    }

    @Test func `a member without values that are shared is 400, and the nearest is named`() async throws {
        let desk = try Desk(limits: Self.patient)
        let answer = try await desk.send("GET /v1/articles?facets=sections")
        #expect(answer.status == 400 && answer.text.contains("did you mean section?"))
        #expect(try await desk.send("GET /v1/articles?facets=headline").status == 400)
        #expect(try await desk.send("GET /v1/people?facets=role,organization")["facets", "role"] == ["values": [], "complete": true])
    }

    @Test func `what cannot be counted in time is data and no error`() async throws {
        var limits = APILimits()
        limits.facetsWithin = .zero
        let desk = try Desk(limits: limits)
        for number in 0..<30 { try await desk.create("organizations", #"{"name": "Office \#(number)", "kind": "media"}"#) }
        let answer = try await desk.send("GET /v1/organizations?facets=kind")
        #expect(answer.status == 200 && answer.column("name").count == 20)
        #expect(answer["facets", "kind"] == ["values": [], "complete": false])
    }
}
