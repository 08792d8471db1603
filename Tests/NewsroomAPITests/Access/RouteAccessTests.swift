import Glibc
import HTTPTypes
import Newsroom
import Routing
import Testing
import Turns

@testable import NewsroomAPI

/// The table route × role of `docs/access.md`, against every route that there is.
@Suite(.inTurn) struct RouteAccessTests {
    private struct Row: Equatable {
        let route: String
        let roles: [String]
    }

    private static let names = ["anonymous", "reader", "editor", "admin"]

    private static func table() throws -> [Row] {
        let lines = try text(of: #filePath.replacing("Tests/NewsroomAPITests/Access/RouteAccessTests.swift", with: "docs/access.md"))
            .split(separator: "\n")
        return lines.compactMap { line in
            let cells = line.split(separator: "|").map { cell in String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
            guard cells.count == 5, cells[0].hasPrefix("`") else { return nil }
            return Row(route: cells[0].replacing("`", with: ""), roles: Array(cells.dropFirst()))
        }
    }

    @Test func `each route lets in whom the table says, and no other`() async throws {
        let desk = try Desk()
        for role in Role.allCases {
            try await desk.add(AccessToken(name: "the-\(role.rawValue)", role: role), secret: Self.secret(role.rawValue))
        }
        let rows = try Self.table()
        let routes = desk.api.routes.map { "\($0.method.rawValue) \($0.pattern)" }
        #expect(rows.map(\.route) == routes)
        for row in rows {
            for (name, cell) in zip(Self.names, row.roles) {
                let fields = name == "anonymous" ? [] : ["Authorization: Bearer \(Self.secret(name))"]
                let answer = try await desk.send(row.route.replacing("{id}", with: "nothing").replacing("{version}", with: "1"), fields)
                let isRefused = answer.status == 401 || answer.status == 403
                #expect(isRefused == (cell == "–"), "\(row.route) \(name): \(answer.status)")
                if isRefused { #expect(answer.status == (name == "anonymous" ? 401 : 403), "\(row.route) \(name)") }
            }
        }
    }

    @Test func `a token that is wrong is refused wherever a role decides`() async throws {
        let desk = try Desk(access: Access(adminToken: Desk.token, failuresPerMinute: 1_000))
        for row in try Self.table() where row.route.contains("/v1/") {
            let line = row.route.replacing("{id}", with: "nothing").replacing("{version}", with: "1")
            #expect(try await desk.send(line, ["Authorization: Bearer wrong"]).status == 401, "\(row.route)")
        }
    }

    private static func text(of path: String) throws -> String {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }

    private static func secret(_ name: String) -> String { "dl_\(name)_0123456789012345678901234567" }
}
