import Testing
import Turns

@testable import dateline

/// How the commands wait for what is asynchronous.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct WaitingTests {
    @Test func `what is waited for runs on a thread of its own, which it may block, and not in Swift's pool`() {
        let isApart = waiting { () async -> Bool in
            await Task.yield()
            return withUnsafeCurrentTask { $0?.unownedTaskExecutor != nil }
        }
        #expect(isApart)
    }

    @Test func `its error comes through`() {
        #expect(throws: Failed.self) { try waiting { () async throws(Failed) in throw Failed("no") } }
    }
}
