import Newsroom
import SQLite

/// Compares the tables of past versions with the log that they follow from.
enum PastCheck {
    /// What is wrong, a line each, up to a hundred of each sort; empty when all is well.
    static func findings(_ database: Database) throws(SQLiteError) -> [String] {
        try findings(Article.self, database) + findings(Person.self, database) + findings(Organization.self, database)
            + findings(Event.self, database) + findings(Statement.self, database)
    }

    private static func findings<R: HistoricResource>(_: R.Type, _ database: Database) throws(SQLiteError) -> [String] {
        let missing = Query<String>(SQL(assembled: versionsWithoutRow(R.table))) { row throws(SQLiteError) in
            "version \(row.integer(1)) of \(row.text(0)) ended, but \(R.table)_past does not say so"
        }
        let strays = Query<String>(SQL(assembled: rowsWithoutVersion(R.table))) { row throws(SQLiteError) in
            "\(R.table)_past has a version of \(row.text(0)) that the log does not have"
        }
        return try database.all(missing) + database.all(strays) + otherValues(R.self, database)
    }

    private static func versionsWithoutRow(_ table: String) -> String {
        """
        SELECT log.id, log.version
        FROM log
        CROSS JOIN log AS later ON later.id = log.id AND later.version = log.version + 1
        LEFT JOIN \(table)_past AS past ON past.seq = log.seq
        WHERE log.kind = '\(table)' AND log.operation <> 'deleted' AND (past.until_seq IS NOT later.seq OR past.key IS NOT log.key)
        LIMIT 100
        """
    }

    private static func rowsWithoutVersion(_ table: String) -> String {
        """
        SELECT past.id
        FROM \(table)_past AS past
        LEFT JOIN log ON log.seq = past.seq
        WHERE log.kind IS NOT '\(table)' OR log.operation = 'deleted' OR log.id IS NOT past.id
            OR NOT EXISTS (SELECT 1 FROM log AS later WHERE later.id = log.id AND later.version = log.version + 1)
        LIMIT 100
        """
    }

    /// Versions that lists would find by other values than their documents have.
    private static func otherValues<R: HistoricResource>(_: R.Type, _ database: Database) throws(SQLiteError) -> [String] {
        let columns = R.pastColumns
        let select = columns.map { "past.\($0)" }.joined(separator: ", ")
        let sql = SQL(
            assembled: """
                SELECT \(select), log.document
                FROM \(R.table)_past AS past
                CROSS JOIN log ON log.seq = past.seq
                WHERE log.kind = '\(R.table)'
                """)
        var findings: [String] = []
        try database.each(sql) { _ in
        } while: { row throws(SQLiteError) in
            guard !row.isNull(Int32(columns.count)) else { return true }
            let version: R = try row.withText(Int32(columns.count)) { document throws(SQLiteError) in try R.resource(fromLog: document) }
            for (index, value) in R.pastValues(of: version).enumerated() where !has(row, Int32(index), value) {
                let record = version.record
                findings.append("version \(record.version) of \(record.id.text) has another \(columns[index]) in \(R.table)_past")
            }
            return findings.count < 100
        }
        return findings
    }

    private static func has(_ row: borrowing Row, _ column: Int32, _ value: SQLValue?) -> Bool {
        switch value {
        case nil: row.isNull(column)
        case .text(let text): !row.isNull(column) && row.text(column).utf8.elementsEqual(text.utf8)
        case .integer(let number): !row.isNull(column) && row.integer(column) == number
        }
    }
}
