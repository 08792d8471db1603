@testable import HTTP
import HTTPTypes
import Testing

struct VersionTagTests {
    @Test func `its text is the version, a hyphen and sixteen hexadecimal digits`() {
        var hash: UInt64 = 0x0123_4567_89AB_CDEF
        for version in [0, 1, 7, 10, 99, 100, 12_345_678_901, .max] {
            let digits = String(hash, radix: 16)
            let expected = "\(version)-\(String(repeating: "0", count: 16 - digits.utf8.count))\(digits)"
            #expect(VersionTag(version: version, hash: hash).entityTag == EntityTag(expected))
            hash = hash &* 0x9E37_79B9_7F4A_7C15 &+ 1
        }
        #expect(VersionTag(version: 1, hash: 0).entityTag.description == "\"1-0000000000000000\"")
        #expect(VersionTag(version: 1, hash: .max).entityTag.description == "\"1-ffffffffffffffff\"")
    }

    @Test func `every digit stands where it belongs`() {
        for place in 0..<16 {
            for digit in 0..<16 {
                let text = VersionTag(version: 3, hash: UInt64(digit) << UInt64(60 - 4 * place)).entityTag.opaque
                var expected = [Character](repeating: "0", count: 16)
                expected[place] = Character(String(digit, radix: 16))
                #expect(text == "3-\(String(expected))")
            }
        }
    }

    @Test func `an answer with shared fields is the same as one with fields of its own`() {
        let fields: HTTPFields = [.contentType: "application/json", .cacheControl: "private, no-cache"]
        let tag = VersionTag(version: 12, hash: 0xFEDC_BA98_7654_3210)
        let shared = Response(sharing: PreparedFields(fields), tag: tag, body: [1, 2, 3])
        var own = fields
        own.append(HTTPField(name: .eTag, value: tag.entityTag.description))
        let context = ResponseContext(requestID: "one", opening: ResponseSerializer.opening(at: HTTPDate(secondsSince1970: 0)))
        var (one, other): ([UInt8], [UInt8]) = ([], [])
        ResponseSerializer.append(headOf: shared, to: &one, for: context)
        ResponseSerializer.append(headOf: Response(status: .ok, fields: own, body: .bytes([1, 2, 3])), to: &other, for: context)
        #expect(one == other)
        #expect(shared.fields == own && shared.tag == tag.entityTag)
    }
}
