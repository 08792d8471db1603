import Testing
import Turns

@testable import dateline

/// What signals after one another mean.
@Suite(.inTurn) struct SignalOrderTests {
    private let start = ContinuousClock.now

    @Test func `signals of the first second are one wish, and a later one ends the program`() {
        var order = SignalOrder()
        #expect(order.meaning(at: start) == .drain)
        #expect(order.meaning(at: start) == .same)
        #expect(order.meaning(at: start + .milliseconds(999)) == .same)
        #expect(order.meaning(at: start + .seconds(1)) == .end)
    }

    @Test func `the second is counted from the first signal, not from the last`() {
        var order = SignalOrder()
        #expect([0, 600, 1_200].map { order.meaning(at: start + .milliseconds($0)) } == [.drain, .same, .end])
    }
}
