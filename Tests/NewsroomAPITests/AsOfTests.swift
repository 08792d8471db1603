import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// The parameter `as_of`, on lists and on single resources.
@Suite(.inTurn) struct AsOfTests {
    private let desk: Desk
    private let hour: Int64 = 3_600_000

    init() throws {
        desk = try Desk()
    }

    /// What the clock says some hours after noon, and how a request names it.
    private func move(toHour hours: Int64) -> String {
        let instant = Instant(milliseconds: Desk.noon.milliseconds + hours * hour)
        desk.clock.move(to: instant)
        return instant.rfc3339
    }

    @Test func `one resource and a list answer what they answered then, references included`() async throws {
        let person = try await desk.create("people", #"{"name":"Yoav Gallant","roles":[{"title":"Minister"}]}"#).id
        let article = try await desk.create(
            "articles", #"{"headline":"Talks","status":"published","section":"world","people":[{"id":"\#(person)"}]}"#)
        let then = move(toHour: 1)
        let list = "GET /v1/articles?section=world&person=yoav-gallant&count=exact"
        let (oneThen, listThen) = (try await desk.send("GET /v1/articles/talks"), try await desk.send(list))
        #expect(listThen["page", "total", "value"] == 1)
        _ = move(toHour: 2)
        _ = try await desk.write("PATCH /v1/people/\(person)", #"{"name":"Y. G.","slug":"yg","roles":[]}"#)
        _ = try await desk.write("PATCH /v1/articles/\(article.id)", #"{"headline":"No talks","slug":null,"section":"us"}"#)
        #expect(try await desk.send("GET /v1/articles/talks").status == 404)
        let one = try await desk.send("GET /v1/articles/talks?as_of=\(then)")
        #expect(one.text == oneThen.text && one.eTag == oneThen.eTag)
        #expect(try await desk.send("\(list)&as_of=\(then)").text == listThen.text)
        #expect(try await desk.send(list).column("id") == [])
        #expect(try await desk.send("GET /v1/articles?as_of=2024-03-27").column("id") == [])
        #expect(try await desk.send("GET /v1/articles?as_of=2024-03-27T13:00:00%2B01:00").column("headline") == ["Talks"])
    }

    @Test func `the answers of now and of then are not taken for each other, and what is hidden now is hidden then`() async throws {
        let id = try await desk.create("articles", #"{"headline":"Talks","status":"published"}"#).id
        let then = move(toHour: 1)
        for _ in 0..<2 {
            #expect(try await desk.send("GET /v1/articles/\(id)?as_of=\(then)").status == 200)
            #expect(try await desk.send("GET /v1/articles?as_of=\(then)").column("id") == [id])
        }
        _ = move(toHour: 2)
        _ = try await desk.write("PATCH /v1/articles/\(id)", #"{"status":"retracted"}"#)
        #expect(try await desk.send("GET /v1/articles/\(id)?as_of=\(then)").status == 404)
        #expect(try await desk.send("GET /v1/articles?as_of=\(then)").column("id") == [])
        #expect(try await desk.sendAsNewsroom("GET /v1/articles/\(id)?as_of=\(then)").string("status") == "published")
        #expect(try await desk.sendAsNewsroom("GET /v1/articles/\(id)").string("status") == "retracted")
    }

    @Test func `pages of the past are linked, and a cursor belongs to its instant`() async throws {
        for number in 1...5 { try await desk.create("people", #"{"name":"Person \#(number)"}"#) }
        let then = move(toHour: 1)
        _ = move(toHour: 2)
        for number in 1...5 { _ = try await desk.write("PATCH /v1/people/person-\(number)", #"{"name":"New \#(6 - number)"}"#) }
        var names: [String] = []
        var path: String? = "/v1/people?limit=2&sort=-name&as_of=\(then)"
        var cursor = ""
        while let next = path {
            let page = try await desk.send("GET \(next)")
            names += page.column("name")
            path = page.nextPath
            cursor = page.string("page", "next") ?? cursor
        }
        #expect(names == (1...5).reversed().map { "Person \($0)" })
        for other in ["", "&as_of=2024-03-27T12:30:00Z"] {
            #expect(try await desk.send("GET /v1/people?limit=2&sort=-name\(other)&cursor=\(cursor)").code == "invalid_cursor")
        }
    }

    @Test(arguments: ["yesterday", "", "2024", "2024-03-27T12:00:01Z", "9999-12-31"])
    func `an instant that is none, or has not come, is 400`(_ text: String) async throws {
        let id = try await desk.create("people", #"{"name":"A"}"#).id
        for path in ["/v1/people", "/v1/people/\(id)"] {
            let answer = try await desk.send("GET \(path)?as_of=\(text)")
            #expect(answer.status == 400 && answer.failures == ["as_of invalid_parameter"], "\(answer.text)")
        }
    }

    @Test func `writes do not know it, and meta names it`() async throws {
        let id = try await desk.create("people", #"{"name":"A"}"#).id
        #expect(try await desk.write("PATCH /v1/people/\(id)?as_of=2024-03-27", "{}").code == "unknown_parameter")
        #expect(try await desk.send("GET /v1/meta").jsonText?.contains("\"as_of\"") == true)
    }
}
