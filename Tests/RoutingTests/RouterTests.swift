import HTTP
import HTTPTypes
import Routing
import Testing

struct RouterTests {
    private let router: Router = {
        func answer(_ text: String) -> Answering {
            Answering { _, _ in Response(status: .ok, fields: [.contentType: "text/plain"], body: .bytes(Array(text.utf8))) }
        }
        var router = Router()
        router.get("/", answer("root"))
        router.get("/v1/articles", answer("list"), summary: "articles")
        router.add(.post, "/v1/articles", answer("create"))
        router.get("/v1/articles/{id}") { _, path in .text("show \(path["id"])") }
        router.put("/v1/articles/{id}") { (_, _) throws(Problem) in throw .notFound("No such article.") }
        router.get("/v1/articles/latest", answer("latest"))
        router.get("/v1/articles/{id}/revisions/{version}") { _, path in .text("\(path["version"]) of \(path["id"])") }
        router.add(.delete, "/v1/things/{id}", answer("gone"))
        router.add(.head, "/v1/things", answer("own HEAD"))
        router.get("/v1/things", answer("things"))
        router.add(.patch, "/v1/events/{id}", answer("patch"))
        return router
    }()

    private func pattern(of response: Response) -> String? { response.route.map { router.patterns[$0] } }

    private func respond(_ method: HTTPRequest.Method, _ path: String, query: String? = nil) async -> Response {
        let segments = path == "/" ? [] : path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let target = RequestTarget(segments: segments, query: query)
        return await router.respond(to: Request(head: RequestHead(method: method, target: target), id: "r-1"))
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/", "root", "/"), (.get, "/v1/articles", "list", "/v1/articles"),
        (.post, "/v1/articles", "create", "/v1/articles"),
        (.get, "/v1/articles/art_1", "show art_1", "/v1/articles/{id}"), (.get, "/v1/articles/latest", "latest", "/v1/articles/latest"),
        (.get, "/v1/articles/a/revisions/3", "3 of a", "/v1/articles/{id}/revisions/{version}"),
        (.get, "/v1/articles/latest/revisions/3", "3 of latest", "/v1/articles/{id}/revisions/{version}"),
        (.get, "/v1/articles/ü b", "show ü b", "/v1/articles/{id}"), (.head, "/v1/articles", "list", "/v1/articles"),
        (.head, "/v1/things", "own HEAD", "/v1/things"), (.delete, "/v1/things/1", "gone", "/v1/things/{id}"),
        (.patch, "/v1/events/1", "patch", "/v1/events/{id}"),
    ])
    func `a request reaches its handler`(_ method: HTTPRequest.Method, _ path: String, _ text: String, _ route: String) async {
        let response = await respond(method, path)
        #expect(response.status == .ok)
        #expect(response.text == text)
        #expect(pattern(of: response) == route)
    }

    @Test(arguments: [
        "/v1", "/v1/article", "/v2/articles", "/v1/articles/a/b", "/v1/articles/a/revisions", "/v1//articles", "//v1/articles",
        "/V1/articles", "/v1/articles/a/revisions/",
    ])
    func `an unknown path is 404`(_ path: String) async throws {
        let response = await respond(.get, path)
        #expect(response.status == .notFound)
        #expect(pattern(of: response) == nil)
        let problem = response.text
        #expect(problem.contains("\"code\":\"not_found\""))
        #expect(problem.contains("\"instance\":\"\(path)\""))
        #expect(problem.contains("\"request_id\":\"r-1\""))
        #expect(!problem.contains("\"hint\""))
    }

    @Test(arguments: [("/v1/articles/", "/v1/articles"), ("/v1/articles/a/", "/v1/articles/a"), ("/v1/articles/ü/", "/v1/articles/%C3%BC")])
    func `a slash too many is 404 with the path to take`(_ path: String, _ shorter: String) async throws {
        let response = await respond(.get, path)
        #expect(response.status == .notFound)
        #expect(response.text.contains("\"hint\":\"Leave out the slash at the end: \(shorter)\""))
    }

    @Test(arguments: [
        (HTTPRequest.Method.delete, "/v1/articles", "GET, HEAD, POST, OPTIONS"), (.post, "/v1/articles/a", "GET, HEAD, PUT, OPTIONS"),
        (.get, "/v1/things/1", "DELETE, OPTIONS"), (.head, "/v1/things/1", "DELETE, OPTIONS"),
        (.put, "/v1/articles/latest", "GET, HEAD, OPTIONS"),
        (.post, "/v1/things", "HEAD, GET, OPTIONS"),
    ])
    func `a method that the path does not have is 405 with those it has`(_ method: HTTPRequest.Method, _ path: String, _ allow: String)
        async throws
    {
        let response = await respond(method, path)
        #expect(response.status == .methodNotAllowed)
        #expect(response.fields[.allow] == allow)
        #expect(response.text.contains("\"code\":\"method_not_allowed\""))
        #expect(response.route != nil)
    }

    @Test(arguments: ["TRACE", "BREW", "get", "PROPFIND"])
    func `a method that no path has is 501, whatever the path`(_ name: String) async throws {
        let method = try #require(HTTPRequest.Method(name))
        for path in ["/v1/articles", "/nowhere"] {
            let response = await respond(method, path)
            #expect(response.status == .notImplemented)
            #expect(response.text.contains("\"code\":\"not_implemented\""))
            #expect(response.text.contains("Methods are written in capitals: GET.") == (name == "get"))
        }
    }

    @Test func `OPTIONS of a path tells its methods`() async {
        let response = await respond(.options, "/v1/articles/a")
        #expect(response.status == .noContent)
        #expect(response.fields[.allow] == "GET, HEAD, PUT, OPTIONS")
        #expect(pattern(of: response) == "/v1/articles/{id}")
        #expect(await respond(.options, "/nowhere").status == .notFound)
    }

    @Test func `OPTIONS of the asterisk tells the methods of all paths`() async {
        let head = RequestHead(method: .options, target: .asterisk)
        let response = await router.respond(to: Request(head: head, id: "r-1"))
        #expect(response.status == .noContent)
        #expect(response.fields[.allow] == "GET, POST, PUT, DELETE, HEAD, PATCH, OPTIONS")
    }

    @Test func `an error of a handler is told with path, id and route`() async throws {
        let response = await respond(.put, "/v1/articles/a b", query: "x=secret")
        #expect(response.status == .notFound)
        #expect(pattern(of: response) == "/v1/articles/{id}")
        let problem = response.text
        #expect(problem.contains("\"detail\":\"No such article.\""))
        #expect(problem.contains("\"instance\":\"/v1/articles/a%20b\""))
    }

    @Test func `problems are indented when asked for`() async {
        #expect(await respond(.get, "/nowhere", query: "pretty").text.contains("\n"))
        #expect(await respond(.put, "/v1/articles/a", query: "pretty").text.contains("\n"))
        #expect(await !respond(.get, "/nowhere").text.contains("\n"))
    }

    @Test func `the routes are listed in their order`() {
        #expect(router.routes.map { "\($0.method) \($0.pattern)" }.prefix(3) == ["GET /", "GET /v1/articles", "POST /v1/articles"])
        #expect(router.routes[1].summary == "articles")
        #expect(router.routes.count == 11)
    }

    @Test func `a path of a thousand segments is looked at and not found`() async {
        let path = String(repeating: "/v1/articles", count: 500)
        #expect(await respond(.get, path).status == .notFound)
    }

    @Test func `parameters can be made for tests of handlers`() {
        let path = PathParameters(["id": "a", "version": "3"])
        #expect(path["id"] == "a")
        #expect(path["version"] == "3")
    }

    @Test func `what can be answered at once is, and the rest is left to the handler`() async throws {
        var router = Router()
        router.get("/a", Answering({ _, _ in .text("later") }, atOnce: { request, _ in request.target.hasQuery ? .text("at once") : nil }))
        router.get("/b/{id}", Answering({ _, _ in .text("later") }, atOnce: { (_, path) throws(Problem) in throw .notFound(path["id"]) }))
        func request(_ path: [String], _ query: String? = nil) -> Request {
            Request(head: RequestHead(method: .get, target: RequestTarget(segments: path, query: query)), id: "r-1")
        }
        let answer = try #require(router.responseAtOnce(to: request(["a"], "x")))
        #expect(answer.text == "at once")
        #expect(answer.route == 0)
        #expect(router.responseAtOnce(to: request(["a"]))?.text == nil)
        #expect(await router.respond(to: request(["a"])).text == "later")
        let problem = try #require(router.responseAtOnce(to: request(["b", "x y"])))
        #expect(problem.status == .notFound)
        #expect(problem.text.contains("\"detail\":\"x y\""))
        #expect(problem.route == 1)
        #expect(router.responseAtOnce(to: request(["c"]))?.text == nil)
    }
}

extension Response {
    fileprivate static func text(_ text: String) -> Response {
        Response(status: .ok, body: .bytes(Array(text.utf8)))
    }

    fileprivate var text: String {
        guard case .bytes(let bytes) = body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
