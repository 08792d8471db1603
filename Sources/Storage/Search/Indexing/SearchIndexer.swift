import Newsroom
import SQLite

/// Feeds the index from the log, inside the writer's transactions: what it has read and how far is committed together, so that it goes on
/// where it was whatever ended the process. Each step makes a segment.
///
/// It belongs to the writer's thread.
final class SearchIndexer {
    /// Whether segments may wait to be merged.
    private(set) var isFragmented = true
    /// Whether there are more segments than searches should look through.
    private(set) var isCrowded = false
    /// Whether the newest step merged, and did not read on.
    private(set) var hasMerged = false

    /// How many postings are merged with each step, beside what is merged by steps of its own.
    private static let mergedBesideCount = 10_000
    /// How many are merged in one step.
    private static let mergedCount = 80_000
    private static let crowdedCount = 24

    /// Reads on in the log: some rows, until about `byteCountMax` of documents. The number of the last row that is in the index now.
    func step(_ database: Database, rowCountMax: Int, byteCountMax: Int = 8 << 20) throws -> Int64 {
        guard var state = try database.first(.searchState) else { return 0 }
        if state.form != SearchWords.form {
            try reset(database)
            state = SearchState(sequence: 0, documentCount: 0, form: SearchWords.form)
        }
        let (rows, last) = try rows(database, after: state.sequence, rowCountMax, byteCountMax)
        guard last > state.sequence else { return last }
        let goneCount = try forget(rows, last, database)
        let documents = try documents(of: rows, database)
        try write(documents, of: state.sequence + 1...last, database)
        try database.run(.updateSearchState) {
            $0.add(last)
            $0.add(documents.count - goneCount)
        }
        hasMerged = false
        guard try merge(database, postingCountMax: SearchIndexer.mergedBesideCount, isEager: false) else { return 0 }
        isFragmented = true
        return last
    }

    /// Forgets all, so that the next steps make it anew.
    func reset(_ database: Database) throws {
        for statement in SQL.clearSearch { try database.run(statement) }
        try database.run(.resetSearchState) { $0.add(SearchWords.form) }
    }

    /// Merges some of the index's segments, for whoever has nothing better to do.
    func merge(_ database: Database, isIdle: Bool) throws {
        _ = try merge(database, postingCountMax: SearchIndexer.mergedCount, isEager: isIdle)
        hasMerged = true
    }

    /// False where there were postings that cannot be read: all was forgotten then, since it can be made anew.
    private func merge(_ database: Database, postingCountMax: Int, isEager: Bool) throws -> Bool {
        do throws(SQLiteError) {
            let (segmentCount, hasMore) = try SegmentMerge(database).step(postingCountMax: postingCountMax, isEager: isEager)
            isFragmented = hasMore
            // What cannot be merged now is not waited for.
            isCrowded = hasMore && segmentCount > SearchIndexer.crowdedCount
            return true
        } catch {
            guard error == .damagedPostings else { throw error }
            try reset(database)
            (isFragmented, isCrowded) = (false, false)
            return false
        }
    }

    private struct Document {
        let key: Int64
        let text: IndexedText
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

    /// What was indexed of these resources counts no more. How many there were.
    private func forget(_ rows: [IndexableRow], _ last: Int64, _ database: Database) throws(SQLiteError) -> Int {
        var count = 0
        for row in rows {
            guard let old = try database.first(.indexedDocument, { $0.add(row.id) }) else { continue }
            try database.run(.deleteSearchDocument) { $0.add(old.key) }
            try database.run(.insertDeadDocument) {
                $0.add(old.sequence)
                $0.add(old.key)
                $0.add(last)
            }
            count += 1
        }
        return count
    }

    private func documents(of rows: [IndexableRow], _ database: Database) throws(SQLiteError) -> [Document] {
        var documents: [Document] = []
        documents.reserveCapacity(rows.count)
        for row in rows {
            if let kind = row.kind, let document = try document(of: row, kind, database) { documents.append(document) }
        }
        return documents
    }

    /// Nil for what is not there any more: its deletion comes later in the log.
    private func document(of row: IndexableRow, _ kind: Kind, _ database: Database) throws(SQLiteError) -> Document? {
        guard let document = row.document, let text = IndexedText.reading(document, of: kind),
            let resourceKey = try database.first(.resourceKey(of: kind), { $0.add(row.id) })
        else { return nil }
        let isDated = kind != .article || text.publishedAt != nil
        let first = SearchKey.first(
            isDated ? SearchKey.base(of: kind) : SearchKey.undated, text.publishedAt?.milliseconds ?? row.recordedAt)
        let key = try SearchKey.free(from: first, seed: SearchWords.hash(row.id.utf8)) { key throws(SQLiteError) in
            try database.first(.isSearchKeyTaken) { $0.add(key) } != nil
        }
        try database.run(.insertSearchDocument) {
            $0.add(key)
            $0.add(row.id)
            $0.add(resourceKey)
            $0.add(row.version)
            $0.add(row.sequence)
        }
        return Document(key: key, text: text)
    }

    /// Makes a segment of documents.
    private func write(_ documents: [Document], of sequences: ClosedRange<Int64>, _ database: Database) throws(SQLiteError) {
        guard !documents.isEmpty else { return }
        var segment = SegmentBuilder()
        for document in documents.sorted(by: { $0.key < $1.key }) { segment.add(document.text, key: document.key) }
        var blocks = BlockBuilder()
        segment.build(&blocks)
        let key = (try database.first(.newestSegment) ?? 0) + 1
        let blockCount = try BlockTables(database: database).write(&blocks, to: key, behind: 0)
        try database.run(.insertSegment) {
            $0.add(key)
            $0.add(sequences.lowerBound)
            $0.add(sequences.upperBound)
            $0.add(documents.count)
            $0.add(blockCount)
            $0.add(Segment.State.live.rawValue)
            $0.addNull()
            $0.addNull()
            $0.addNull()
        }
    }
}
