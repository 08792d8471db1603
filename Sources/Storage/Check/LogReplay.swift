import Documents
import Newsroom
import SQLite

/// Reads the log from its first row to its last, one row at a time, and compares what it says with the tables.
///
/// Each document must be readable, and agree with the columns of its row; the newest one of each resource must be what the tables hold of
/// it, member by member, the values that only serve filters and orders included.
struct LogReplay {
    private let database: Database
    private(set) var findings: [String] = []

    /// More than this say no more.
    private static let findingCountMax = 100

    init(_ database: Database) {
        self.database = database
    }

    mutating func run() throws(SQLiteError) {
        var found: [String] = []
        let database = database
        try database.each(.wholeLog, { _ in }) { row throws(SQLiteError) in
            guard let kind = Kind(rawValue: row.text(LogRow.columnCount + 1)) else { return true }
            let finding =
                switch kind {
                case .article: try LogReplay.finding(row, Article.self, database)
                case .person: try LogReplay.finding(row, Person.self, database)
                case .organization: try LogReplay.finding(row, Organization.self, database)
                case .event: try LogReplay.finding(row, Event.self, database)
                case .statement: try LogReplay.finding(row, Statement.self, database)
                }
            if let finding { found.append(finding) }
            return found.count < LogReplay.findingCountMax
        }
        findings = found
    }

    /// What is wrong with a row; nil where nothing is.
    private static func finding<R: HistoricResource>(
        _ row: borrowing Row, _: R.Type, _ database: Database
    ) throws(SQLiteError) -> String? {
        let sequence = row.integer(0)
        let logged: LoggedVersion<R>
        do throws(SQLiteError) {
            logged = try LoggedVersion<R>(row)
        } catch {
            guard error == .undecodable("log.document") else { throw error }
            return "row \(sequence) of the log holds no document of its kind"
        }
        guard let resource = logged.resource else { return nil }
        let (record, entry) = (resource.record, logged.row)
        guard record.id.text == entry.id, record.version == entry.version, record.slug.text == row.text(LogRow.columnCount + 2),
            record.updatedAt == entry.recordedAt, !R.hasOwnPublication || R.publicFromMilliseconds(resource.draft) == entry.publicFrom
        else { return "row \(sequence) of the log says another thing than its document" }
        let isNewest = row.integer(LogRow.columnCount + 3) != 0
        guard isNewest else { return nil }
        return try difference(between: resource, entry, database)
    }

    /// What the tables hold otherwise than the newest document; nil where they agree. That a row is missing is told by others.
    private static func difference<R: HistoricResource>(
        between resource: R, _ entry: LogRow, _ database: Database
    ) throws(SQLiteError) -> String? {
        guard let key = try database.first(R.queries.keyByID, { $0.add(entry.id) }) else { return nil }
        let stored: Stored<R>?
        do throws(SQLiteError) {
            stored = try R.stored(key: key, in: database)
        } catch {
            guard error.code == .mismatch else { throw error }
            return "\(entry.id) has a value in its tables that does not belong there: \(error.context)"
        }
        guard let stored else { return nil }
        guard key == entry.key else { return "\(entry.id) has the number \(key) in the table \(R.table), and \(entry.key) in the log" }
        var differences = DocumentDiff(from: resource, to: stored.resource, of: R.Document.self).operations.map(\.path)
        if R.Document.logged(resource) != R.Document.logged(stored.resource), differences.isEmpty {
            differences = ["what the server keeps"]
        }
        if differences.isEmpty {
            let follows = try R.columnsFollow(from: resource, key, in: database)
            let partsFollow = try R.partsFollow(from: resource, stored, in: database)
            let isCompared = try R.likenessFollows(from: resource.draft, key, in: database)
            if !follows || !partsFollow || !isCompared { differences = ["what is worked out of its members"] }
        }
        guard let first = differences.first else { return try R.keptFinding(stored, in: database) }
        let others = differences.count > 1 ? " and \(differences.count - 1) more" : ""
        return "\(entry.id) is not in its tables what the log says: \(first)\(others)"
    }
}

extension HistoricResource {
    /// Whether the columns that filters and orders read are what follows from the resource: some are worked out of its members.
    fileprivate static func columnsFollow(from resource: Self, _ key: Int64, in database: Database) throws(SQLiteError) -> Bool {
        var names: [String] = []
        var expected: [SQLValue?] = []
        for member in FilterMember.allCases {
            guard case .column(let column) = filterSource(member), case .plain(let values) = values(of: member, in: resource) else {
                continue
            }
            names.append(column.name)
            expected.append(values.first)
        }
        for member in SortMember.allCases {
            names.append(sortColumn(member).name)
            expected.append(SQLValue(sortKey(member, of: resource)))
        }
        var follow = false
        let sql = SQL(assembled: "SELECT \(names.joined(separator: ", "))\nFROM \(table)\nWHERE key = $1")
        try database.one(sql) {
            $0.add(key)
        } _: { row throws(SQLiteError) in
            follow = expected.indices.allSatisfy { index in
                let column = Int32(index)
                switch expected[index] {
                case nil: return row.isNull(column)
                case .text(let text)?: return row.text(column).isIdentical(to: text)
                case .integer(let number)?: return row.integerOrNil(column) == number
                }
            }
        }
        return follow
    }
}

extension SQLValue {
    fileprivate init?(_ key: Position.SortKey) {
        switch key {
        case .null: return nil
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        }
    }
}

extension SQL {
    fileprivate static let wholeLog = SQL(
        """
        SELECT \(LogRow.columns(of: "log")), log.document, log.kind, log.slug,
            NOT EXISTS (SELECT 1 FROM log AS later WHERE later.id = log.id AND later.version > log.version)
        FROM log
        ORDER BY log.seq
        """)
}
