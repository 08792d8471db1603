import Addresses
import HTTP
import HTTPTypes
import Testing

/// Where a request comes from, as far as proxies are trusted.
struct TrustedProxiesTests {
    private static let stranger = "203.0.113.9"

    private func client(
        _ proxies: String, _ fields: [(String, String)], from peer: String = "10.0.0.1"
    ) throws -> String {
        let proxies = TrustedProxies(try #require(AddressBlock.list(proxies)))
        var all = HTTPFields()
        for (name, value) in fields { all.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
        return try proxies.client(of: RequestFields(all), from: #require(NetworkAddress(peer))).description
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.1", "10.0.0.1", true),
        ("10.0.0.1", "10.0.0.2", false),
        ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
        ("192.0.2.128/25", "192.0.2.127", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
        ("2001:db8::/65", "2001:db8::8000:0:0:0", false),
        ("::/0", "10.0.0.1", true), ("::1, 10.0.0.0/8", "::1", true), ("::1", "10.0.0.1", false), ("::ffff:10.0.0.0/104", "10.1.1.1", true),
    ])
    func `a network holds the addresses of its prefix`(_ networks: String, _ address: String, _ isHeld: Bool) throws {
        let proxies = TrustedProxies(try #require(AddressBlock.list(networks)))
        #expect(try proxies.contains(#require(NetworkAddress(address))) == isHeld)
    }

    @Test(
        arguments: [
            // Whoever is not trusted may say what he likes.
            ("10.0.0.0/8", [("X-Forwarded-For", "1.1.1.1"), ("Forwarded", "for=1.1.1.1")], stranger, stranger),
            // The last address is the proxy's own word …
            ("10.0.0.0/8", [("X-Forwarded-For", "1.1.1.1, 203.0.113.9")], "10.0.0.1", stranger),
            ("10.0.0.0/8", [("Forwarded", "for=1.1.1.1, for=203.0.113.9;proto=https")], "10.0.0.1", stranger),
            // … and that of a proxy before it counts as well.
            ("10.0.0.0/8", [("X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.2")], "10.0.0.1", stranger),
            ("10.0.0.0/8, 203.0.113.0/24", [("X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.2")], "10.0.0.1", "1.1.1.1"),
            // All of them proxies: the first is as near to the client as anybody knows.
            ("10.0.0.0/8", [("X-Forwarded-For", "10.0.0.3, 10.0.0.2")], "10.0.0.1", "10.0.0.3"),
            // Lines are one list.
            ("10.0.0.0/8", [("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "203.0.113.9")], "10.0.0.1", stranger),
            // What cannot be read ends the walk.
            ("10.0.0.0/8", [("X-Forwarded-For", "203.0.113.9, unknown")], "10.0.0.1", "10.0.0.1"),
            ("10.0.0.0/8", [("X-Forwarded-For", "203.0.113.9, nonsense, 10.0.0.2")], "10.0.0.1", "10.0.0.2"),
            ("10.0.0.0/8", [("X-Forwarded-For", "")], "10.0.0.1", "10.0.0.1"),
            ("10.0.0.0/8", [("Forwarded", "proto=https")], "10.0.0.1", "10.0.0.1"),
            ("10.0.0.0/8", [("Forwarded", "for=_hidden")], "10.0.0.1", "10.0.0.1"),
            ("10.0.0.0/8", [("Forwarded", "for=1.1.1.1;for=2.2.2.2")], "10.0.0.1", "10.0.0.1"),
            ("10.0.0.0/8", [("Forwarded", "for=\"1.1.1.1")], "10.0.0.1", "10.0.0.1"),
            // The forms of addresses.
            ("10.0.0.0/8", [("Forwarded", "For=\"[2001:db8::17]:4711\"")], "10.0.0.1", "2001:db8::17"),
            ("10.0.0.0/8", [("Forwarded", "by=10.0.0.1 ; for=\"203.0.113.9:_port\"")], "10.0.0.1", stranger),
            ("10.0.0.0/8", [("Forwarded", "for=1.1.1.1;ext=\"a,b;for=2.2.2.2\"")], "10.0.0.1", "1.1.1.1"),
            ("10.0.0.0/8", [("X-Forwarded-For", "203.0.113.9:50000")], "10.0.0.1", stranger),
            ("10.0.0.0/8", [("X-Forwarded-For", "[2001:db8::17]:80")], "10.0.0.1", "2001:db8::17"),
            ("10.0.0.0/8", [("X-Forwarded-For", "2001:db8::17")], "10.0.0.1", "2001:db8::17"),
            ("10.0.0.0/8", [("X-Forwarded-For", "[2001:db8::17]x")], "10.0.0.1", "10.0.0.1"),
            ("10.0.0.0/8", [("X-Forwarded-For", "203.0.113.9:port")], "10.0.0.1", "10.0.0.1"),
            // Two fields that agree, and two of which one is the client's.
            ("10.0.0.0/8", [("X-Forwarded-For", "203.0.113.9"), ("Forwarded", "for=203.0.113.9")], "10.0.0.1", stranger),
            ("10.0.0.0/8", [("X-Forwarded-For", "203.0.113.9"), ("Forwarded", "for=1.1.1.1")], "10.0.0.1", "10.0.0.1"),
            ("::1", [("X-Forwarded-For", "203.0.113.9")], "::1", stranger),
        ] as [(String, [(String, String)], String, String)])
    func `a request comes from where trusted proxies say`(
        _ proxies: String, _ fields: [(String, String)], _ peer: String, _ expected: String
    ) throws {
        #expect(try client(proxies, fields, from: peer) == expected)
    }
}
