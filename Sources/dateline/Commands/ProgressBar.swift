internal import Locks

/// How far a long command has come, as one line of the terminal that is drawn over again; where there is no terminal, nothing.
final class ProgressBar: Sendable {
    private struct State {
        var doneByteCount = 0
        var rowCount = 0
        var drawnAt: ContinuousClock.Instant?
    }

    private let state = Lock(State())
    private let totalByteCount: Int?
    private let startedAt = ContinuousClock.now
    private let isShown: Bool

    /// - Parameter totalByteCount: nil where it is not known.
    init(totalByteCount: Int?, isShown: Bool = StandardStream.error.isTerminal) {
        self.totalByteCount = totalByteCount
        self.isShown = isShown
    }

    /// Adds to what is done, and draws it, ten times a second at the most.
    func advance(bytes: Int = 0, rows: Int = 0) {
        guard isShown else { return }
        let line = state.withLock { state -> String? in
            state.doneByteCount += bytes
            state.rowCount += rows
            let now = ContinuousClock.now
            if let drawnAt = state.drawnAt, now - drawnAt < .milliseconds(100) { return nil }
            state.drawnAt = now
            return Self.line(
                doneByteCount: state.doneByteCount, totalByteCount: totalByteCount, rowCount: state.rowCount, time: now - startedAt,
                columnCount: StandardStream.error.columnCount)
        }
        if let line { draw(line) }
    }

    /// Prints a line above the bar.
    func print(_ text: String) {
        draw("")
        try? StandardStream.error.line(text)
        state.withLock { $0.drawnAt = nil }
    }

    /// Takes the bar away.
    func finish() {
        draw("")
    }

    private func draw(_ line: String) {
        // Back to the first column, and erase to the end of the line.
        if isShown { try? StandardStream.error.write(Array("\r\u{1B}[K\(line)".utf8)) }
    }

    /// `[##########          ]  50 %  7,206 rows  5,120/s`
    static func line(doneByteCount: Int, totalByteCount: Int?, rowCount: Int, time: Duration, columnCount: Int) -> String {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let rate = seconds > 0 ? Int(Double(rowCount) / seconds) : 0
        let rows = "\(rowCount.grouped) rows  \(rate.grouped)/s"
        // The last column stays empty: with a character in it, terminals begin another line.
        guard let totalByteCount, totalByteCount > 0 else { return String(rows.prefix(max(0, columnCount - 1))) }
        let share = min(1, Double(doneByteCount) / Double(totalByteCount))
        let percent = String(Int(share * 100))
        let text = "] \(String(repeating: " ", count: max(0, 3 - percent.count)))\(percent) %  \(rows)"
        let width = max(0, min(40, columnCount - text.count - 2))
        let filled = Int(share * Double(width))
        let line = "[" + String(repeating: "#", count: filled) + String(repeating: " ", count: width - filled) + text
        return String(line.prefix(max(0, columnCount - 1)))
    }
}

extension Int {
    /// With commas between thousands.
    var grouped: String {
        var digits = String(magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.append(String(digits.suffix(3)))
            digits.removeLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + groups.reversed()).joined(separator: ",")
    }

    /// `1 record`, `2 records`.
    func counted(_ noun: String) -> String {
        "\(grouped) \(noun)\(self == 1 ? "" : "s")"
    }
}
