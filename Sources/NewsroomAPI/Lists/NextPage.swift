internal import HTTP
internal import HTTPTypes
internal import JSON

/// How a list that comes page by page goes on: said in the body, and as a link (RFC 8288).
struct NextPage {
    let path: String
    /// What the link to the next page repeats: all parameters but the cursor.
    let repeated: [Parameters.Item]
    let limit: Int
    /// Where the next page begins; nil at the end.
    let cursor: String?
    /// The parameter that says it.
    var cursorName = "cursor"

    /// `{…, "data": […], "page": {"limit", "next"}}`, with the next page also as a link.
    ///
    /// - Parameters:
    ///   - byteCount: of an item, about.
    ///   - begin: writes the members before `data`.
    func answer<Item>(
        with items: [Item], isPretty: Bool, reserving byteCount: Int, beginning begin: (inout JSONWriter) -> Void = { _ in },
        _ write: (Item, inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter(pretty: isPretty, reserving: 256 + items.count * byteCount)
        writer.beginObject()
        begin(&writer)
        writer.name("data")
        writer.beginArray()
        for item in items { write(item, &writer) }
        writer.endArray()
        writer.name("page")
        writer.beginObject()
        writer.name("limit")
        writer.integer(Int64(limit))
        writer.name("next")
        if let cursor { writer.string(cursor) } else { writer.null() }
        writer.endObject()
        writer.endObject()
        var fields = AnswerFields.json
        addLink(to: &fields)
        return Response(status: .ok, fields: fields, body: .bytes(writer.finish()), awaitsCoding: true)
    }

    /// Adds the link, where there is a next page.
    func addLink(to fields: inout HTTPFields) {
        guard let cursor else { return }
        let items = (repeated + [(name: cursorName, value: cursor)]).map { item in
            item.value.isEmpty
                ? PercentEncoding.text(of: item.name)
                : "\(PercentEncoding.text(of: item.name))=\(PercentEncoding.text(of: item.value))"
        }
        fields.append(HTTPField(name: .link, value: "<\(path)?\(items.joined(separator: "&"))>; rel=\"next\""))
    }
}
