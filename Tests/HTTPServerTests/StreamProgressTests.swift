import Testing
import Turns

@testable import HTTPServer

@Suite(.inTurn) struct StreamProgressTests {
    /// Whether a client had gone at each of some looks: after how long each was, how much had been put out, and how much was not taken.
    private func stalls(_ looks: [(after: Nanoseconds, putOut: Int, untaken: Int)]) -> [Bool] {
        var progress = StreamProgress()
        let begin = Moment.now
        return looks.map { progress.hasStalled(putOut: $0.putOut, untaken: $0.untaken, at: begin + $0.after, within: 30) }
    }

    @Test func `a client that acknowledges nothing for too long has gone`() {
        #expect(stalls([(0, 100, 0), (20, 110, 10), (29, 120, 20), (30, 130, 30)]) == [false, false, false, true])
    }

    @Test func `a client that takes something now and then is there`() {
        #expect(stalls([(0, 100, 50), (29, 110, 55), (58, 120, 65), (59, 120, 65), (60, 120, 0)]) == [false, false, false, true, false])
    }
}
