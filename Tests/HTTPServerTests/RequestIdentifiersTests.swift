import HTTP
import Testing
import Turns

@testable import HTTPServer

@Suite(.inTurn) struct RequestIdentifiersTests {
    @Test func `ids differ, have one form, and follow each other in order`() {
        var random = Xorshift(state: 1)
        var identifiers = RequestIdentifiers(using: &random)
        let ids = (0..<1_000).map { _ in identifiers.next().description }
        #expect(Set(ids).count == 1_000)
        #expect(ids == ids.sorted())
        let digits = Set("0123456789abcdefghijklmnopqrstuv")
        #expect(ids.allSatisfy { $0.utf8.count == 15 && $0.allSatisfy(digits.contains) })
    }

    @Test func `spans differ, and none is nought`() {
        var random = Xorshift(state: 1)
        var identifiers = RequestIdentifiers(using: &random)
        let spans = Set((0..<10_000).map { _ in identifiers.nextSpan() })
        #expect(spans.count == 10_000 && !spans.contains(0))
    }

    @Test func `two loops do not make the same ids`() {
        var random = SystemRandomNumberGenerator()
        var one = RequestIdentifiers(using: &random)
        var other = RequestIdentifiers(using: &random)
        #expect(one.next() != other.next())
    }
}
