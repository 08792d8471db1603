import Testing

@testable import JSON

struct ByteWordTests {
    @Test func `the first byte that passes is found among its most awkward neighbours`() {
        let bytes: [UInt8] = [
            0x00, 0x01, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x24, 0x5B, 0x5C, 0x5D, 0x7E, 0x7F, 0x80, 0x81, 0xA0, 0xA1, 0xA2,
            0xDC, 0xFF,
        ]
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<100_000 {
            let word = (0..<8).map { _ in
                Bool.random(using: &generator)
                    ? UInt8(ascii: "x") : bytes[Int.random(in: bytes.indices, using: &generator)]
            }
            let (escapable, escapableOrNonASCII) = Self.masks(of: word)
            let firstEscapable = word.firstIndex { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
            let firstEither = word.firstIndex { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 >= 0x80 }
            guard Self.first(escapable) == firstEscapable, Self.first(escapableOrNonASCII) == firstEither else {
                Issue.record("wrong for \(word)")
                return
            }
        }
    }

    private static func first(_ mask: UInt64) -> Int? {
        mask == 0 ? nil : ByteWord.firstIndex(of: mask)
    }

    private static func masks(of bytes: [UInt8]) -> (UInt64, UInt64) {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, buffer.count == 8 else { return (0, 0) }
            let word = ByteWord(loadedFrom: start)
            return (word.escapable, word.escapableOrNonASCII)
        }
    }
}
