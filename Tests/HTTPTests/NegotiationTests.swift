import HTTP
import Testing

struct NegotiationTests {
    private static let offered = [MediaType.json, MediaType("text", "plain"), MediaType("text", "html")]

    @Test(
        arguments: [
            (nil, "application/json"), ("", "application/json"), ("*/*", "application/json"), ("application/json", "application/json"),
            ("APPLICATION/JSON", "application/json"), ("text/html", "text/html"), ("text/*", "text/plain"),
            ("text/*, text/html", "text/plain"),
            ("text/*;q=0.5, text/html", "text/html"), ("application/json;q=0.1, text/html;q=0.2", "text/html"),
            ("*/*;q=0.1, text/html", "text/html"), ("text/html;q=0, */*", "application/json"), ("application/json;q=0, */*", "text/plain"),
            ("image/png, */*;q=0.001", "application/json"), ("text/html , application/json", "application/json"),
            ("application/json;charset=utf-8", "application/json"), ("application/json; charset=\"utf-8\"; q=1", "application/json"),
            ("text/html;level=1, */*;q=0.5", "application/json"), ("nonsense", nil), ("!, application/json", "application/json"),
            ("application/json;q=9, text/html", "text/html"), ("application/json;q=0.1234, text/html;q=0.1", "text/html"),
            ("a\"b, application/json", "application/json"), ("application/json;x=\"a,b\", text/html;q=0.5", "text/html"),
            ("text/html;q=1.0;ext=1", "text/html"), ("application/json;q=1.", "application/json"),
            ("application/json;;q=0.5, text/html", "text/html"),
            ("text/html;, text/plain;q=0.1", "text/html"), ("image/png", nil), ("application/*;q=0", nil), ("*/*;q=0", nil),
            ("application/json;q=0.000", nil), ("*/*;q=0.0, text/plain;q=0", nil),
        ] as [(String?, String?)])
    func `the type that the client likes best is taken`(_ accept: String?, _ type: String?) {
        #expect(MediaType.preferred(of: Self.offered, accept: accept)?.description == type)
    }

    @Test(arguments: [
        ("application/json", "application/json"), ("Application/JSON", "application/json"),
        ("text/html; charset=UTF-8", "text/html; charset=UTF-8"), ("text/html;Charset=\"utf-8\" ; a=b", "text/html; charset=utf-8; a=b"),
        ("application/merge-patch+json", "application/merge-patch+json"), ("text/html;", "text/html"),
        ("text/html; ;a=b;", "text/html; a=b"),
    ])
    func `a content type is read`(_ text: String, _ description: String) {
        #expect(MediaType(text)?.description == description)
    }

    @Test(arguments: [
        "", "json", "/json", "application/", "application json", "application/json; charset", "application/json; charset=",
        "application/json, text/html", "application/json; a=\"b", "a/b/c", " a/b",
    ])
    func `anything else is no content type`(_ text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test func `types are the same whatever their parameters`() throws {
        let json = try #require(MediaType("application/json; charset=utf-8"))
        #expect(json.isSame(as: .json))
        #expect(json["charset"] == "utf-8")
        #expect(json["boundary"] == nil)
        #expect(!json.isSame(as: .ndjson))
        #expect(json.essence == "application/json")
    }

    @Test func `a weighted list gives values, parameters and weights`() {
        let list = WeightedList("gzip;q=0.8, BR , identity;q=0 ,, *;q=0.5;x=y, é, deflate;q=1.5")
        #expect(list.elements.map(\.value) == ["gzip", "br", "identity", "*"])
        #expect(list.elements.map(\.weight) == [800, 1000, 0, 500])
        #expect(WeightedList("").elements.isEmpty)
    }

    /// Read once for each of its quotes, the long one would take days.
    @Test(arguments: [1, 3, 1_000_000]) func `quotes that nothing closes are passed over in one go`(_ count: Int) {
        let open = "\"" + String(repeating: "\\\"", count: count)
        #expect(WeightedList("gzip, " + open).elements.map(\.value) == ["gzip"])
        #expect(WeightedList("gzip;x=" + open).elements.isEmpty)
        // A comma behind an open quote ends the element: what was not closed quotes nothing.
        #expect(WeightedList("\",\\\", br").elements.map(\.value) == ["br"])
        #expect(MediaType("text/plain;x=" + open) == nil)
    }
}
