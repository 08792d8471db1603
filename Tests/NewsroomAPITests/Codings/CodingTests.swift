import HTTP
import HTTPTypes
import Inflating
import Testing
import Turns

@testable import NewsroomAPI

/// Answers that are compressed, where the client takes that.
@Suite(.inTurn) struct CodingTests {
    private static let gzip = ["Accept-Encoding: gzip"]
    private static let body = String(repeating: "The road over the ice is open again. ", count: 60)

    /// A desk with an article of some KB and a person of a few bytes.
    private func desk(_ limits: APILimits = APILimits()) async throws -> Desk {
        let desk = try Desk(limits: limits)
        try await desk.create("people", #"{"name": "Ada North"}"#)
        try await desk.create("articles", #"{"headline": "Ice road", "status": "published", "body": "\#(CodingTests.body)"}"#)
        return desk
    }

    @Test(arguments: ["/v1/articles/ice-road", "/v1/articles?fields=body", "/v1/meta", "/docs/errors", "/metrics"])
    func `a large answer is the same, only smaller`(_ path: String) async throws {
        let desk = try await desk()
        let plain = try await desk.send("GET \(path)")
        let coded = try await desk.send("GET \(path)", CodingTests.gzip)
        #expect(plain[.contentEncoding] == nil && coded[.contentEncoding] == "gzip")
        #expect(coded.status == 200 && coded[.contentType] == plain[.contentType] && coded[.vary] == plain[.vary])
        #expect(plain[.vary]?.contains("Accept-Encoding") == true)
        // Figures of the process differ from one moment to the next.
        if path != "/metrics" { #expect(try inflated(coded.body).bytes == plain.body) }
        #expect(try inflated(coded.body).isWhole && coded.body.count < plain.body.count / 2)
    }

    @Test(arguments: ["gzip;q=0", "br", "identity", "gzip;q=0.5, identity", ""])
    func `who does not want it does not get it`(_ value: String) async throws {
        let desk = try await desk()
        let answer = try await desk.send("GET /v1/articles/ice-road", ["Accept-Encoding: \(value)"])
        #expect(answer.status == 200 && answer[.contentEncoding] == nil && answer.string("slug") == "ice-road")
        #expect(answer[.vary] == "Accept, Authorization, Accept-Encoding")
    }

    @Test func `small answers stay as they are, unless nothing else is taken`() async throws {
        let desk = try await desk()
        let small = try await desk.send("GET /v1/people/ada-north", CodingTests.gzip)
        #expect(
            small[.contentEncoding] == nil && small[.vary] == "Accept, Authorization, Accept-Encoding"
                && small.string("name") == "Ada North")
        let forced = try await desk.send("GET /v1/people/ada-north", ["Accept-Encoding: gzip, identity;q=0"])
        #expect(try forced[.contentEncoding] == "gzip" && inflated(forced.body).bytes == small.body)
        var limits = APILimits()
        limits.gzipByteCountMin = 128
        let other = try await self.desk(limits).send("GET /v1/people/ada-north", CodingTests.gzip)
        #expect(other[.contentEncoding] == "gzip")
        let probe = try await desk.send("GET /livez", ["Accept-Encoding: gzip, identity;q=0"])
        #expect(probe[.contentEncoding] == nil && probe[.vary] == nil)
    }

    @Test func `what takes no coding at all is 406, and writes nothing`() async throws {
        let desk = try await desk()
        let none = ["Accept-Encoding: identity;q=0"]
        for path in ["/v1/articles", "/v1/articles/ice-road", "/v1/meta", "/docs/errors"] {
            let answer = try await desk.send("GET \(path)", none)
            #expect(answer.status == 406 && answer.code == "not_acceptable" && answer[.contentType] == "application/problem+json")
        }
        #expect(try await desk.write("POST /v1/people", #"{"name": "B"}"#, none).status == 406)
        #expect(try await desk.write("PATCH /v1/people/ada-north", #"{"name": "B"}"#, none).status == 406)
        #expect(try await desk.write("DELETE /v1/people/ada-north", "", none).status == 406)
        #expect(try await desk.send("GET /v1/people?fields=name").column("name") == ["Ada North"])
    }

    @Test func `each coding has its tag, and 304 goes by the one that would be sent`() async throws {
        let desk = try await desk()
        let path = "GET /v1/articles/ice-road"
        // The second time from what was kept.
        for _ in 0..<2 {
            let (plain, coded) = (try await desk.send(path), try await desk.send(path, CodingTests.gzip))
            #expect(coded.eTag == plain.eTag.dropLast() + "-gzip\"")
            for (tag, field, status) in [
                (plain.eTag, [], 304), (coded.eTag, [], 200), (coded.eTag, CodingTests.gzip, 304), (plain.eTag, CodingTests.gzip, 200),
                ("W/\(coded.eTag)", CodingTests.gzip, 304), ("*", CodingTests.gzip, 304), ("\(plain.eTag), \(coded.eTag)", [], 304),
            ] {
                for method in ["GET", "HEAD"] {
                    let answer = try await desk.send(path.replacing("GET", with: method), field + ["If-None-Match: \(tag)"])
                    #expect(answer.status == status, "\(tag) \(field)")
                    guard status == 304 else { continue }
                    #expect(answer.eTag == (field.isEmpty ? plain : coded).eTag && answer.body.isEmpty)
                    #expect(answer[.vary] == "Accept, Authorization, Accept-Encoding" && answer[.cacheControl] == "private, no-cache")
                    #expect(answer[.contentEncoding] == nil)
                }
            }
        }
    }

    @Test func `a change may be made from either form`() async throws {
        let desk = try await desk()
        let coded = try await desk.send("GET /v1/articles/ice-road", CodingTests.gzip)
        let change = #"{"section": "north"}"#
        let answer = try await desk.write("PATCH /v1/articles/ice-road", change, CodingTests.gzip + ["If-Match: \(coded.eTag)"])
        #expect(answer.status == 200 && answer[.contentEncoding] == "gzip" && answer.eTag.hasSuffix("-gzip\""))
        #expect(try inflated(answer.body).isWhole)
        let stale = try await desk.write("PATCH /v1/articles/ice-road", change, ["If-Match: \(coded.eTag)"])
        #expect(stale.status == 412)
        // The tag that a write told is that of the next reading.
        let next = try await desk.send("GET /v1/articles/ice-road", CodingTests.gzip + ["If-None-Match: \(answer.eTag)"])
        #expect(next.status == 304)
    }

    @Test func `what was kept in one form is not given in the other`() async throws {
        let desk = try await desk()
        for _ in 0..<3 {
            let coded = try await desk.send("GET /v1/articles?fields=body", CodingTests.gzip)
            let plain = try await desk.send("GET /v1/articles?fields=body")
            #expect(coded[.contentEncoding] == "gzip" && plain[.contentEncoding] == nil)
            #expect(try inflated(coded.body).bytes == plain.body)
        }
    }

    @Test func `HEAD has the fields of GET`() async throws {
        let desk = try await desk()
        for fields in [[], CodingTests.gzip] {
            let get = try await desk.send("GET /v1/articles/ice-road", fields)
            let head = try await desk.send("HEAD /v1/articles/ice-road", fields)
            // The body is there for its length; the server leaves it out.
            #expect(get.fields == head.fields && get.body.count == head.body.count)
        }
    }

    @Test func `large problems are compressed too`() async throws {
        let desk = try await desk()
        let filters = (0..<60).map { "nonsense\($0)=1" }.joined(separator: "&")
        let answer = try await desk.send("GET /v1/articles?\(filters)", CodingTests.gzip)
        #expect(answer.status == 400 && answer[.contentEncoding] == "gzip" && answer[.contentType] == "application/problem+json")
        #expect(try String(decoding: inflated(answer.body).bytes, as: UTF8.self).contains("unknown_parameter"))
    }

    @Test func `the lines of an import are compressed on their way`() async throws {
        let desk = try await desk()
        let rows = (0..<100).map { #"{"type": "person", "external_id": "wire:\#($0)", "name": "Person \#($0)"}"# }.joined(separator: "\n")
        let fields = ["Content-Type: application/x-ndjson", "Accept: application/x-ndjson"] + CodingTests.gzip
        let answer = try await desk.sendAsNewsroom("POST /v1/import", fields, body: Array(rows.utf8))
        #expect(answer.status == 200 && answer[.contentEncoding] == "gzip" && answer[.contentType] == "application/x-ndjson")
        let lines = try String(decoding: inflated(answer.body).bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 101 && lines[0].contains("created") && lines[100].contains("summary"))
    }

    @Test func `a refusal that stays as it is comes at once, and one that is to be coded does not`() async throws {
        let desk = try Desk()
        let fields = ["Authorization: Bearer wrong"]
        let answer = try #require(desk.api.responseAtOnce(to: try Desk.request("GET /v1/articles", fields + ["Accept-Encoding: gzip"])))
        #expect(answer.status.code == 401 && answer.fields[.vary]?.contains("Accept-Encoding") == true)
        let codedAlone = try Desk.request("GET /v1/articles", fields + ["Accept-Encoding: gzip, identity;q=0"])
        #expect(desk.api.responseAtOnce(to: codedAlone) == nil)
        #expect(await desk.api.respond(to: codedAlone).fields[.contentEncoding] == "gzip")
    }
}
