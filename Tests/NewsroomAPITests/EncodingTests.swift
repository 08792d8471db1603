import HTTP
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct EncodingTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func `the examples of RFC 4648, without padding, read both ways`(_ plain: String, _ encoded: String) {
        #expect(Base64URL.text(of: Array(plain.utf8)) == encoded)
        #expect(Base64URL.bytes(of: encoded) == Array(plain.utf8))
    }

    @Test func `the two digits of their own are those of URLs`() {
        #expect(Base64URL.text(of: [0xFB, 0xFF]) == "-_8")
        #expect(Base64URL.bytes(of: "-_8") == [0xFB, 0xFF])
    }

    @Test(arguments: ["Zg==", "Zh", "Z", "Zm9v Yg", "Zm+v", "Zm/v", "Zm9\u{e9}", "ZZZZZ"])
    func `texts that no bytes are written as are refused`(_ text: String) {
        #expect(Base64URL.bytes(of: text) == nil)
    }

    @Test func `queries keep what is plain and escape the rest`() {
        #expect(PercentEncoding.text(of: "status__in") == "status__in")
        #expect(PercentEncoding.text(of: "draft,ready") == "draft,ready")
        #expect(PercentEncoding.text(of: "a b&c=d+é\"<>#%") == "a%20b%26c%3Dd%2B%C3%A9%22%3C%3E%23%25")
    }

    @Test(arguments: [
        ("\"7\"", 7), ("\"7-0123456789abcdef\"", 7), ("W/\"12-a\"", 12), ("\"7-gzip--x\"", 7), ("\"9223372036854775807\"", Int.max),
        ("\"\"", nil), ("\"-7\"", nil), ("\"07\"", nil), ("\"0\"", nil), ("\"7a\"", nil), ("\"abc\"", nil), ("\"v7\"", nil),
        ("\"9223372036854775808\"", nil),
    ])
    func `the version of a tag is the number at its front`(_ text: String, _ version: Int?) throws {
        guard case .tags(let tags)? = EntityTagCondition(text) else {
            Issue.record("It is no tag.")
            return
        }
        #expect(tags.map { RepresentationTag.version(of: $0) } == [version])
    }
}
