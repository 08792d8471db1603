internal import Documents
internal import HTTP
internal import JSON
internal import Locks

/// What has become of the rows so far: the lines that are still to be sent, or the first problems.
///
/// The import and its answer take turns on one task, which the compiler cannot see: hence the lock, for which nobody ever waits.
final class ImportResults: Sendable {
    private struct State: ~Copyable {
        var lines = JSONWriter()
        var problems: [ImportRowResult] = []
        var problemCount = 0
    }

    private let problemCountMax: Int
    private let writesLines: Bool
    private let state = Lock(State())

    init(problemCountMax: Int = 0, writesLines: Bool = false) {
        self.problemCountMax = problemCountMax
        self.writesLines = writesLines
    }

    func add(_ results: [ImportRowResult]) {
        state.withLock { state in
            for result in results {
                if writesLines {
                    state.lines.value(result.value)
                    state.lines.endLine()
                } else if result.outcome == .invalid {
                    state.problemCount += 1
                    if state.problems.count < problemCountMax { state.problems.append(result) }
                }
            }
        }
    }

    var lineByteCount: Int { state.withLock { $0.lines.byteCount } }

    func takeLines() -> [UInt8] { state.withLock { $0.lines.take() } }

    /// How far the import came: its summary, the first problems, and how many there are beyond them.
    func members(with summary: ImportSummary) -> [JSONObject.Member] {
        let (problems, count) = state.withLock { ($0.problems, $0.problemCount) }
        return [
            ("summary", summary.value), ("problems", .array(problems.map(\.value))),
            ("problems_omitted", .integer(Int64(count - problems.count))),
        ]
    }

    /// A problem that also tells how far the import came.
    func add(to problem: Problem, _ summary: ImportSummary) -> Problem {
        var problem = problem
        problem.extensions += members(with: summary).map { Problem.Extension($0.name, $0.value) }
        return problem
    }
}
