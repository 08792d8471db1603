import Addresses
import Newsroom
import Testing

@Suite struct DestinationRuleTests {
    private let rule = DestinationRule()

    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
        "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
    ])
    func `what is not of the whole internet is refused in each form`(_ text: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(!rule.allows(address))
    }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255", "193.0.0.1", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808",
        "2002:808:808::1", "2a00::1",
    ])
    func `what is of the whole internet is allowed`(_ text: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(rule.allows(address))
    }

    @Test func `the settings allow what they name and nothing beside it`() throws {
        let rule = DestinationRule(allowed: try #require(AddressBlock.list("10.1.0.0/16, ::1,fd00:1::/32,127.0.0.1")))
        let allowed = ["10.1.0.1", "10.1.255.255", "::ffff:10.1.2.3", "64:ff9b::a01:203", "::1", "fd00:1::7", "127.0.0.1", "8.8.8.8"]
        for text in allowed { #expect(try rule.allows(#require(NetworkAddress(text))), "\(text)") }
        for text in ["10.2.0.0", "127.0.0.2", "fd00:2::7", "::2"] { #expect(try !rule.allows(#require(NetworkAddress(text))), "\(text)") }
    }

    @Test func `whole families can be named`() throws {
        let rule = DestinationRule(allowed: try #require(AddressBlock.list("0.0.0.0/0,::/0")))
        for text in ["127.0.0.1", "fe80::1"] { #expect(try rule.allows(#require(NetworkAddress(text)))) }
    }

    @Test(
        arguments: [
            ("http://127.0.0.1/x", "127.0.0.1"), ("HTTPS://[::1]:8443", "::1"), ("http://10.0.0.1:80?x", "10.0.0.1"),
            ("http://desk.example/", nil),
            ("http://0x7f.1/", nil), ("http://2130706433/", nil),
        ] as [(String, String?)])
    func `an address that stands in a URL is found`(_ url: String, _ address: String?) throws {
        #expect(try #require(WebURL(url)).literalAddress == address.flatMap { NetworkAddress($0) })
    }
}
