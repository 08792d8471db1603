import HTTP
import HTTPTypes
import Testing

struct RequestTargetTests {
    @Test(
        arguments: [
            ("/", []), ("/a", ["a"]), ("/a/b", ["a", "b"]), ("/a/", ["a", ""]), ("//", ["", ""]), ("//a", ["", "a"]),
            ("/a//b", ["a", "", "b"]),
            ("/%41", ["A"]), ("/%7ea", ["~a"]), ("/a%2Fb", ["a/b"]), ("/a%2fb", ["a/b"]), ("/%25", ["%"]),
            ("/%252e%252e/a", ["%2e%2e", "a"]),
            ("/caf%C3%A9", ["café"]), ("/%F0%9F%93%B0", ["📰"]), ("/a%20b", ["a b"]), ("/%3Fa%23", ["?a#"]), ("/a+b", ["a+b"]),
            ("/a;b=c,d", ["a;b=c,d"]), ("/~a-b._c", ["~a-b._c"]), ("/!$&'()*+,;=:@", ["!$&'()*+,;=:@"]), ("/a.b", ["a.b"]),
            ("/...", ["..."]),
            ("/.a", [".a"]), ("/a..", ["a.."]), ("/%2Ea", [".a"]),
            ("/.", []), ("/./", []), ("/..", []), ("/../", []), ("/../..", []), ("/../a", ["a"]), ("/./a", ["a"]), ("/a/.", ["a", ""]),
            ("/a/./b", ["a", "b"]), ("/a/..", []), ("/a/../b", ["b"]), ("/a/b/..", ["a", ""]), ("/a/b/../c", ["a", "c"]),
            ("/a/b/../../c", ["c"]), ("/a/b/../../../c", ["c"]), ("/a//../b", ["a", "b"]),
            ("/%2e", []), ("/%2E%2e/a", ["a"]), ("/a/%2e%2E/b", ["b"]), ("/a/.%2e/b", ["b"]), ("/a/%2e./b", ["b"]),
            ("/a/%2e/b", ["a", "b"]),
            ("/a%2F../b", ["a/..", "b"]),
        ] as [(String, [String])])
    func `a path is split, decoded once and its dot segments resolved`(_ target: String, _ segments: [String]) throws {
        #expect(try parsed(.target(target)).target == RequestTarget(segments: segments))
    }

    @Test(arguments: [
        ("/?", ""), ("/?a=1", "a=1"), ("/?a=1&b=2", "a=1&b=2"), ("/??", "?"), ("/?a/b?c", "a/b?c"), ("/?a=%20%0A", "a=%20%0A"),
        ("/?q=[]{}|^`\\", "q=[]{}|^`\\"), ("/?../..", "../.."), ("http://a?b=1", "b=1"), ("http://a/?b=1", "b=1"),
    ])
    func `a query is kept as it was sent`(_ target: String, _ query: String) throws {
        #expect(try parsed(.target(target)).target == RequestTarget(segments: [], query: query))
    }

    @Test(
        arguments: [
            ("http://a", []), ("http://a/", []), ("HTTP://A/b", ["b"]), ("https://a:443/b/c", ["b", "c"]), ("http://[::1]:80/b", ["b"]),
            ("http://a/../b", ["b"]), ("http://a/%62", ["b"]), ("http://a.b.c/d", ["d"]),
        ] as [(String, [String])])
    func `an absolute URL means its path`(_ target: String, _ segments: [String]) throws {
        #expect(try parsed(.target(target)).target == RequestTarget(segments: segments))
    }

    @Test func `the asterisk and a bare URL mean the server to OPTIONS`() throws {
        #expect(try parsed(.target("*", method: "OPTIONS")).target.isAsterisk)
        #expect(try parsed(.target("http://a", method: "OPTIONS")).target.isAsterisk)
        #expect(try !parsed(.target("http://a/", method: "OPTIONS")).target.isAsterisk)
    }

    @Test(arguments: [
        ("/", "/"), ("/a/b", "/a/b"), ("/a/", "/a/"), ("/a%2fb/c", "/a%2Fb/c"), ("/%41%7E", "/A~"), ("/caf%c3%a9", "/caf%C3%A9"),
        ("/a/../b?c", "/b"), ("/%25", "/%25"), ("/a%20b", "/a%20b"), ("//", "//"),
    ])
    func `the path can be written again in normal form`(_ target: String, _ path: String) throws {
        #expect(try parsed(.target(target)).target.path == path)
    }

    @Test func `the path of the asterisk form is an asterisk`() {
        #expect(RequestTarget.asterisk.path == "*")
    }

    @Test(
        arguments: [
            (nil, false), ("", false), ("pretty", true), ("pretty=true", true), ("pretty=1", true), ("a=1&pretty", true),
            ("pretty=false", false),
            ("prettyish", false), ("a=pretty", false),
        ] as [(String?, Bool)])
    func `pretty is asked for in the query`(_ query: String?, _ isPretty: Bool) {
        #expect(RequestTarget(segments: [], query: query).isPretty == isPretty)
    }

    @Test func `a target of the greatest length passes`() throws {
        let name = String(repeating: "a", count: 8_191)
        #expect(try parsed(.target("/" + name)).target.segments == [name])
    }
}
