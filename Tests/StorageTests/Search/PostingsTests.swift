import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

@Suite(.inTurn) struct PostingsTests {
    /// A word with its documents, as plain values.
    struct Posting: Equatable {
        let term: [UInt8]
        let key: Int64
        let code: UInt8
        let places: [WordPlace]
    }

    static func postings(_ randomness: inout SeededRandomSource, termCount: Int, documentCountMax: Int) -> [Posting] {
        var terms: Set<[UInt8]> = []
        for _ in 0..<termCount {
            terms.insert((0..<Int(1 + randomness.next() % 12)).map { _ in UInt8(ascii: "a") + UInt8(randomness.next() % 4) })
        }
        var postings: [Posting] = []
        for term in terms.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            var key = Int64(randomness.next() % 1_000)
            for _ in 0..<Int(1 + randomness.next() % UInt64(documentCountMax)) {
                let (code, places) = content(&randomness)
                postings.append(Posting(term: term, key: key, code: code, places: places))
                key += 1 + Int64(randomness.next() % (randomness.next() % 50 == 0 ? 1 << 50 : 1 << 14))
            }
        }
        return postings
    }

    private static func content(_ randomness: inout SeededRandomSource) -> (code: UInt8, places: [WordPlace]) {
        let fields = UInt8(1 + randomness.next() % 7) << 5
        var places: [WordPlace] = []
        for field in UInt32(0)..<3 where fields & 1 << (5 + UInt8(field)) != 0 {
            var position: UInt32 = 0
            for _ in 0..<Int(1 + randomness.next() % (randomness.next() % 40 == 0 ? 3_000 : 4)) {
                position += 1 + UInt32(randomness.next() % 500)
                places.append(WordPlace(field: field, position: position))
            }
        }
        return (fields | UInt8(1 + randomness.next() % 31), places)
    }

    static func blocks(of postings: [Posting]) -> [BlockBuilder.Block] {
        var builder = BlockBuilder()
        var term: [UInt8]?
        for posting in postings {
            if posting.term != term { builder.begin(posting.term) }
            term = posting.term
            builder.add(posting.key, PostingCode(rawValue: posting.code), places: posting.places[...])
        }
        builder.finish()
        return builder.done
    }

    static func read(_ bytes: [UInt8]) throws(SQLiteError) -> [Posting] {
        var postings: [Posting] = []
        var walk = BlockWalk()
        var chunk = PostingsChunk()
        while let header = try walk.next(in: bytes.span) {
            try chunk.read(header, of: bytes.span, withPlaces: true)
            var offset = 0
            var places: [WordPlace] = []
            let encoded = chunk.places
            for (key, code) in zip(chunk.keys, chunk.codes) {
                var end = offset
                try WordPlaces.skip(encoded.span, at: &end, code.fields)
                try WordPlaces.read(encoded.span, at: &offset, code.fields, into: &places)
                #expect(end == offset)
                postings.append(Posting(term: walk.term, key: key, code: code.rawValue, places: places))
            }
        }
        return postings
    }

    @Test(arguments: 1...12) func `what is written is read again`(_ seed: UInt64) throws {
        var randomness = SeededRandomSource(seed: seed)
        let postings = PostingsTests.postings(&randomness, termCount: 40, documentCountMax: seed % 3 == 0 ? 2_000 : 20)
        let blocks = PostingsTests.blocks(of: postings)
        #expect(try blocks.flatMap { try PostingsTests.read($0.bytes) } == postings)
        for block in blocks {
            let first = try #require(try PostingsTests.read(block.bytes).first)
            #expect(first.term == block.term)
            #expect(first.key == block.firstKey)
        }
        // What has no posting that is bigger by itself fits a page.
        let big = blocks.filter { $0.bytes.count > BlockBuilder.blockByteCount }
        #expect(try big.allSatisfy { try PostingsTests.read($0.bytes).contains { $0.places.count > 1_000 } })
    }

    @Test(arguments: 1...8) func `damaged bytes are an error of the store, or other postings`(_ seed: UInt64) throws {
        var randomness = SeededRandomSource(seed: seed)
        let postings = PostingsTests.postings(&randomness, termCount: 10, documentCountMax: 30)
        let blocks = PostingsTests.blocks(of: postings).map(\.bytes)
        var errorCount = 0
        for _ in 0..<2_000 {
            var bytes = blocks[Int(randomness.next() % UInt64(blocks.count))]
            for _ in 0...Int(randomness.next() % 3) {
                bytes[Int(randomness.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: randomness.next() >> 24)
            }
            if randomness.next() % 4 == 0 { bytes.removeLast(Int(randomness.next() % UInt64(bytes.count))) }
            do throws(SQLiteError) {
                _ = try PostingsTests.read(bytes)
            } catch {
                #expect(error == .damagedPostings)
                errorCount += 1
            }
        }
        #expect(errorCount > 500)
    }

    @Test func `integers come back, and those without an end are refused`() throws {
        for value in [0, 1, 127, 128, 16_383, 16_384, 1 << 32, 1 << 56, Int64.max] {
            var bytes: [UInt8] = []
            Varint.append(UInt64(value), to: &bytes)
            var index = 0
            #expect(try Varint.read(bytes.span, at: &index) == value)
            #expect(index == bytes.count)
            index = 0
            #expect(throws: SQLiteError.damagedPostings) { try Varint.read(Array(bytes.dropLast()).span, at: &index) }
        }
        var index = 0
        #expect(throws: SQLiteError.damagedPostings) { try Varint.read([UInt8](repeating: 0xFF, count: 12).span, at: &index) }
    }

    @Test func `more hits weigh more, a title most, and long texts less`() {
        func impact(_ title: Int, _ lead: Int, _ body: Int, _ length: Int) -> Double {
            PostingCode(counts: (title, lead, body), length: length).impact
        }
        #expect(impact(1, 0, 0, 400) > impact(0, 1, 0, 400))
        #expect(impact(0, 1, 0, 400) > impact(0, 0, 1, 400))
        #expect(impact(0, 0, 3, 400) > impact(0, 0, 1, 400))
        #expect(impact(0, 0, 1, 100) > impact(0, 0, 1, 2_000))
        #expect(impact(1_000, 1_000, 100_000, 1) <= 2.2)
        #expect(impact(0, 0, 1, 1_000_000) > 0)
    }
}
