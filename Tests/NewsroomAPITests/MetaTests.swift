import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct MetaTests {
    @Test func `the page tells kinds, limits and version`() async throws {
        let desk = try Desk()
        let meta = try await desk.send("GET /v1/meta")
        #expect(meta.status == 200)
        #expect(meta["name"] == "dateline")
        #expect(meta["version"] == "1.2.3")
        #expect(meta["limits", "page_limit_max"] == 200)
        #expect(meta["limits", "body_bytes_max"] == 1_048_576)
        let kinds = try (0..<4).map { try #require(meta.string("kinds", "\($0)", "kind")) }
        #expect(kinds == ["article", "person", "organization", "event"])
        #expect(meta["kinds", "0", "sort_default"] == "-published_at")
        #expect(meta["kinds", "0", "left_out_of_lists"] == ["body"])
        #expect(meta["kinds", "1", "path"] == "/v1/people")
        #expect(try await desk.send("GET /v1/meta?pretty").text.hasPrefix("{\n  \"name\": \"dateline\""))
        #expect(try await desk.send("GET /v1/meta?fields=x").code == "unknown_parameter")
    }

    /// A value that each type of filter takes.
    private static func value(_ filter: JSONValue, _ parameter: String) throws -> String {
        if parameter.hasSuffix("__isnull") { return "true" }
        guard case .string(let type)? = filter["type"] else { throw Incomplete() }
        switch type {
        case "text": return "x"
        case "integer": return "1"
        case "instant", "window", "date": return "2024-03-27"
        case "flag": return "true"
        case "external_id": return "wire:1"
        case "reference": return "some-slug"
        case "word":
            guard case .array(let words)? = filter["words"], case .string(let word)? = words.first else { throw Incomplete() }
            return word
        default: throw Incomplete()
        }
    }

    struct Incomplete: Error {}

    @Test(arguments: 0..<4)
    func `every parameter, sort and member that it tells is taken`(_ kind: Int) async throws {
        let desk = try Desk()
        let meta = try await desk.send("GET /v1/meta")
        guard case .object(let entry)? = meta["kinds", "\(kind)"], case .string(let path)? = entry["path"],
            case .array(let filters)? = entry["filters"], case .array(let sorts)? = entry["sorts"],
            case .array(let members)? = entry["members"]
        else { throw Incomplete() }
        var queries: [String] = []
        for filter in filters {
            guard case .array(let parameters)? = filter["parameters"] else { throw Incomplete() }
            for case .string(let parameter) in parameters {
                queries.append("\(parameter)=\(try MetaTests.value(filter, parameter))")
            }
        }
        for case .string(let sort) in sorts { queries += ["sort=\(sort)", "sort=-\(sort)"] }
        for case .string(let member) in members { queries.append("fields=\(member)") }
        #expect(queries.count > 40)
        for query in queries {
            let answer = try await desk.sendAsNewsroom("GET \(path)?count=exact&\(query)")
            #expect(answer.status == 200, "\(path)?\(query): \(answer.text)")
            #expect(answer["page", "total", "value"] == 0)
        }
    }
}
