/// Waits until a condition holds, for ten minutes at the least, which only what hangs takes. Returns whether it did.
package func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    for _ in 0..<120_000 {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return false
}
