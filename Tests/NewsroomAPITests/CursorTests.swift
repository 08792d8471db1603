import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct CursorTests {
    static let newest = ListQuery<Article>(sort: Sort(.publishedAt, descending: true))
    static let byHeadline = ListQuery<Article>(sort: Sort(.headline))

    @Test(arguments: [
        (newest, Position(sortKey: .integer(1_711_540_800_000), tieBreaker: 17)),
        (newest, Position(sortKey: .integer(.min), tieBreaker: .max)),
        (newest, Position(sortKey: .null, tieBreaker: -1)),
        (byHeadline, Position(sortKey: .text(""), tieBreaker: 0)),
        (byHeadline, Position(sortKey: .text("Eis auf der Straße – 氷の道 🧊"), tieBreaker: 1)),
    ])
    func `a cursor gives back the position that it was made of`(_ query: ListQuery<Article>, _ position: Position) throws {
        let text = Cursor.text(of: position, in: query)
        #expect(try Cursor.position(of: text, in: query) == position)
        #expect(text.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x5F })
    }

    @Test func `a cursor holds for its list in any order of the filters, and for any limit`() throws {
        let filters: [Filter<Article.FilterMember>] = [
            Filter(.section, .equal, [.text("world")]), Filter(.status, .oneOf, [.text("draft"), .text("ready")]),
        ]
        let one = ListQuery<Article>(filters: filters, sort: Sort(.publishedAt), limit: 2, counts: true)
        let other = ListQuery<Article>(filters: filters.reversed(), sort: Sort(.publishedAt), limit: 200, isWhole: true)
        let position = Position(sortKey: .integer(1), tieBreaker: 2)
        #expect(try Cursor.position(of: Cursor.text(of: position, in: one), in: other) == position)
    }

    @Test(arguments: [
        ListQuery<Article>(sort: Sort(.publishedAt)),
        ListQuery<Article>(sort: Sort(.createdAt, descending: true)),
        ListQuery<Article>(filters: [Filter(.section, .equal, [.text("world")])], sort: Sort(.publishedAt, descending: true)),
    ])
    func `a cursor of another list is foreign`(_ other: ListQuery<Article>) {
        let text = Cursor.text(of: Position(sortKey: .integer(1), tieBreaker: 2), in: CursorTests.newest)
        #expect(throws: Cursor.Failure.foreign) { try Cursor.position(of: text, in: other) }
    }

    @Test func `filters that read alike when run together are told apart`() {
        func query(_ values: [FilterValue]) -> ListQuery<Article> {
            ListQuery(filters: [Filter(.tag, .oneOf, values)], sort: Sort(.publishedAt))
        }
        let text = Cursor.text(of: Position(sortKey: .null, tieBreaker: 1), in: query([.text("ab"), .text("c")]))
        #expect(throws: Cursor.Failure.foreign) { try Cursor.position(of: text, in: query([.text("a"), .text("bc")])) }
    }

    @Test func `a cursor of another kind is foreign`() {
        let articles = ListQuery<Article>(sort: Sort(.createdAt))
        let people = ListQuery<Person>(sort: Sort(.createdAt))
        let text = Cursor.text(of: Position(sortKey: .integer(1), tieBreaker: 2), in: articles)
        #expect(throws: Cursor.Failure.foreign) { try Cursor.position(of: text, in: people) }
    }

    @Test func `any one character changed, left out or put in makes a cursor malformed or foreign`() throws {
        let text = Cursor.text(of: Position(sortKey: .text("Ice road"), tieBreaker: 77), in: CursorTests.byHeadline)
        let characters = Array(text.utf8)
        for index in characters.indices {
            for replacement in [nil, UInt8(ascii: "A"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "%")] {
                guard replacement != characters[index] else { continue }
                var changed = characters
                changed.replaceSubrange(index...index, with: replacement.map { [$0] } ?? [])
                #expect(throws: Cursor.Failure.self) {
                    try Cursor.position(of: String(decoding: changed, as: UTF8.self), in: CursorTests.byHeadline)
                }
            }
        }
    }

    @Test func `random texts and random bytes are malformed, and nothing breaks`() {
        var random = SeededRandom(state: 7)
        for length in 0..<400 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            for text in [Base64URL.text(of: bytes), Base64URL.text(of: [1] + bytes), String(decoding: bytes, as: UTF8.self)] {
                #expect(throws: Cursor.Failure.malformed) { try Cursor.position(of: text, in: CursorTests.newest) }
            }
        }
    }

    @Test func `a sort key of the wrong type is malformed even where the checksum is right`() {
        let text = Cursor.text(of: Position(sortKey: .text("x"), tieBreaker: 1), in: CursorTests.newest)
        #expect(throws: Cursor.Failure.malformed) { try Cursor.position(of: text, in: CursorTests.newest) }
        let number = Cursor.text(of: Position(sortKey: .integer(1), tieBreaker: 1), in: CursorTests.byHeadline)
        #expect(throws: Cursor.Failure.malformed) { try Cursor.position(of: number, in: CursorTests.byHeadline) }
    }
}

/// The same numbers in every run.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
