import HTTP
import Testing

struct QueryItemsTests {
    @Test(
        arguments: [
            (nil, []), ("", []), ("a=1", ["a", "1"]), ("a=1&b=2", ["a", "1", "b", "2"]), ("b=2&a=1&a=3", ["b", "2", "a", "1", "a", "3"]),
            ("a", ["a", ""]), ("a=", ["a", ""]), ("=1", ["", "1"]), ("a=1=2", ["a", "1=2"]), ("&a=1&&b&", ["a", "1", "b", ""]), ("&", []),
            ("a=%C3%A9", ["a", "é"]), ("%61=1", ["a", "1"]), ("a=b+c", ["a", "b c"]), ("a=b%2Bc", ["a", "b+c"]), ("a=%26%3D", ["a", "&="]),
            ("a%3D=1", ["a=", "1"]), ("a=%2525", ["a", "%25"]), ("a=%0A%09", ["a", "\n\t"]), ("a+b=1", ["a b", "1"]),
            ("a=;b=1", ["a", ";b=1"]),
            ("published_at__gte=2024-03-01", ["published_at__gte", "2024-03-01"]),
        ] as [(String?, [String])])
    func `a query is read into pairs`(_ query: String?, _ pairs: [String]) throws {
        #expect(try QueryItems(query).items.flatMap { [$0.name, $0.value] } == pairs)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "%", "a=%00", "%00=1", "a=%ff", "a=%C3", "a=%C0%80", "a=%ED%A0%80", "a=%C3&b=%A9"])
    func `what cannot be decoded is refused`(_ query: String) {
        #expect { try QueryItems(query) } throws: { ($0 as? Problem)?.code == "malformed_target" }
    }

    @Test func `values are found by name`() throws {
        let items = try QueryItems("tag=a&limit=5&tag=b")
        #expect(items["tag"] == "a")
        #expect(items.values("tag") == ["a", "b"])
        #expect(items["sort"] == nil)
        #expect(items.values("sort") == [])
        #expect(!items.isEmpty)
        #expect(try QueryItems(nil).isEmpty)
    }
}
