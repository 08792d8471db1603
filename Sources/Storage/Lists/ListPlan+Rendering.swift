import Documents
import JSON
import Newsroom
import SQLite

// Pages as they are shown.
extension ListPlan {
    func renderedPage(from database: Database, _ captions: ShownCaptions) throws(SQLiteError) -> RenderedPage {
        let lead = try lead(in: database)
        if R.isListedFromLog, !lead.isSorted, let page = try loggedPage(from: database, lead, captions) { return page }
        return RenderedPage(try page(from: database, lead))
    }

    /// From the newest documents of the log; nil where one of them has another form than today's.
    private func loggedPage(from database: Database, _ lead: ListLead, _ captions: ShownCaptions) throws(SQLiteError) -> RenderedPage? {
        var writer = JSONWriter(reserving: 256 + query.limit * 1_024)
        writer.beginArray()
        var count = 0
        var last: Position?
        var hasMore = false
        var isWritten = true
        try each(.documents, lead, nil, in: database) { row, place throws(SQLiteError) in
            hasMore = count == query.limit || writer.byteCount >= query.byteCountMax
            guard !hasMore else { return false }
            isWritten = try row.withText(1) { document throws(SQLiteError) in
                try R.write(document, isWhole: false, to: &writer, from: database, captions)
            }
            guard isWritten else { return false }
            last = place
            count += 1
            return true
        }
        guard isWritten else { return nil }
        writer.endArray()
        return RenderedPage(json: writer.finish(), next: hasMore ? last : nil, total: query.counts ? try self.count(in: database) : nil)
    }
}

extension RenderedPage {
    /// A page that was read, written as it is shown.
    init<R: Documented>(_ page: Page<R>) {
        var writer = JSONWriter(reserving: 256 + page.items.count * 1_024)
        writer.beginArray()
        for item in page.items { R.Document.write(item, to: &writer, form: .listItem, selecting: nil) }
        writer.endArray()
        self.init(json: writer.finish(), next: page.next, total: page.total)
    }
}
