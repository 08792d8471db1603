package import Testing

/// Lets a bounded number of test cases run at a time, over all suites that have it. Each of them holds databases or servers of its own:
/// all at once, as they would be begun, they need more descriptors and threads than one process may have, and starve each other.
///
/// A time limit counts the wait for the turn too, so it has to be longer than all the others together may take under a sanitizer.
package struct InTurn: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    @TaskLocal private static var hasTurn = false

    @concurrent
    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        // A suite within a suite would wait for itself.
        if Self.hasTurn { return try await function() }
        await Turns.shared.take()
        defer { Turns.shared.giveBack() }
        try await Self.$hasTurn.withValue(true) { try await function() }
    }
}

extension Trait where Self == InTurn {
    package static var inTurn: InTurn { InTurn() }
}
