import Newsroom
import Testing

@Suite struct FingerprintTests {
    @Test func `a fingerprint is the same in every process, and moves with every byte and the length`() {
        #expect(Fingerprint(of: []).hexadecimal == "2b898861975edacc")
        let bytes = (0..<100).map { UInt8($0) }
        var seen: Set<UInt64> = [Fingerprint(of: bytes).bits]
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            seen.insert(Fingerprint(of: changed).bits)
            seen.insert(Fingerprint(of: Array(bytes[..<index])).bits)
        }
        #expect(seen.count == 201)
        #expect(Fingerprint(of: bytes).hexadecimal.utf8.count == 16)
    }
}
