import HTTP
import HTTPTypes
import Testing

struct RequestFieldsTests {
    private let fields: RequestFields = [.accept: "text/html", .ifMatch: "\"1\"", .ifMatch: "\"2\"", .userAgent: ""]

    @Test func `a name is found in any case`() throws {
        let head = try parsed(.field("aCCept-EnCoding: gzip"))
        #expect(head.fields[.acceptEncoding] == "gzip")
        #expect(head.fields.contains(.acceptEncoding))
        #expect(head.fields[.known("ACCEPT-encoding")] == "gzip")
    }

    @Test func `a head may have more lines than most have`() throws {
        for count in [1, 7, 8, 9, 40] {
            let lines = (0..<count).map { "X-Field-\($0): value \($0)" }.joined(separator: "\r\n")
            let fields = try parsed(.field(lines)).fields
            for number in 0..<count { #expect(fields[.known("x-field-\(number)")] == "value \(number)") }
            #expect(fields[.known("x-field-\(count)")] == nil)
        }
    }

    @Test func `lines of one name are joined, or given one by one`() {
        #expect(fields[.ifMatch] == "\"1\", \"2\"")
        #expect(fields[values: .ifMatch] == ["\"1\"", "\"2\""])
    }

    @Test func `an empty value is not a missing one`() {
        #expect(fields[.userAgent] == "")
        #expect(fields[.authorization] == nil)
        #expect(fields[values: .authorization] == [])
        #expect(!fields.contains(.authorization))
    }

    @Test func `a name of the same length is another name`() throws {
        #expect(try parsed(.field("Accepu: x")).fields[.accept] == nil)
        #expect(try parsed(.field("If_Match: x")).fields[.ifMatch] == nil)
    }

    @Test(
        arguments: [
            (["abc-1"], "abc-1"), ([], nil), ([""], nil), (["a b"], nil), (["a", "b"], nil), (["é"], nil),
            ([String(repeating: "x", count: 64)], String(repeating: "x", count: 64)), ([String(repeating: "x", count: 65)], nil),
        ] as [([String], String?)])
    func `a client's request id is one token of at most 64 characters`(_ ids: [String], _ id: String?) {
        var fields = HTTPFields()
        for id in ids { fields.append(HTTPField(name: .xRequestID, value: id)) }
        let head = RequestHead(method: .get, target: RequestTarget(segments: []), fields: RequestFields(fields))
        #expect(head.requestID?.description == id)
    }
}
