import HTTP
import HTTPTypes
import JSON
import Newsroom
import Routing
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct ProblemTests {
    static let all: [(StoreError, Int, String)] = [
        (.notFound, 404, "not_found"), (.gone, 410, "gone"), (.staleVersion(current: 8), 412, "stale_version"),
        (.conflict([.taken("/slug")]), 409, "conflict"), (.inUse(kind: .article, count: 3), 409, "in_use"),
        (.moveNotAllowed(status: "happened", allowed: []), 409, "move_not_allowed"),
        (.merged(into: "per_01HT3Z6V0Q8X9GZ5J2M4N7P1RS"), 409, "merged"), (.mergeRefused([.taken("/from")]), 409, "merge_refused"),
        (.invalid(ValidationFailure([MemberFailure(path: "/a", rule: .required, message: "m")])), 422, "validation_failed"),
        (.invalid(ValidationFailure([MemberFailure(path: "/a", rule: .unknownMember, message: "m")])), 400, "unknown_member"),
        (.invalidQuery(member: "a", message: "m"), 400, "invalid_parameter"),
        (.keyReused, 422, "idempotency_key_reused"), (.queueFull, 503, "write_queue_full"), (.locked, 503, "database_locked"),
        (.keysFull, 503, "idempotency_keys_full"), (.overloaded, 503, "overloaded"),
        (.aheadOfTime, 400, "invalid_parameter"), (.deadline, 503, "query_deadline"), (.diskFull, 507, "disk_full"),
        (.unavailable("disk I/O error in /var/lib/dateline.db"), 503, "unavailable"),
    ]

    @Test(arguments: all)
    func `each failure of the store has its status and its code`(_ error: StoreError, _ status: Int, _ code: String) {
        let problem = Problem(error)
        #expect(problem.status.code == status)
        #expect(problem.code == code)
        #expect(ProblemCode(rawValue: code) != nil)
        #expect((problem.fields[.retryAfter] != nil) == (status == 503 || status == 507))
        let text = String(decoding: (try? body(problem)) ?? [], as: UTF8.self)
        #expect(!text.contains("/var/lib") && !text.contains("secret"))
    }

    private func body(_ problem: Problem) throws -> [UInt8] {
        guard case .bytes(let bytes) = problem.response(instance: "/v1/articles/x", requestID: "r").body else { return [] }
        return bytes
    }

    @Test func `a problem tells the path and the request`() async throws {
        let answer = try await Desk().send("GET /v1/articles/nobody-knows")
        #expect(answer["type"] == "/docs/errors#not_found")
        #expect(answer["title"] == "Not found")
        #expect(answer["status"] == 404)
        #expect(answer["instance"] == "/v1/articles/nobody-knows")
        #expect(answer["request_id"] == "test-request")
        #expect(answer[.cacheControl] == "no-store")
    }

    @Test func `the routes are those of the contract`() throws {
        let kinds = ["articles", "people", "organizations", "events", "statements"]
        let moves =
            ["GET /v1/events/{id}/why", "GET /v1/events/{id}/consequences"]
            + EventAction.allCases.map { "POST /v1/events/{id}/actions/\($0.rawValue)" } + ["POST /v1/events/{id}/actions/clear_review"]
        let sources = [
            "POST /v1/statements/{id}/actions/withdraw", "GET /v1/statements/sources/{id}", "PATCH /v1/statements/sources/{id}",
            "POST /v1/statements/sources/{id}/actions/reveal",
        ]
        let articleMoves =
            ArticleAction.allCases.map { "POST /v1/articles/{id}/actions/\($0.rawValue)" } + ["POST /v1/articles/{id}/actions/clear_review"]
        let corrections = ["GET /v1/articles/{id}/corrections", "GET /v1/corrections"]
        let resources = kinds.flatMap { kind -> [String] in
            let past = ["GET /v1/\(kind)/{id}/revisions", "GET /v1/\(kind)/{id}/revisions/{version}"]
            return ["GET /v1/\(kind)", "POST /v1/\(kind)"] + ["GET", "PUT", "PATCH", "DELETE"].map { "\($0) /v1/\(kind)/{id}" }
                + past + (kind == "events" ? moves : kind == "articles" ? articleMoves : [])
                + ["POST /v1/\(kind)/{id}/actions/restore"]
                + (kind == "articles" ? corrections : kind == "statements" ? [] : ["GET /v1/\(kind)/{id}/articles"])
                + (kind == "organizations" ? ["GET /v1/organizations/{id}/people"] : [])
                + (kind == "statements" ? sources : ["GET /v1/\(kind)/{id}/statements"])
                + (kind == "articles" ? ["GET /v1/articles/{id}/quotes"] : [])
        }
        let judgements = kinds.dropFirst().dropLast().flatMap { kind in
            ["GET /v1/\(kind)/duplicates"]
                + ["merge", "split", "distinguish", "reconsider"].map { "POST /v1/\(kind)/{id}/actions/\($0)" }
        }
        let others = [
            "GET /v1/timeline", "GET /v1/events/{id}/timeline", "GET /v1/people/{id}/timeline", "GET /v1/desk",
            "GET /v1/conflicts", "GET /v1/conflicts/{id}", "POST /v1/conflicts/{id}/actions/resolve",
            "GET /v1/search", "GET /v1/suggest", "GET /v1/changes", "POST /v1/batch", "POST /v1/import",
            "GET /v1/webhooks", "POST /v1/webhooks", "GET /v1/webhooks/{id}", "PATCH /v1/webhooks/{id}", "DELETE /v1/webhooks/{id}",
            "GET /v1/webhooks/{id}/deliveries", "POST /v1/webhooks/{id}/actions/enable", "POST /v1/webhooks/{id}/actions/disable",
            "POST /v1/webhooks/{id}/actions/test", "POST /v1/admin/backup", "GET /v1/meta",
            "GET /docs/errors",
            "GET /livez", "GET /readyz", "GET /healthz", "GET /metrics",
        ]
        let api = NewsroomAPI(
            ClosedNewsroom(), access: Access(adminToken: nil), program: ProgramState(version: "1", startedAt: Desk.noon), report: { _ in })
        #expect(api.routes.map { "\($0.method.rawValue) \($0.pattern)" } == resources + judgements + others)
        #expect(api.routes.allSatisfy { !$0.summary.isEmpty })
    }
}
