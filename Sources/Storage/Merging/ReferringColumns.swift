import Newsroom
import SQLite

/// A column that points at rows of a kind: whose references a merge moves. THE table of them; a test compares it with the foreign keys.
struct ReferringColumn: Sendable, Equatable {
    /// The kind of what refers.
    let kind: Kind
    let table: String
    let column: String
    /// The column with the key of what refers.
    let owner: String

    static func columns(to kind: Kind) -> [ReferringColumn] {
        switch kind {
        case .person:
            [
                ReferringColumn(.article, "article_author", "person_key"), ReferringColumn(.article, "article_person", "person_key"),
                ReferringColumn(.event, "event_participant", "person_key"),
                ReferringColumn(.statement, "statement", "person_key", owner: "key"),
                ReferringColumn(.statement, "statement_chain", "person_key"),
            ]
        case .organization:
            [
                ReferringColumn(.article, "article_organization", "organization_key"),
                ReferringColumn(.event, "event_participant", "organization_key"),
                ReferringColumn(.person, "person_role", "organization_key"),
                ReferringColumn(.organization, "organization", "parent_key", owner: "key"),
                ReferringColumn(.statement, "statement", "organization_key", owner: "key"),
                ReferringColumn(.statement, "statement", "source_organization_key", owner: "key"),
                ReferringColumn(.statement, "statement_chain", "organization_key"),
                ReferringColumn(.statement, "statement_chain", "source_organization_key"),
            ]
        case .event:
            [
                ReferringColumn(.article, "article_event", "event_key"),
                ReferringColumn(.event, "event", "part_of_key", owner: "key"),
                ReferringColumn(.event, "event_cause", "cause_key"),
                ReferringColumn(.event, "event_transition_cause", "cause_key"),
                ReferringColumn(.statement, "statement_event", "event_key"),
                ReferringColumn(.statement, "statement", "claim_about_key", owner: "key"),
            ]
        case .article, .statement: []
        }
    }

    init(_ kind: Kind, _ table: String, _ column: String, owner: String? = nil) {
        (self.kind, self.table, self.column) = (kind, table, column)
        self.owner = owner ?? "\(kind.rawValue)_key"
    }

    /// The keys of what refers to a row, of one kind, up to a number of them; without those of one row, which is another matter.
    ///
    /// - Returns: nil where nothing of the kind can refer to it.
    static func owners(
        of kind: Kind, referringTo target: Kind, _ key: Int64, except: Int64, countMax: Int, in database: Database
    ) throws(SQLiteError) -> [Int64] {
        let columns = columns(to: target).filter { $0.kind == kind }
        guard !columns.isEmpty else { return [] }
        let selects = columns.map { "SELECT \($0.owner) AS owner FROM \($0.table) WHERE \($0.column) = $1 AND \($0.owner) <> $2" }
        let text = selects.joined(separator: "\nUNION\n") + "\nLIMIT $3"
        return try database.all(Query(SQL(assembled: text)) { row throws(SQLiteError) in row.integer(0) }) {
            $0.add(key)
            $0.add(except)
            $0.add(countMax)
        }
    }
}

/// What refers to one row, of all kinds.
struct Referrers: Sendable {
    let target: Kind
    let key: Int64
    /// The row of the same kind whose own references are another matter: the survivor's.
    let survivor: Int64

    /// How many there are, counted up to a number.
    func count(upTo countMax: Int, in database: Database) throws(SQLiteError) -> Int {
        var count = 0
        for kind in Kind.allCases where count < countMax {
            count += try owners(of: kind, countMax: countMax - count, in: database).count
        }
        return count
    }

    func owners(of kind: Kind, countMax: Int, in database: Database) throws(SQLiteError) -> [Int64] {
        // Keys are those of one kind's rows: only the survivor's own kind has its.
        let except = kind == target ? survivor : -1
        return try ReferringColumn.owners(of: kind, referringTo: target, key, except: except, countMax: countMax, in: database)
    }
}
