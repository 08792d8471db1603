package import JSON
package import Newsroom

extension DeskSummary {
    /// `{"now", "due": {"data": […], "more"}, …}`: list items of the resources themselves.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("now")
        writer.instant(now)
        writer.section("due", due)
        writer.section("overdue", overdue)
        writer.section("embargoes", embargoes)
        writer.section("needs_review", needsReview) { reviewed, writer in
            switch reviewed {
            case .article(let article): ArticleDocument.write(article, to: &writer, form: .listItem, selecting: nil)
            case .event(let event): EventDocument.write(event, to: &writer, form: .listItem, selecting: nil)
            }
        }
        writer.section("single_source", singleSource)
        writer.section("open_conflicts", openConflicts) { conflict, writer in conflict.write(to: &writer) }
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func section<R: Documented>(_ name: StaticString, _ section: DeskSummary.Section<R>) {
        self.section(name, section) { R.Document.write($0, to: &$1, form: .listItem, selecting: nil) }
    }

    fileprivate mutating func section<Item>(
        _ name: StaticString, _ section: DeskSummary.Section<Item>, _ write: (Item, inout JSONWriter) -> Void
    ) {
        self.name(name)
        beginObject()
        self.name("data")
        beginArray()
        for item in section.items { write(item, &self) }
        endArray()
        self.name("more")
        bool(section.hasMore)
        endObject()
    }
}
