import Newsroom
import SQLite

/// What `q` finds of one kind, as lists need it: the only place where lists touch the search index.
///
/// The index is walked without a look at who may see what, and without filters: both are the list's own affair.
final class ListMatches<R: StoredResource> {
    /// The keys of all that matches, where they are few.
    let few: KeySet?
    let reach: SearchReach
    private let searcher: Searcher
    private let match: MatchExpression
    private let database: Database
    private var known: KeySet?
    private var askedCount = 0

    /// How many rows are asked for one by one before all matches are read: a question costs what the reading of dozens does.
    private static var askedCountMax: Int { 400 }

    /// Nil where nothing is looked for.
    init?(_ expression: SearchExpression?, at now: Instant, in database: Database) throws(SQLiteError) {
        guard let expression else { return nil }
        self.database = database
        searcher = try Searcher(database, viewer: .newsroom, now: now)
        match = try MatchExpression(expression, in: searcher.index)
        reach = SearchReach(
            sequence: searcher.state.sequence, isIndexComplete: true, isUnderstoodWhole: !expression.isCut && match.isExpansionComplete)
        guard !match.clauses.isEmpty else {
            few = KeySet()
            return
        }
        var keys = KeySet()
        let isWhole = try ListMatches.walk(searcher, match, SearchKey.range(of: R.kind)) { key in
            keys.insert(key)
            return keys.count <= ListPlan<R>.fewCountMax
        }
        few = isWhole ? keys : nil
    }

    /// The keys of all that matches.
    ///
    /// - Throws: `interrupted` at the connection's deadline.
    func all() throws(SQLiteError) -> KeySet {
        if let all = few ?? known { return all }
        var keys = KeySet()
        _ = try ListMatches.walk(searcher, match, SearchKey.range(of: R.kind)) { key in
            keys.insert(key)
            return true
        }
        known = keys
        return keys
    }

    /// Whether one row is among what matches.
    ///
    /// - Throws: `interrupted` at the connection's deadline.
    func contains(_ key: Int64) throws(SQLiteError) -> Bool {
        if let all = few ?? known { return all.contains(key) }
        askedCount += 1
        guard askedCount <= ListMatches.askedCountMax else { return try all().contains(key) }
        guard let id = try database.first(ListMatches.id, { $0.add(key) }),
            let document = try database.first(.indexedDocument, { $0.add(id) })
        else { return false }
        var isThere = false
        _ = try ListMatches.walk(searcher, match, document.key...document.key) { _ in
            isThere = true
            return true
        }
        return isThere
    }

    private static var id: Query<String> {
        Query(SQL(assembled: "SELECT id FROM \(R.table) WHERE key = $1")) { row throws(SQLiteError) in row.text(0) }
    }

    /// Lends the keys of the rows that match in a range of the index's own keys; whether these are all.
    private static func walk(
        _ searcher: Searcher, _ match: MatchExpression, _ range: ClosedRange<Int64>, _ body: (Int64) -> Bool
    ) throws(SQLiteError) -> Bool {
        let matches = try Matches(match, searcher.index)
        let database = searcher.database
        return try database.repeating(.matchedResource) { _ in
        } _: { statement throws(SQLiteError) in
            while let found = try matches.next(in: range) {
                try database.checkDeadline("what matches a list's words")
                var goesOn = true
                _ = try statement.one(found.key, found.sequences.lowerBound, found.sequences.upperBound) { row throws(SQLiteError) in
                    goesOn = body(row.integer(0))
                }
                guard goesOn else { return false }
            }
            return true
        }
    }
}

extension SQL {
    /// The row of what was indexed as one document, unless that was of another version than the segment's.
    fileprivate static let matchedResource = SQL(
        """
        SELECT resource_key
        FROM search_document
        WHERE key = $1 AND seq >= $2 AND seq <= $3
        """)
}
