import HTTP
import HTTPTypes
import Testing

struct ConditionalResponseTests {
    private static let response = Response(
        status: .ok,
        fields: [
            .contentType: "text/plain", .eTag: "\"7-ab\"", .vary: "Accept-Encoding", .cacheControl: "no-cache", .contentEncoding: "gzip",
        ],
        body: .bytes([1]), route: 3)

    private func status(_ method: HTTPRequest.Method, _ tags: String?, _ response: Response = response) throws -> Int {
        let fields: RequestFields = tags.map { [.ifNoneMatch: $0] } ?? [:]
        let request = Request(head: RequestHead(method: method, target: RequestTarget(segments: []), fields: fields), id: "r-1")
        return try response.conditional(for: request).status.code
    }

    @Test(
        arguments: [
            (nil, 200), ("\"7-ab\"", 304), ("W/\"7-ab\"", 304), ("*", 304), ("\"x\", \"7-ab\"", 304), ("\"7\"", 200), ("\"7-AB\"", 200),
        ] as [(String?, Int)])
    func `GET and HEAD are 304 for a tag that is named`(_ tags: String?, _ expected: Int) throws {
        for method in [HTTPRequest.Method.get, .head] { #expect(try status(method, tags) == expected) }
        #expect(try status(.put, tags) == 200)
    }

    @Test func `of an answer without a tag star alone is true, and no list names it`() throws {
        var other = Self.response
        other.fields[.eTag] = nil
        for (tags, expected) in [("*", 304), ("\"7-ab\"", 200), (nil, 200)] { #expect(try status(.get, tags, other) == expected) }
        #expect(throws: Problem.self) { try status(.get, "7-ab", other) }
        for (tags, isThere) in [("*", true), ("\"7-ab\"", false)] {
            let request = Request(head: RequestHead(method: .get, target: RequestTarget(segments: []), fields: [.ifMatch: tags]), id: "r-1")
            let answer = Result { () throws(Problem) in try other.conditional(for: request).status.code }
            #expect((try? answer.get()) == (isThere ? 200 : nil))
            if case .failure(let problem) = answer { #expect(problem.status.code == 412) }
        }
    }

    @Test func `only 200 can be 304`() throws {
        var other = Self.response
        other.status = .created
        #expect(try status(.get, "*", other) == 201)
    }

    @Test func `tags that cannot be read are 400`() {
        #expect(throws: Problem.self) { try status(.get, "7-ab") }
    }

    @Test func `304 has the fields that a cache needs, and no body`() {
        let answer = Self.response.notModified
        #expect(answer.fields == [.cacheControl: "no-cache", .vary: "Accept-Encoding", .eTag: "\"7-ab\""])
        #expect(answer.route == 3 && answer.status == .notModified)
        if case .none = answer.body {} else { Issue.record("it has a body") }
    }
}
