import Newsroom
import SQLite

/// Compares the tables of merges and distinctions with the log that they follow from.
enum MergeCheck {
    /// What is wrong, a line each, up to a hundred of each sort; empty when all is well.
    static func findings(_ database: Database) throws(SQLiteError) -> [String] {
        try findings(Person.self, database) + findings(Organization.self, database) + findings(Event.self, database)
    }

    private static func findings<R: HistoricResource>(_: R.Type, _ database: Database) throws(SQLiteError) -> [String] {
        try (names(R.self, database) + pairs(R.self, database)).prefix(100).map { $0 }
    }

    /// Names that lead elsewhere than the log says, or nowhere.
    private static func names<R: HistoricResource>(_: R.Type, _ database: Database) throws(SQLiteError) -> [String] {
        let ends = try database.all(EndedName.query(R.table))
        let into = Dictionary(ends.map { ($0.id, $0.into) }) { first, _ in first }
        var expected: Set<String> = []
        for end in ends {
            var survivor = end.into
            while let next = into[survivor] { survivor = next }
            guard let id = ID<R>(survivor), try database.first(R.queries.keyByID, { $0.add(id.text) }) != nil else { continue }
            expected.insert("\(end.id) (\(end.slug)) leads to \(survivor)")
        }
        let kept = Set(
            try database.all(
                Query<String>(
                    SQL(assembled: "SELECT m.id, m.slug, s.id FROM \(R.table)_merged AS m JOIN \(R.table) AS s ON s.key = m.\(R.table)_key")
                ) { row throws(SQLiteError) in "\(row.text(0)) (\(row.text(1))) leads to \(row.text(2))" }))
        return expected.subtracting(kept).sorted().map { "\($0) in the log, but not in \(R.table)_merged" }
            + kept.subtracting(expected).sorted().map { "\($0) in \(R.table)_merged, but not in the log" }
    }

    /// Pairs that are judged different in the tables alone, or in the log alone.
    private static func pairs<R: HistoricResource>(_: R.Type, _ database: Database) throws(SQLiteError) -> [String] {
        var verdicts: [String: Bool] = [:]
        var pairs: [String: (String, String)] = [:]
        for judged in try database.all(JudgedPair.query(R.table)) {
            let (one, other) = (min(judged.from, judged.into), max(judged.from, judged.into))
            verdicts["\(one) \(other)"] = judged.isDifferent
            pairs["\(one) \(other)"] = (one, other)
        }
        var expected: Set<String> = []
        for (name, pair) in pairs where verdicts[name] == true {
            guard let one = ID<R>(pair.0), let other = ID<R>(pair.1), let first = try R.living(one, in: database),
                let second = try R.living(other, in: database), first.key != second.key
            else { continue }
            expected.insert([first.id.text, second.id.text].sorted().joined(separator: " and "))
        }
        let text = """
            SELECT one.id, other.id
            FROM \(R.table)_distinction AS d
            JOIN \(R.table) AS one ON one.key = d.one_key
            JOIN \(R.table) AS other ON other.key = d.other_key
            """
        let kept = Set(
            try database.all(
                Query<String>(SQL(assembled: text)) { row throws(SQLiteError) in
                    [row.text(0), row.text(1)].sorted().joined(separator: " and ")
                }))
        return expected.subtracting(kept).sorted().map { "\($0) are judged different in the log, but not in \(R.table)_distinction" }
            + kept.subtracting(expected).sorted().map { "\($0) are judged different in \(R.table)_distinction, but not in the log" }
    }
}

private struct EndedName: Sendable {
    let id: String
    let slug: String
    let into: String

    static func query(_ table: String) -> Query<EndedName> {
        let text = """
            SELECT id, slug, into_id
            FROM log
            WHERE kind = '\(table)' AND judgement = 'merged' AND operation = 'deleted'
                AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.id = log.id AND later.version = log.version + 1)
            """
        return Query(SQL(assembled: text)) { row throws(SQLiteError) in EndedName(id: row.text(0), slug: row.text(1), into: row.text(2)) }
    }
}

private struct JudgedPair: Sendable {
    let from: String
    let into: String
    let isDifferent: Bool

    static func query(_ table: String) -> Query<JudgedPair> {
        let text = """
            SELECT from_id, into_id, judgement
            FROM log
            WHERE kind = '\(table)' AND judgement IN ('different', 'undecided')
            ORDER BY seq
            """
        return Query(SQL(assembled: text)) { row throws(SQLiteError) in
            JudgedPair(from: row.text(0), into: row.text(1), isDifferent: row.text(2) == LogJudgement.Verdict.different.rawValue)
        }
    }
}
