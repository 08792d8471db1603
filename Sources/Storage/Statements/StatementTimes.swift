import Newsroom
import SQLite

// What a statement's time of saying is worked out to be, where the rules of its zone have changed since.

extension ZoneRenewal {
    func renewStatements(in zone: TimeZoneName) throws(SQLiteError) {
        for statement in try database.all(.statementsInZone, { $0.add(zone.text) }) {
            let window = Window(edtf: statement.edtf, zone: zone)
            try database.run(.setStatementTimes) {
                $0.add(window.first?.milliseconds)
                $0.add(window.last?.milliseconds)
                $0.add(statement.key)
            }
        }
        try renewPastStatements(in: zone)
    }

    private func renewPastStatements(in zone: TimeZoneName) throws(SQLiteError) {
        var versions: [(sequence: Int64, statement: Statement)] = []
        try database.each(.pastStatementsWithZone) {
            $0.add("\"\(zone.text)\"")
            $0.add("\"\(zone.text.replacing("/", with: "\\/"))\"")
        } _: { row throws(SQLiteError) in
            let statement: Statement = try row.withText(1) { text throws(SQLiteError) in try Statement.resource(fromLog: text) }
            if statement.draft.saidAt?.zone == zone { versions.append((row.integer(0), statement)) }
        }
        for version in versions {
            let saidAt = version.statement.draft.saidAt
            try database.run(.setPastStatementTimes) {
                $0.add(saidAt?.first?.milliseconds)
                $0.add(saidAt?.last?.milliseconds)
                if case .text(let order) = Statement.sortKey(.saidAt, of: version.statement) { $0.add(order) } else { $0.addNull() }
                $0.add(version.sequence)
            }
        }
    }
}

private struct StatementInZone: Sendable {
    let key: Int64
    let edtf: EDTF
}

extension Query<StatementInZone> {
    fileprivate static let statementsInZone = Query(
        """
        SELECT key, edtf
        FROM statement
        WHERE zone = $1
        """
    ) { row throws(SQLiteError) in
        guard let edtf = EDTF(row.text(1)) else { throw .undecodable("statement.edtf") }
        return StatementInZone(key: row.integer(0), edtf: edtf)
    }
}

extension SQL {
    fileprivate static let setStatementTimes = SQL(
        """
        UPDATE statement
        SET (earliest_ms, latest_ms) = ($1, $2)
        WHERE key = $3
        """)

    fileprivate static let pastStatementsWithZone = SQL(
        """
        SELECT statement_past.seq, log.document
        FROM statement_past
        CROSS JOIN log ON log.seq = statement_past.seq
        WHERE instr(log.document, $1) > 0 OR instr(log.document, $2) > 0
        """)

    fileprivate static let setPastStatementTimes = SQL(
        """
        UPDATE statement_past
        SET (earliest_ms, latest_ms, window_order) = ($1, $2, $3)
        WHERE seq = $4
        """)
}
