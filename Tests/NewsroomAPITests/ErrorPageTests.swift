import HTTP
import HTTPTypes
import Inflating
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct ErrorPageTests {
    @Test func `what the type of a problem points to is there`() async throws {
        let desk = try Desk()
        let problem = try await desk.send("GET /v1/articles/nothing-there")
        let type = try #require(problem.string("type")).split(separator: "#").map(String.init)
        let page = try await desk.send("GET \(type[0])")
        #expect(page.status == 200 && page[.contentType] == "text/html; charset=utf-8")
        #expect(page.text.contains("<tr id=\"\(type[1])\">"))
    }

    @Test func `every code has its row, and nothing else is marked`() async throws {
        let page = try await Desk().send("GET /docs/errors")
        let marks = page.text.matches(of: /id="([^"]*)"/).map { String($0.1) }
        #expect(marks == ProblemCode.allCases.map(\.rawValue))
        for code in ProblemCode.allCases { #expect(page.text.contains("<td>\(code.status.code)</td>")) }
        // Well-formed as far as it goes: each table cell that is opened is closed, and no bare ampersand is left.
        #expect(page.text.matches(of: /<td>/).count == page.text.matches(of: /<\/td>/).count)
        #expect(page.text.matches(of: /&(?!(amp|lt|gt);)/).isEmpty)
    }

    @Test func `it can be kept, by its tag in each coding`() async throws {
        let desk = try Desk()
        let (plain, coded) = (try await desk.send("GET /docs/errors"), try await desk.send("GET /docs/errors", ["Accept-Encoding: gzip"]))
        #expect(plain[.cacheControl] == "public, max-age=3600" && plain[.vary] == "Accept, Accept-Encoding")
        #expect(coded.eTag == plain.eTag.dropLast() + "-gzip\"")
        #expect(try inflated(coded.body).bytes == plain.body)
        let answer = try await desk.send("GET /docs/errors", ["Accept-Encoding: gzip", "If-None-Match: \(coded.eTag)"])
        #expect(answer.status == 304 && answer.eTag == coded.eTag && answer.route == "/docs/errors")
        #expect(try await desk.send("GET /docs/errors", ["If-None-Match: \(coded.eTag)"]).status == 200)
        let nonsense = try await desk.send("GET /docs/errors", ["If-None-Match: nonsense"])
        #expect(nonsense.status == 400 && nonsense.code == "malformed_request" && nonsense.route == "/docs/errors")
    }

    @Test func `it loads nothing, runs nothing and stands in no frame`() async throws {
        let policy = try await Desk().send("GET /docs/errors")[.contentSecurityPolicy] ?? ""
        let expected = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        #expect(policy == expected)
    }

    @Test func `it comes as HTML alone, and has no parameters`() async throws {
        let desk = try Desk()
        #expect(try await desk.send("GET /docs/errors", ["Accept: text/html,application/xhtml+xml,*/*;q=0.8"]).status == 200)
        let refusal = try await desk.send("GET /docs/errors", ["Accept: application/json"])
        #expect(refusal.status == 406 && refusal[.contentType] == "application/problem+json" && refusal.text.contains("text/html"))
        #expect(try await desk.send("GET /docs/errors?x=1").code == "unknown_parameter")
        #expect(try await desk.send("POST /docs/errors").status == 405)
    }
}
