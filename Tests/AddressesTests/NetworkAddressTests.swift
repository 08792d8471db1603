import Addresses
import Testing

struct NetworkAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "::"), ("::1", "::1"),
        ("1::", "1::"), ("2001:DB8:0:0:0:0:0:17", "2001:db8::17"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::ffff:c000:201", "192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"), ("fe80::0:0", "fe80::"),
    ])
    func `an address is read and written as RFC 5952 has it`(_ text: String, _ written: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(address.description == written)
        #expect(NetworkAddress(written) == address)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.4 ", ":", ":1", "1:", "1:::2", "1::2::3", "12345::", "g::", "[::1]",
        "::1%eth0", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6:7::8", "::1.2.3", "host.example",
        "1.2.3.4:80",
    ])
    func `what is no address is none`(_ text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test func `what one client commands is an address of IPv4 or a network of 64 bits`() {
        #expect(NetworkAddress("192.0.2.1")?.network == NetworkAddress("192.0.2.1"))
        #expect(NetworkAddress("2001:db8::17")?.network == NetworkAddress("2001:db8::"))
    }
}
