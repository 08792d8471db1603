package import JSON
package import Newsroom

extension ArticleQuotes {
    /// `{"article", "version", "data": [{"id", "form", "text", "status", "speaker", "anchor", "verbatim"}], "complete"}`; an anchor is
    /// `{"state", "start", "end"}`, in Unicode scalars of the body.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("article")
        writer.id(article)
        writer.name("version")
        writer.integer(Int64(version))
        writer.name("data")
        writer.beginArray()
        for quote in quotes { writer.quote(quote) }
        writer.endArray()
        writer.name("complete")
        writer.bool(isComplete)
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func quote(_ quote: ArticleQuote) {
        beginObject()
        name("id")
        id(quote.statement)
        member("form", quote.form.rawValue, true)
        member("text", quote.text, true)
        member("status", quote.status.rawValue, true)
        member("speaker", quote.speaker, true)
        name("anchor")
        if let state = quote.anchor {
            beginObject()
            member("state", state.rawValue, true)
            for (name, place) in [("start", quote.stretch?.start), ("end", quote.stretch?.end)] {
                self.name(name)
                if let place { integer(Int64(place)) } else { null() }
            }
            endObject()
        } else {
            null()
        }
        name("verbatim")
        if let isVerbatim = quote.isVerbatim { bool(isVerbatim) } else { null() }
        endObject()
    }
}
