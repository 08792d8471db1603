import Newsroom
import SQLite

/// Feeds the index from the log, inside the writer's transactions: what it has read and how far is committed together, so that it goes on
/// where it was whatever ended the process.
///
/// It belongs to the writer's thread.
final class SearchIndexer {
    /// Hashes of the words that the table of words is known to have; of those of names and titles another hash each.
    private var known: Set<UInt64> = []
    /// Whether pieces of the index may wait to be merged.
    private(set) var isFragmented = true

    /// What is remembered at most; beyond that words are looked up again.
    private static let knownCountMax = 1_000_000

    /// Reads on in the log: some rows, until about `byteCountMax` of documents. The number of the last row that is in the index now.
    func step(_ database: Database, rowCountMax: Int, byteCountMax: Int = 8 << 20) throws -> Int64 {
        do {
            return try advance(database, rowCountMax, byteCountMax)
        } catch {
            // What is undone in the tables must not stay known here.
            known = []
            throw error
        }
    }

    /// Forgets all, so that the next steps make it anew.
    func reset(_ database: Database) throws {
        known = []
        for statement in SQL.clearSearch { try database.run(statement) }
        try database.run(.resetSearchState) { $0.add(SearchWords.form) }
    }

    /// Merges some of the index's pieces, for whoever has nothing better to do.
    func merge(_ database: Database) throws {
        let before = database.changeCount
        try database.run(.mergeSearchIndex)
        isFragmented = database.changeCount - before >= 2
    }

    /// A write that came after what the index did was undone, and that with it.
    func forgetWords() {
        known = []
    }

    private func advance(_ database: Database, _ rowCountMax: Int, _ byteCountMax: Int) throws -> Int64 {
        guard var state = try database.first(.searchState) else { return 0 }
        if state.form != SearchWords.form {
            try reset(database)
            state = SearchState(sequence: 0, documentCount: 0, form: SearchWords.form)
        }
        let (rows, last) = try rows(database, after: state.sequence, rowCountMax, byteCountMax)
        guard last > state.sequence else { return last }
        let changes = try changes(database, rows)
        // In the order of the keys: FTS5 writes out what it has gathered whenever a key is smaller than the one before.
        for change in changes.sorted(by: { ($0.key, $0.isInsertion ? 1 : 0) < ($1.key, $1.isInsertion ? 1 : 0) }) {
            try database.run(change.isInsertion ? .insertIntoSearchIndex : .deleteFromSearchIndex) {
                $0.add(change.key)
                $0.add(utf8: change.text.title)
                $0.add(utf8: change.text.lead)
                $0.add(utf8: change.text.body)
            }
        }
        let growth = changes.reduce(0) { $0 + ($1.isInsertion ? 1 : -1) }
        try database.run(.updateSearchState) {
            $0.add(last)
            $0.add(growth)
        }
        isFragmented = true
        return last
    }

    private struct Change {
        let key: Int64
        let isInsertion: Bool
        let text: FoldedText
    }

    /// The rows behind a place in the log, of each resource the newest alone, and where they end.
    private func rows(
        _ database: Database, after sequence: Int64, _ rowCountMax: Int, _ byteCountMax: Int
    ) throws(SQLiteError) -> (rows: [IndexableRow], last: Int64) {
        var newest: [String: IndexableRow] = [:]
        var last = sequence
        var byteCount = 0
        let query = Query<IndexableRow>.logToIndex
        try database.each(query.sql) {
            $0.add(sequence)
            $0.add(rowCountMax)
        } while: { row throws(SQLiteError) in
            let indexable = try query.decode(row)
            byteCount += indexable.document?.count ?? 0
            last = indexable.sequence
            newest[indexable.id] = indexable
            return byteCount < byteCountMax
        }
        return (newest.values.sorted { $0.sequence < $1.sequence }, last)
    }

    private func changes(_ database: Database, _ rows: [IndexableRow]) throws -> [Change] {
        var changes: [Change] = []
        changes.reserveCapacity(rows.count)
        for row in rows {
            guard let kind = row.kind else { continue }
            if let old = try database.first(.indexedDocument, { $0.add(row.id) }) {
                if let change = try removal(of: row.id, kind, old, database) { changes.append(change) }
                try database.run(.deleteSearchDocument) { $0.add(old.key) }
            }
            if let change = try insertion(of: row, kind, database) { changes.append(change) }
        }
        return changes
    }

    private func removal(of id: String, _ kind: Kind, _ old: IndexedDocument, _ database: Database) throws(SQLiteError) -> Change? {
        let logged = try database.first(.logOfVersion) {
            $0.add(id)
            $0.add(old.version)
        }
        guard let document = logged?.document, let text = IndexedText.reading(document, of: kind) else { return nil }
        return Change(key: old.key, isInsertion: false, text: FoldedText(text) { _, _, _ in })
    }

    /// Nil for what is not there any more: its deletion comes later in the log.
    private func insertion(of row: IndexableRow, _ kind: Kind, _ database: Database) throws -> Change? {
        guard let document = row.document, let text = IndexedText.reading(document, of: kind),
            let resourceKey = try database.first(.resourceKey(of: kind), { $0.add(row.id) })
        else { return nil }
        let isName = kind != .article
        var new: [([UInt8], Bool)] = []
        let folded = FoldedText(text) { hash, word, isTitle in
            let isNameWord = isName && isTitle
            guard known.insert(isNameWord ? hash ^ SearchIndexer.nameMark : hash).inserted else { return }
            new.append((word, isNameWord))
        }
        try note(new, database)
        let isDated = kind != .article || text.publishedAt != nil
        let first = SearchKey.first(
            isDated ? SearchKey.base(of: kind) : SearchKey.undated, text.publishedAt?.milliseconds ?? row.recordedAt)
        let key = try SearchKey.free(from: first, seed: SearchWords.hash(row.id.utf8)) { key throws(SQLiteError) in
            try database.first(.isSearchKeyTaken) { $0.add(key) } != nil
        }
        try database.run(.insertSearchDocument) {
            $0.add(key)
            $0.add(row.id)
            $0.add(kind.rawValue)
            $0.add(resourceKey)
            $0.add(row.version)
            $0.add(folded.wordCount)
        }
        return Change(key: key, isInsertion: true, text: folded)
    }

    private func note(_ words: [([UInt8], Bool)], _ database: Database) throws(SQLiteError) {
        for (word, isName) in words {
            try database.run(.addSearchWord) {
                $0.add(utf8: word)
                $0.add(isName)
            }
        }
        if known.count > SearchIndexer.knownCountMax { known = [] }
    }

    /// Tells the hash of a word in a name from that of the word alone.
    private static let nameMark: UInt64 = 0x9E37_79B9_7F4A_7C15
}
