import Documents
import JSON
import Newsroom
import SQLite

// Pages as they are shown.
extension ListPlan {
    func renderedPage(from database: Database, _ showing: Showing) throws(SQLiteError) -> RenderedPage {
        let lead = try lead(in: database)
        if R.hasKeptRenderings, let page = try keptPage(from: database, lead, showing) { return page }
        return RenderedPage(try page(from: database, lead))
    }

    /// From what is kept of the items; nil where one of them is to be read.
    private func keptPage(from database: Database, _ lead: ListLead, _ showing: Showing) throws(SQLiteError) -> RenderedPage? {
        var writer = JSONWriter(reserving: 256 + query.limit * 1_024)
        writer.beginArray()
        var items: [Range<Int>] = []
        var last: Position?
        var hasMore = false
        var isWritten = true
        try each(.places, lead, nil, in: database) { row, place throws(SQLiteError) in
            hasMore = items.count == query.limit || writer.byteCount >= query.byteCountMax
            guard !hasMore else { return false }
            isWritten = try R.writeListItem(row.integer(0), to: &writer, from: database, showing)
            guard isWritten else { return false }
            items.append((items.last?.upperBound ?? 0) + 1..<writer.byteCount)
            last = place
            return true
        }
        guard isWritten else { return nil }
        writer.endArray()
        return RenderedPage(
            json: writer.finish(), items: items, next: hasMore ? last : nil, total: query.counts ? try count(in: database) : nil)
    }
}

extension RenderedPage {
    /// A page that was read, written as it is shown.
    init<R: Documented>(_ page: Page<R>) {
        var writer = JSONWriter(reserving: 256 + page.items.count * 1_024)
        writer.beginArray()
        var items: [Range<Int>] = []
        for item in page.items {
            R.Document.write(item, to: &writer, form: .listItem, selecting: nil)
            items.append((items.last?.upperBound ?? 0) + 1..<writer.byteCount)
        }
        writer.endArray()
        self.init(json: writer.finish(), items: items, next: page.next, total: page.total)
    }
}
