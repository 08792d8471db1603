import Newsroom
import SQLite

/// Whether the search index agrees with the log, as far as it has read it.
enum SearchCheck {
    /// How many documents' words are looked for, at each end of the index.
    private static let sampleCount = 500

    static func findings(_ database: Database) throws(SQLiteError) -> [String] {
        guard let state = try database.first(.searchState) else {
            return ["the search index does not know how far it has come; dateline check --rebuild-search makes it anew"]
        }
        let newest = try database.first(.newestLogRow)?.sequence ?? 0
        guard state.sequence <= newest else {
            return ["the search index has read row \(state.sequence) of the log, which ends at \(newest)"]
        }
        // Made anew at the next start.
        guard state.form == SearchWords.form else { return [] }
        var findings = try database.all(.missingInSearch) { $0.add(state.sequence) }
        findings += try database.all(.strayInSearch) { $0.add(state.sequence) }
        findings += try SegmentCheck(database).findings()
        // What cannot be read cannot be searched.
        guard findings.isEmpty else { return findings }
        let index = try IndexSnapshot(database, documentCount: state.documentCount)
        for query in [Query<SampledDocument>.newestSearched, .oldestSearched] {
            for document in try database.all(query, { $0.add(sampleCount) }) where try !isFound(document, index) {
                findings.append("\(document.id) is in the search index, but not found by its title")
            }
        }
        let count = try database.first(.searchedCount) ?? 0
        if count != state.documentCount {
            findings.append("the search index has \(count) documents and says that it has \(state.documentCount)")
        }
        return findings
    }

    private static func isFound(_ document: SampledDocument, _ index: IndexSnapshot) throws(SQLiteError) -> Bool {
        guard let kind = document.kind, let text = IndexedText.reading(document.document, of: kind) else { return true }
        let words = SearchWords.words(in: text.title).prefix(5)
        guard !words.isEmpty else { return true }
        let title = SearchExpression(clauses: [[SearchExpression.Term(words: Array(words), field: .title)]])
        let matches = try Matches(MatchExpression(title, in: index), index)
        var match = try matches.next(in: document.key...document.key)
        while let met = match, !met.sequences.contains(document.sequence) { match = try matches.next(in: document.key...document.key) }
        return match != nil
    }
}

/// A document of the index with its text in the log.
struct SampledDocument: Sendable {
    let key: Int64
    let sequence: Int64
    let id: String
    let kind: Kind?
    let document: [UInt8]
}

extension Query<SampledDocument> {
    fileprivate static let newestSearched = Query(
        """
        SELECT search_document.key, search_document.seq, log.id, log.kind, log.document
        FROM search_document
        JOIN log ON log.id = search_document.id AND log.version = search_document.version
        ORDER BY search_document.key
        LIMIT $1
        """
    ) { row throws(SQLiteError) in
        SampledDocument(
            key: row.integer(0), sequence: row.integer(1), id: row.text(2), kind: Kind(rawValue: row.text(3)),
            document: row.withText(4) { span in span.withUnsafeBufferPointer(Array.init) })
    }

    fileprivate static let oldestSearched = Query(
        """
        SELECT search_document.key, search_document.seq, log.id, log.kind, log.document
        FROM search_document
        JOIN log ON log.id = search_document.id AND log.version = search_document.version
        ORDER BY search_document.key DESC
        LIMIT $1
        """, decode: Query<SampledDocument>.newestSearched.decode)
}

extension Query<Int64> {
    fileprivate static let searchedCount = Query("SELECT count(*) FROM search_document") { row throws(SQLiteError) in row.integer(0) }
}

extension Query<String> {
    /// What was deleted later may never have been indexed.
    fileprivate static let missingInSearch = Query(
        """
        SELECT l.id, l.version
        FROM log AS l
        WHERE l.seq <= $1 AND l.kind IN ('organization', 'person', 'event', 'article', 'statement')
            AND l.version = (SELECT max(version) FROM log WHERE id = l.id AND seq <= $1)
            AND NOT EXISTS (SELECT 1 FROM log AS e WHERE e.id = l.id AND e.operation = 'deleted' AND e.seq >= l.seq)
            AND NOT EXISTS (SELECT 1 FROM search_document AS d WHERE d.id = l.id AND d.version = l.version)
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "version \(row.integer(1)) of \(row.text(0)) is in the log, but not in the search index" }

    fileprivate static let strayInSearch = Query(
        """
        SELECT d.id, d.version
        FROM search_document AS d
        WHERE NOT EXISTS (SELECT 1 FROM log AS l WHERE l.id = d.id AND l.version = d.version AND l.seq <= $1)
            OR EXISTS (SELECT 1 FROM log AS e WHERE e.id = d.id AND e.version > d.version AND e.seq <= $1)
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "version \(row.integer(1)) of \(row.text(0)) is in the search index, but not in the log" }
}
