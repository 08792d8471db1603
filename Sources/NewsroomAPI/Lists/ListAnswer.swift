internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

extension ListParameters {
    /// The page as `{"data": […], "page": {"limit", "next", "total"}}`, with the next page also as a link (RFC 8288).
    ///
    /// With what was asked for beside it: `included`, `facets`; and where something is looked for, how that went, as searches tell it.
    func answer(with page: Page<Document.R>, _ related: Related?, _ facets: [Facet<Document.R>]?) -> Response {
        answer(reserving: page.items.count * 1_024, next: page.next, total: page.total, related, facets, page.search) { writer in
            writer.beginArray()
            for item in page.items { Document.write(item, to: &writer, form: .listItem, selecting: selection) }
            writer.endArray()
        }
    }

    /// The same of what is rendered already.
    func answer(with page: RenderedPage, _ facets: [Facet<Document.R>]?) -> Response {
        answer(reserving: page.json.count, next: page.next, total: page.total, nil, facets, nil) { $0.raw(page.json) }
    }

    private func answer(
        reserving byteCount: Int, next: Position?, total: Int?, _ related: Related?, _ facets: [Facet<Document.R>]?, _ reach: SearchReach?,
        writingData write: (inout JSONWriter) -> Void
    ) -> Response {
        let cursor = next.map { Cursor.text(of: $0, in: query) }
        var writer = JSONWriter(pretty: isPretty, reserving: 256 + byteCount)
        writer.beginObject()
        writer.name("data")
        write(&writer)
        writer.name("page")
        writePage(cursor, total, to: &writer)
        if let related, let relations { writer.included(related, Set(relations.map(\.kind))) }
        if let facets { writer.facets(facets) }
        if let reach, let expression = query.search { writer.reach(reach, of: expression) }
        writer.endObject()
        var fields = AnswerFields.json
        // Asked again at once it may be whole.
        if reach?.isIndexComplete == false { fields[.cacheControl] = "no-store" }
        NextPage(path: path, repeated: repeated, limit: query.limit, cursor: cursor).addLink(to: &fields)
        return Response(status: .ok, fields: fields, body: .bytes(writer.finish()), awaitsCoding: true)
    }

    private func writePage(_ cursor: String?, _ total: Int?, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("limit")
        writer.integer(Int64(query.limit))
        writer.name("next")
        if let cursor { writer.string(cursor) } else { writer.null() }
        if let total {
            writer.name("total")
            writer.beginObject()
            writer.name("value")
            writer.integer(Int64(total))
            writer.name("relation")
            writer.string("eq")
            writer.endObject()
        }
        writer.endObject()
    }
}
