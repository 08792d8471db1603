package import JSON
package import Newsroom

extension TimelineEntry {
    /// `{"kind", "at", "clocks": {…}}`, and what it is: `event` and `transition`, a `statement`, or an `article`.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kind", kind.rawValue, true)
        writer.moment("at", at)
        writer.name("clocks")
        writer.beginObject()
        for clock in TimelineClock.allCases { writer.moment(clock.rawValue, clocks[clock]) }
        writer.endObject()
        switch content {
        case .transition(let transition, let event, let captions):
            writer.name("event")
            writer.reference(Reference<Event>.id(event), captions, .wire)
            writer.name("transition")
            writer.transition(transition, captions, .wire)
        case .statement(let statement):
            writer.name("statement")
            StatementDocument.write(statement, to: &writer, form: .listItem)
        case .publication(let publication):
            writer.name("article")
            publication.write(to: &writer)
        }
        writer.endObject()
    }
}

extension JSONWriter {
    /// A window may begin in a year in which no instant can be written.
    fileprivate mutating func moment(_ name: String, _ moment: Instant?) {
        self.name(name)
        if let moment, moment.isWritten { instant(moment) } else { null() }
    }
}

extension Publication {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("id")
        writer.id(article)
        writer.member("slug", slug.text, true)
        writer.name("url")
        writer.url(ofID: article.bytes.span, .article)
        writer.member("headline", headline, true)
        writer.member("type", type.rawValue, true)
        writer.member("section", section, true)
        writer.member("status", status.rawValue, true)
        writer.name("first_published_at")
        writer.instant(firstPublishedAt)
        writer.name("published_at")
        if let publishedAt { writer.instant(publishedAt) } else { writer.null() }
        writer.endObject()
    }
}
