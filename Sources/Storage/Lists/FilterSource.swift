import Newsroom

/// Where the values of a filter's member are, in names of ours.
enum FilterSource {
    /// A column of the kind's own table.
    case column(Column)
    /// A column of the table of its parts: it holds when one of the parts meets it.
    case part(Part, Column)
    /// A key in the kind's own table, of something that all may see who see the resource.
    case reference(column: String, to: Kind)
    /// A key in the kind's own table, of something that may be hidden from who sees the resource: to them there is no reference.
    case guarded(column: String, to: Kind)
    /// Keys of several kinds in the kind's own table, of which one has a value at the most.
    case parties([(column: String, kind: Kind)])
    /// A key of another kind in the table of its parts.
    case partReference(Part, column: String, to: Kind)
    /// The table of external ids.
    case externalID
    /// A window in the kind's own table: its text, and its first and last millisecond, NULL where an end is open or unknown.
    case window(edtf: String, first: String, last: String)
    /// An office of a person, of which several things are asked at once.
    case office

    /// With its table: `article.section`.
    struct Column {
        var name: String
        /// Whether upper and lower case are one when it is searched or compared by order (SQLite's NOCASE: ASCII letters).
        /// Equality is exact.
        var foldsCase = false
        /// The column that has its text folded (`String.folded`), if it is compared so.
        var folded: String?
        /// The sort column by which an index orders what is equal in this one.
        var ordersBy: String?
        /// Whether a value is so rare that an index on it leads before one on a column with few values.
        var isSelective = true
        /// Whether at most one row has a value.
        var isUnique = false
        /// Whether its index holds only the rows that have a value: the planner takes it wherever a condition says that there is one.
        var isPartlyIndexed = false
        /// The column that sorts by this one first, by its number in hexadecimal, as `event.window_order` does.
        var leadsOrder: String?
    }

    /// The same, where a statement gives the kind's own rows another name; a table of parts keeps its own.
    func of(_ rows: String) -> FilterSource {
        switch self {
        case .column(var column):
            column.name = column.name.column(of: rows)
            column.folded = column.folded?.column(of: rows)
            return .column(column)
        case .reference(let column, let kind): return .reference(column: column.column(of: rows), to: kind)
        case .guarded(let column, let kind): return .guarded(column: column.column(of: rows), to: kind)
        case .parties(let columns): return .parties(columns.map { ($0.column.column(of: rows), $0.kind) })
        case .window(let edtf, let first, let last):
            return .window(edtf: edtf.column(of: rows), first: first.column(of: rows), last: last.column(of: rows))
        case .part, .partReference, .externalID, .office: return self
        }
    }

    struct Part {
        let table: String
        /// The column that points at the kind's own table.
        let owner: String
        /// The sort column of the kind's own table that the parts carry, under the same name.
        var carries: String?
        /// Whether the same value may be there in several parts of one resource.
        var hasRepeats = false

        static func externalIDs(of kind: String) -> Part { Part(table: "\(kind)_external_id", owner: "\(kind)_key") }
    }
}

/// What a list is sorted by.
struct SortColumn {
    /// With its table: `article.published_at_ms`.
    let name: String
    var foldsCase = false
    var isNullable = false

    /// The same, where a statement gives the kind's own rows another name.
    func of(_ rows: String) -> SortColumn {
        SortColumn(name: name.column(of: rows), foldsCase: foldsCase, isNullable: isNullable)
    }
}

/// Columns are named with their rows: `article.section`.
extension String {
    /// The column of that name in other rows.
    func column(of rows: String) -> String { "\(rows).\(bareColumn)" }

    /// Without its rows.
    var bareColumn: String { String(drop { $0 != "." }.dropFirst()) }
}
