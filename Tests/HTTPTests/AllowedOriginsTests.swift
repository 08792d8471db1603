import HTTP
import Testing

struct AllowedOriginsTests {
    @Test(arguments: [
        ("https://desk.example", ["https://desk.example"]), ("HTTPS://Desk.Example", ["https://desk.example"]),
        ("https://desk.example:8443", ["https://desk.example:8443"]), ("https://desk.example:443", ["https://desk.example"]),
        ("http://desk.example:80", ["http://desk.example"]), ("http://desk.example:443", ["http://desk.example:443"]),
        ("http://127.0.0.1:3000 , http://[::1]:3000", ["http://127.0.0.1:3000", "http://[::1]:3000"]),
        ("null,capacitor://localhost", ["null", "capacitor://localhost"]), ("http://localhost,http://localhost", ["http://localhost"]),
    ])
    func `origins are read as browsers send them`(_ text: String, _ origins: [String]) {
        #expect(AllowedOrigins(text) == .listed(Set(origins)))
    }

    @Test(arguments: [
        "", ",", "https://desk.example,", "desk.example", "https://", "://desk.example", "https://desk.example/", "https://desk.example/x",
        "https://desk.example?x", "https://desk.example#x", "https://user@desk.example", "https://*.desk.example", "*,https://desk.example",
        "https://*", "https://desk.example:", "https://desk.example:0", "https://desk.example:080", "https://desk.example:65536",
        "https://desk.example:x", "https://:443", "1https://desk.example", "https//desk.example", "https:/desk.example",
        "https://de sk.example", "https://bücher.example", "https://[::1", "https://[x]", "https://a b", "https://desk.example%20",
        "https://desk.example;x", "**", "https://des\u{212A}.example",
    ])
    func `what is no list of origins is refused`(_ text: String) {
        #expect(AllowedOrigins(text) == nil)
    }

    @Test func `all is all, and none of them knows the user`() {
        #expect(AllowedOrigins("*") == .any)
        for origin in ["https://desk.example", "null", "nonsense", nil] {
            let allowed = AllowedOrigins.any.allowing(origin)
            #expect(allowed?.origin == "*" && allowed?.withCredentials == false)
        }
    }

    @Test func `only what is listed is allowed, to the byte`() throws {
        let origins = try #require(AllowedOrigins("https://desk.example, null"))
        #expect(origins.allowing("https://desk.example")?.withCredentials == true)
        #expect(origins.allowing("null")?.withCredentials == false)
        let others = [
            nil, "", "https://desk.example:443", "http://desk.example", "https://desk.example.evil", "https://evil/https://desk.example",
            "https://desk.example, https://desk.example", "https://Desk.example", "https://desk.example/", "*",
        ]
        for origin in others { #expect(origins.allowing(origin) == nil) }
        #expect(try #require(AllowedOrigins("https://desk.example")).allowing("null") == nil)
    }
}
