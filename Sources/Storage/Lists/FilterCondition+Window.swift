import Newsroom
import SQLite

extension FilterCondition {
    /// `Window.isOrdered` in SQL: where the end that is asked about is open or unknown, nothing is so.
    func ordered(_ first: String, _ last: String, in sql: inout SQLText) -> String? {
        guard case .window(let wanted)? = values.first, values.count == 1, let bound = wanted.bound(of: comparison) else { return nil }
        let value = sql.bind(.integer(bound.milliseconds))
        switch comparison {
        case .less: return "\(last) < \(value)"
        case .lessOrEqual: return "\(last) <= \(value)"
        case .greater: return "\(first) > \(value)"
        case .greaterOrEqual: return "\(first) >= \(value)"
        case .equal, .notEqual, .oneOf, .contains, .startsWith, .isNull, .overlaps: return nil
        }
    }

    /// A statement for the keys of the rows whose window may overlap the wanted one; nil for another comparison.
    ///
    /// What has both ends is searched for by the number of hexadecimal digits of its length, an index of its own: what lasts less than
    /// 16ⁿ milliseconds and is not over at the wanted start began less than 16ⁿ before it. What is open at an end has an index too,
    /// which is named: the planner would rather look through all that has no window.
    func overlapping(in table: String, _ first: String, _ last: String, in sql: inout SQLText) -> String? {
        guard comparison == .overlaps, case .window(let wanted)? = values.first, values.count == 1 else { return nil }
        let columns = (first: first.bareColumn, last: last.bareColumn)
        let start = wanted.first?.milliseconds
        let end = wanted.last?.milliseconds
        let closed = closed(table, columns, start, end, in: &sql)
        return (closed + open(table, columns, start, end, in: &sql)).joined(separator: "\nUNION ALL ")
    }

    private func closed(
        _ table: String, _ columns: (first: String, last: String), _ start: Int64?, _ end: Int64?, in sql: inout SQLText
    ) -> [String] {
        let select = "SELECT key FROM \(table) AS found WHERE \(columns.first) IS NOT NULL AND \(columns.last) IS NOT NULL"
        guard let start else { return [select + beginsEarly(columns.first, end, in: &sql)] }
        guard end != nil else { return [select + " AND \(columns.last) >= \(sql.bind(.integer(start)))"] }
        return (1...16).map { digits in
            let reach = digits == 16 ? Int64.max : (Int64(1) << (4 * Int64(digits))) - 1
            let (bound, overflows) = start.subtractingReportingOverflow(reach)
            let earliest = sql.bind(.integer(overflows ? .min : bound))
            let beginsThere = " AND \(columns.first) >= \(earliest)" + beginsEarly(columns.first, end, in: &sql)
            return select + " AND length(printf('%x', \(columns.last) - \(columns.first))) = \(digits)" + beginsThere
                + " AND \(columns.last) >= \(sql.bind(.integer(start)))"
        }
    }

    private func open(
        _ table: String, _ columns: (first: String, last: String), _ start: Int64?, _ end: Int64?, in sql: inout SQLText
    ) -> [String] {
        let openStart =
            "SELECT key FROM \(table) AS found INDEXED BY \(table)_by_open_start WHERE \(columns.first) IS NULL"
            + " AND edtf IS NOT NULL"
        let openEnd =
            "SELECT key FROM \(table) AS found INDEXED BY \(table)_by_open_end WHERE \(columns.last) IS NULL AND edtf IS NOT NULL"
            + " AND \(columns.first) > \(Int64.min)"
        let endsLate = start.map { " AND \(columns.last) >= \(sql.bind(.integer($0)))" } ?? " AND \(columns.last) IS NOT NULL"
        return [
            openStart + endsLate, "\(openStart) AND \(columns.last) IS NULL", openEnd + beginsEarly(columns.first, end, in: &sql),
        ]
    }

    private func beginsEarly(_ first: String, _ end: Int64?, in sql: inout SQLText) -> String {
        end.map { " AND \(first) <= \(sql.bind(.integer($0)))" } ?? ""
    }
}
