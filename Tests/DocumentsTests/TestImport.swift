import Documents
import Newsroom
import Locks

/// An import into a store of its own, whose results are kept.
struct TestImport {
    let store = MemoryStore()
    let log = ResultLog()

    func run(
        _ input: String, onError: ImportSession.OnError = .skip, limits: ImportLimits = ImportLimits(), pieceByteCount: Int = .max
    ) async throws -> ImportSummary {
        var session = ImportSession(into: store, by: Actor(name: "test"), limits: limits, onError: onError) { [log] in log.add($0) }
        let bytes = Array(input.utf8)
        for start in stride(from: 0, to: bytes.count, by: min(pieceByteCount, max(bytes.count, 1))) {
            try await session.feed(Array(bytes[start..<min(start + min(pieceByteCount, bytes.count), bytes.count)]))
        }
        return try await session.finish()
    }
}

/// The results of an import, in the order in which they were reported.
final class ResultLog: Sendable {
    private let kept = Lock<[[ImportRowResult]]>([])

    var batches: [[ImportRowResult]] { kept.withLock { $0 } }
    var rows: [ImportRowResult] { batches.flatMap { $0 } }
    /// `1 created`, `2 invalid /headline required`.
    var lines: [String] {
        rows.map { row in
            let problem = row.problem.map { problem in
                problem.failures.isEmpty ? " \(problem.code)" : problem.failures.map { " \($0.path) \($0.rule.rawValue)" }.joined()
            }
            return "\(row.line) \(row.outcome.rawValue)\(problem ?? "")"
        }
    }

    func add(_ results: [ImportRowResult]) {
        kept.withLock { $0.append(results) }
    }
}
