import HTTP
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Walks from page to page, by the links that pages give.
@Suite(.inTurn) struct PagingTests {
    /// Ten of each kind: equal in some of what they are sorted by, and without a value in other.
    private static func desk() async throws -> Desk {
        let desk = try Desk()
        let names = ["Beta", "alpha", "Alpha", "beta", "Äther"]
        let windows = ["2024-04-01", "2024-04", "2024-04-01/..", "../2024-05", nil, "-0044-03-15", "2024-04-01", "2024-04-01T10:00:00Z"]
        for number in 0..<10 {
            if number % 3 == 0 { desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + Int64(number))) }
            let name = names[number % 5]
            try await desk.create("people", #"{"name": "\#(name) Frost"}"#)
            try await desk.create("organizations", #"{"name": "\#(name)"}"#)
            let window = windows[number % 8].map { #"{"edtf": "\#($0)"}"# } ?? "null"
            try await desk.create("events", #"{"title": "\#(name)", "window": \#(window)}"#)
            let publishing = number % 3 == 1 ? #""draft""# : #""published", "published_at": "2024-03-0\#(number / 4 + 1)T00:00:00Z""#
            try await desk.create("articles", #"{"headline": "\#(name)", "status": \#(publishing)}"#)
        }
        return desk
    }

    @Test(arguments: ["articles", "people", "organizations", "events"])
    func `every sort in both directions is walked item by item, as the whole list has it`(_ kind: String) async throws {
        let desk = try await PagingTests.desk()
        let sorts = try await desk.sorts(of: "/v1/\(kind)")
        #expect(sorts.count >= 3)
        for sort in sorts.flatMap({ [$0, "-\($0)"] }) {
            let whole = try await desk.sendAsNewsroom("GET /v1/\(kind)?sort=\(sort)").column("id")
            #expect(whole.count == 10)
            #expect(try await desk.walk("/v1/\(kind)?sort=\(sort)&limit=1") == whole, "\(sort)")
        }
        #expect(try await desk.walk("/v1/\(kind)?limit=3") == desk.sendAsNewsroom("GET /v1/\(kind)").column("id"))
    }

    @Test func `a page ends where its items become too large, and the next goes on from there`() async throws {
        var limits = APILimits()
        limits.pageByteCountMax = 10_000
        let desk = try Desk(limits: limits)
        for number in 0..<9 {
            let body = String(repeating: "a", count: number == 4 ? 50_000 : 4_000)
            try await desk.create("articles", #"{"headline": "Article \#(number)", "status": "published", "body": "\#(body)"}"#)
        }
        let first = try await desk.send("GET /v1/articles?sort=created_at&fields=headline,body")
        #expect(first.column("headline") == ["Article 0", "Article 1", "Article 2"])
        #expect(first["page", "limit"] == 20)
        let second = try await desk.send("GET \(try #require(first.nextPath))")
        #expect(second.column("headline") == ["Article 3", "Article 4"])
        let whole = try await desk.send("GET /v1/articles?sort=created_at").column("id")
        #expect(whole.count == 9)
        #expect(try await desk.walk("/v1/articles?sort=created_at&fields=body") == whole)
        #expect(try await desk.walk("/v1/articles?sort=created_at&fields=body&limit=2") == whole)
    }
}

extension Desk {
    /// The sorts that the API tells of a kind.
    fileprivate func sorts(of path: String) async throws -> [String] {
        guard case .array(let kinds)? = try await send("GET /v1/meta")["kinds"] else { return [] }
        for kind in kinds where kind["path"] == .string(path) {
            guard case .array(let sorts)? = kind["sorts"] else { return [] }
            return sorts.compactMap { if case .string(let sort) = $0 { sort } else { nil } }
        }
        return []
    }

    /// The ids of all pages, one after the other, as the newsroom sees them.
    fileprivate func walk(_ path: String) async throws -> [String] {
        var ids: [String] = []
        var path: String? = path
        while let next = path, ids.count < 100 {
            let page = try await sendAsNewsroom("GET \(next)")
            try #require(page.status == 200, "\(next): \(page.text)")
            ids += page.column("id")
            path = page.nextPath
        }
        return ids
    }
}
