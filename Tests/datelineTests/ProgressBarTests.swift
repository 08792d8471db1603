import Testing
import Turns

@testable import dateline

@Suite(.inTurn) struct ProgressBarTests {
    @Test func `the bar shows the share of bytes, the rows and their rate`() {
        let line = ProgressBar.line(doneByteCount: 50, totalByteCount: 100, rowCount: 7_206, time: .milliseconds(1_500), columnCount: 60)
        #expect(line == "[###############               ]  50 %  7,206 rows  4,804/s")
        #expect(line.count <= 60)
    }

    @Test func `without a size there is no bar`() {
        let line = ProgressBar.line(doneByteCount: 50, totalByteCount: nil, rowCount: 12, time: .zero, columnCount: 80)
        #expect(line == "12 rows  0/s")
    }

    @Test(arguments: [0, 20, 40, 80, 300]) func `the bar is shorter than a line of the terminal`(_ columnCount: Int) {
        let line = ProgressBar.line(
            doneByteCount: 100, totalByteCount: 100, rowCount: 1_000_000, time: .seconds(3), columnCount: columnCount)
        #expect(line.count <= max(0, columnCount - 1))
        let rows = ProgressBar.line(doneByteCount: 1, totalByteCount: nil, rowCount: 1_000_000, time: .zero, columnCount: columnCount)
        #expect(rows.count <= max(0, columnCount - 1))
    }

    @Test func `what is counted is one or many`() {
        #expect([0, 1, 1_000].map { $0.counted("record") } == ["0 records", "1 record", "1,000 records"])
    }

    @Test func `numbers are grouped by thousands`() {
        #expect([0, 999, 1_000, 1_234_567, -1_000].map(\.grouped) == ["0", "999", "1,000", "1,234,567", "-1,000"])
    }
}
