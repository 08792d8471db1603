import Newsroom
import SQLite

// The table of past versions, `KIND_past`: by what lists find a version that is in the kind's own table no more.
extension StoredResource {
    /// Its columns behind `seq`, `until_seq` and `key`: what lists are filtered and sorted by, the id among it, as far as that is in the
    /// kind's own table, under the same names.
    static var pastColumns: [String] {
        let filtered = FilterMember.allCases.compactMap { filterSource($0).pastColumn }
        return filtered + SortMember.allCases.map { sortColumn($0).name.bareColumn }.filter { !filtered.contains($0) }
    }
}

extension HistoricResource {
    /// What a version has in `pastColumns`.
    static func pastValues(of version: Self) -> [SQLValue?] {
        var filtered: [String] = []
        var values: [SQLValue?] = []
        for member in FilterMember.allCases {
            guard let column = filterSource(member).pastColumn else { continue }
            filtered.append(column)
            switch Self.values(of: member, in: version) {
            case .plain(let plain): values.append(plain.first)
            case .window(let window): values.append(window.map { .text($0.edtf.text) })
            case .references, .externalIDs, .offices: values.append(nil)
            }
        }
        for member in SortMember.allCases where !filtered.contains(sortColumn(member).name.bareColumn) {
            values.append(sortKey(member, of: version).value)
        }
        return values
    }

    /// Keeps a version that a row of the log has ended.
    ///
    /// - Parameters:
    ///   - key: the number of the resource's row at its time.
    ///   - sequence: of the row that ended it.
    static func keepPast(_ version: Self, key: Int64, until sequence: Int64, in database: Database) throws(SQLiteError) {
        try database.run(queries.insertPast) { bindings in
            bindings.add(sequence)
            bindings.add(key)
            for value in pastValues(of: version) {
                switch value {
                case .text(let text): bindings.add(text)
                case .integer(let number): bindings.add(number)
                case nil: bindings.addNull()
                }
            }
            bindings.add(version.record.id.text)
            bindings.add(version.record.version)
        }
    }
}

extension FilterSource {
    /// The column of the table of past versions, without its table; nil for what only the version's document tells.
    fileprivate var pastColumn: String? {
        switch self {
        case .column(let column): column.name.bareColumn
        case .window(let edtf, _, _): edtf.bareColumn
        case .part, .reference, .guarded, .partReference, .parties, .externalID, .office: nil
        }
    }
}

extension Position.SortKey {
    /// Nil for NULL.
    var value: SQLValue? {
        switch self {
        case .null: nil
        case .text(let text): .text(text)
        case .integer(let number): .integer(number)
        }
    }
}
