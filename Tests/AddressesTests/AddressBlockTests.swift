import Addresses
import Testing

struct AddressBlockTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"), ("192.0.2.7", "192.0.2.7", "192.0.2.6"), ("192.0.2.128/25", "192.0.2.200", "192.0.2.127"),
        ("0.0.0.0/0", "255.1.2.3", "::1"), ("fc00::/7", "fdff::1", "fe00::"),
        ("2001:db8::/65", "2001:db8::7fff:0:0:0", "2001:db8::8000:0:0:0"),
        ("::1", "::1", "::"), ("::ffff:10.0.0.0/104", "10.1.1.1", "11.1.1.1"), ("::ffff:0:0/96", "1.2.3.4", "::fffe:102:304"),
    ])
    func `a block holds the addresses that begin like it`(_ block: String, _ inside: String, _ outside: String) throws {
        let block = try #require(AddressBlock(block))
        #expect(try block.contains(#require(NetworkAddress(inside))))
        #expect(try !block.contains(#require(NetworkAddress(outside))))
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8", "::/129",
        "10.1.2.3/8",
        "2001:db8::1/64", "10.0.0.0/8 ", "10.0.0.0/99999999999999999999", "proxy.example", "*",
    ])
    func `what is no block is none, bits that would not count included`(_ text: String) {
        #expect(AddressBlock(text) == nil)
    }

    @Test func `a list has blocks by comma, with spaces or without`() throws {
        let blocks = try ["10.1.0.0/16", "::1", "127.0.0.1"].map { try #require(AddressBlock($0)) }
        #expect(AddressBlock.list("10.1.0.0/16, ::1 ,127.0.0.1") == blocks)
        #expect(AddressBlock.list("  ::1 ") == [blocks[1]])
    }

    @Test(arguments: ["", ",", "10.0.0.0/8,", ",::1", "10.0.0.0/8 ::1", "10.0.0.0 /8", "localhost", "fe80::1%eth0", "010.0.0.1"])
    func `a list in which something is no block is none`(_ text: String) {
        #expect(AddressBlock.list(text) == nil)
    }
}
