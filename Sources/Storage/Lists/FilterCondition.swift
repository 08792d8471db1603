import Newsroom

/// The table of (where a member is, comparison) to SQL. Nothing from a client is in the text: values are bound.
///
/// `ne` holds where there is no value too, and of lists where no part is equal. Text is compared by code point, and where the column
/// folds case with ASCII letters folded; `contains` always folds them.
struct FilterCondition {
    let comparison: Comparison
    let values: [FilterValue]
    var role = FilterRole.leading

    /// Nil where the comparison means nothing for such a member, or the values do not fit it.
    func text<R: StoredResource>(_ source: FilterSource, of _: R.Type, by sight: Sight, in sql: inout SQLText) -> String? {
        let key = "\(R.table).key"
        switch source {
        case .column(let column):
            var column = column
            column.name = role.plus + column.name
            let text = condition(on: column, in: &sql)
            return role == .tested && column.isPartlyIndexed ? text.map { "coalesce(\($0), 0)" } : text
        case .part(let part, let column):
            return among(part, column, of: key, in: &sql) { condition, column, sql in condition.condition(on: column, in: &sql) }
        case .reference(let column, let kind):
            return reference(role.plus + column, to: kind, in: &sql)
        case .guarded(let column, let kind):
            return guarded(role.plus + column, to: kind, by: sight, in: &sql)
        case .parties(let columns):
            return parties(columns.map { (role.plus + $0.column, $0.kind) }, in: &sql)
        case .partReference(let part, let column, let kind):
            return among(part, FilterSource.Column(name: column), of: key, in: &sql) { condition, column, sql in
                condition.reference(column.name, to: kind, in: &sql)
            }
        case .externalID:
            return externalID(role.plus + key, of: R.kind, by: sight, in: &sql)
        case .window(let edtf, let first, let last):
            return window(role.plus + edtf, role.plus + first, role.plus + last, in: &sql)
        case .office:
            return office(leads: role == .leading, in: &sql)
        }
    }

    /// A condition on parts, as one on the keys of what they belong to; where it does not lead, each resource's own parts are looked at.
    /// A part without a value in the column is none here.
    private func among(
        _ part: FilterSource.Part, _ column: FilterSource.Column, of key: String, in sql: inout SQLText,
        _ inner: (FilterCondition, FilterSource.Column, inout SQLText) -> String?
    ) -> String? {
        let own = "SELECT 1 FROM \(part.table) WHERE \(part.table).\(part.owner) = \(key) AND"
        var tested = column
        tested.name = "+" + column.name
        switch comparison {
        case .isNull:
            return asksForNull.map { "\($0 ? "NOT " : "")EXISTS (\(own) \(column.name) IS NOT NULL)" }
        case .notEqual:
            let equal = FilterCondition(comparison: .equal, values: values)
            return inner(equal, tested, &sql).map { "NOT EXISTS (\(own) \($0))" }
        case .equal, .oneOf, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith:
            guard role == .leading else { return inner(self, tested, &sql).map { "EXISTS (\(own) \($0))" } }
            return inner(self, column, &sql).map { "\(key) IN (SELECT \(part.owner) FROM \(part.table) WHERE \($0))" }
        case .overlaps: return nil
        }
    }

    func condition(on column: FilterSource.Column, in sql: inout SQLText) -> String? {
        if let folded = column.folded {
            let folding = FilterCondition(comparison: comparison, values: values.map(\.folded), role: role)
            return folding.condition(on: FilterSource.Column(name: (column.name.hasPrefix("+") ? "+" : "") + folded), in: &sql)
        }
        let name = column.name
        let ordered = column.foldsCase ? "\(name) COLLATE NOCASE" : name
        switch comparison {
        case .equal:
            guard let value = one(in: &sql) else { return nil }
            // By the folded index to the few that could be equal, then exactly.
            return column.foldsCase ? "(\(ordered) = \(value) AND \(name) = \(value))" : "\(name) = \(value)"
        case .notEqual: return one(in: &sql).map { "\(name) IS NOT \($0)" }
        case .oneOf:
            guard let list = list(in: &sql) else { return nil }
            return column.foldsCase ? "(\(ordered) IN (\(list)) AND \(name) IN (\(list)))" : "\(name) IN (\(list))"
        case .less: return one(in: &sql).map { "\(ordered) < \($0)" }
        case .lessOrEqual: return one(in: &sql).map { "\(ordered) <= \($0)" }
        case .greater: return one(in: &sql).map { "\(ordered) > \($0)" }
        case .greaterOrEqual: return one(in: &sql).map { "\(ordered) >= \($0)" }
        case .contains: return contains(name, in: &sql)
        case .startsWith: return startsWith(ordered, in: &sql)
        case .isNull: return asksForNull.map { $0 ? "\(name) IS NULL" : "\(name) IS NOT NULL" }
        case .overlaps: return nil
        }
    }

    /// `Window.overlaps` in SQL: an end that is open or unknown, of either window, is no bound.
    func window(_ edtf: String, _ first: String, _ last: String, in sql: inout SQLText) -> String? {
        switch comparison {
        case .overlaps:
            guard case .window(let wanted)? = values.first, values.count == 1 else { return nil }
            var conditions = ["\(edtf) IS NOT NULL"]
            if let end = wanted.last { conditions.append("(\(first) IS NULL OR \(first) <= \(sql.bind(.integer(end.milliseconds))))") }
            if let start = wanted.first { conditions.append("(\(last) IS NULL OR \(last) >= \(sql.bind(.integer(start.milliseconds))))") }
            return "(\(conditions.joined(separator: " AND ")))"
        case .isNull: return asksForNull.map { $0 ? "\(edtf) IS NULL" : "\(edtf) IS NOT NULL" }
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return ordered(first, last, in: &sql)
        case .equal, .notEqual, .oneOf, .contains, .startsWith: return nil
        }
    }

    private func contains(_ name: String, in sql: inout SQLText) -> String? {
        guard case .text(let text)? = values.first, values.count == 1, text.utf8.count <= FilterCondition.patternByteCountMax else {
            return nil
        }
        var pattern = "%"
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern.unicodeScalars.append("\\") }
            pattern.unicodeScalars.append(scalar)
        }
        return "\(name) LIKE \(sql.bind(.text(pattern + "%"))) ESCAPE '\\'"
    }

    /// As a range, so that an index serves it: from the text itself to the text with the last of all characters behind it.
    private func startsWith(_ ordered: String, in sql: inout SQLText) -> String? {
        guard case .text(let text)? = values.first, values.count == 1 else { return nil }
        let from = sql.bind(.text(text))
        return "(\(ordered) >= \(from) AND \(ordered) < \(sql.bind(.text(text + "\u{10FFFF}"))))"
    }

    /// What an order or a prefix asks of a column that begins with a number's sign (1: not negative) and its 16 digits in hexadecimal.
    func hexadecimalBound(on name: String, in sql: inout SQLText) -> String? {
        func digits(_ end: String, _ sql: inout SQLText) -> String? {
            one(in: &sql).map { "printf('%d%016x\(end)', \($0) >= 0, \($0))" }
        }
        switch comparison {
        case .less, .lessOrEqual: return digits("g", &sql).map { "\(name) < \($0)" }
        case .greater, .greaterOrEqual: return digits("", &sql).map { "\(name) >= \($0)" }
        case .equal, .notEqual, .oneOf, .contains, .startsWith, .isNull, .overlaps: return nil
        }
    }

    private func one(in sql: inout SQLText) -> String? {
        guard let value = values.first, values.count == 1 else { return nil }
        return sql.bind(SQLValue(value))
    }

    /// Filled up to a power of two with its last value, so that lists of like lengths are one statement.
    private func list(in sql: inout SQLText) -> String? {
        guard let last = values.last else { return nil }
        var count = 1
        while count < values.count { count *= 2 }
        let filled = values + Array(repeating: last, count: count - values.count)
        return filled.map { sql.bind(SQLValue($0)) }.joined(separator: ", ")
    }

    var asksForNull: Bool? {
        guard case .integer(let flag)? = values.first, values.count == 1 else { return nil }
        return flag != 0
    }

    /// A longer one would run into SQLite's own limit for patterns.
    private static let patternByteCountMax = 1_000
}

/// What a condition is to a statement.
enum FilterRole {
    /// Its index may be entered.
    case leading
    /// It is looked at row by row: no index is chosen for its sake (sqlite.org/optoverview.html, "unary plus").
    case tested

    var plus: String { self == .tested ? "+" : "" }
}
