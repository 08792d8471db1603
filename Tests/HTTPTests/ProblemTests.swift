import HTTP
import HTTPTypes
import JSON
import Testing

struct ProblemTests {
    private func body(_ response: Response) throws -> JSONObject {
        guard case .bytes(let bytes) = response.body, case .object(let object) = try JSONReader.read(bytes) else { throw NotParsed() }
        return object
    }

    @Test func `a problem is told in the one shape`() throws {
        let problem = Problem(
            .validationFailed, detail: "Two members are wrong.", hint: "Mend them.",
            errors: [.init(path: "/headline", code: "required", message: "must be there")], fields: [.allow: "GET"],
            extensions: [.init("current_version", .integer(7))])
        let response = problem.response(instance: "/v1/articles/a", requestID: "r-1")
        #expect(response.status == .unprocessableContent)
        #expect(response.fields[.contentType] == "application/problem+json")
        #expect(response.fields[.cacheControl] == "no-store")
        #expect(response.fields[.allow] == "GET")
        guard case .bytes(let bytes) = response.body else { throw NotParsed() }
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                {"type":"/docs/errors#validation_failed","title":"Validation failed","status":422,"detail":"Two members are wrong.",\
                "instance":"/v1/articles/a","code":"validation_failed",\
                "errors":[{"path":"/headline","code":"required","message":"must be there"}],"hint":"Mend them.",\
                "request_id":"r-1","current_version":7}
                """)
    }

    @Test func `what a problem does not have is left out`() throws {
        let object = try body(Problem.notFound().response(instance: nil, requestID: "r"))
        #expect(object.members.map(\.name) == ["type", "title", "status", "detail", "code", "request_id"])
    }

    @Test func `a problem can be indented`() throws {
        let response = Problem.notFound().response(instance: "/", requestID: "r", isPretty: true)
        guard case .bytes(let bytes) = response.body else { throw NotParsed() }
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("{\n  \"type\": "))
    }

    @Test func `every code is snake_case, used once, and has an error status, a title and a meaning`() {
        let codes = ProblemCode.allCases
        #expect(Set(codes.map(\.rawValue)).count == codes.count)
        for code in codes {
            #expect(code.rawValue.utf8.allSatisfy { $0 == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 })
            #expect((400...599).contains(code.status.code))
            #expect(!code.status.reasonPhrase.isEmpty)
            #expect(!code.title.isEmpty)
            #expect(code.meaning.hasSuffix("."))
        }
        #expect(codes.map(\.status.code) == codes.map(\.status.code).sorted())
    }

    @Test func `a code that is not listed has the title of its status`() {
        #expect(Problem(.conflict, code: "odd", detail: "x").title == "Conflict")
        #expect(Problem(.staleVersion, detail: "x").title == "Stale version")
    }

    @Test func `the standard problems carry the fields that HTTP demands`() {
        #expect(Problem.methodNotAllowed(.put, allow: "GET, HEAD").fields[.allow] == "GET, HEAD")
        #expect(Problem.overloaded().fields[.retryAfter] == "1")
        #expect(Problem.unavailable("Draining.", retryAfterSeconds: 5).fields[.retryAfter] == "5")
        #expect(Problem.bodyTooLarge(byteCountMax: 10).status == .contentTooLarge)
        #expect(Problem.notAcceptable(offered: [.json, .ndjson]).hint == "It comes as application/json, application/x-ndjson.")
        #expect(Problem.requestTimeout().status == .requestTimeout)
        #expect(Problem.bodyTimeout().status == .requestTimeout)
    }

    @Test func `a JSON answer has its type`() {
        let response = Response.json(Array("{}".utf8), status: .created, fields: [.location: "/a"])
        #expect(response.status == .created)
        #expect(response.fields[.contentType] == "application/json")
        #expect(response.fields[.location] == "/a")
    }
}
