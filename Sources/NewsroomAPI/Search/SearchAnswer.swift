internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

extension SearchParameters {
    /// `{"data": […], "page": {"limit", "next", "total"}, "understood": {…}, "facets": {…}, "index": {…}}`.
    func answer(with page: SearchPage) -> Response {
        let cursor = page.next.map { SearchCursor.text(of: $0, in: query) }
        var writer = JSONWriter(pretty: isPretty, reserving: 512 + page.hits.count * 768)
        writer.beginObject()
        writer.name("data")
        writer.beginArray()
        for hit in page.hits { hit.write(to: &writer, isRanked: query.order == .relevance) }
        writer.endArray()
        writer.name("page")
        write(page, cursor, to: &writer)
        writer.name("understood")
        page.writeUnderstood(to: &writer)
        if !query.facets.isEmpty {
            writer.name("facets")
            writer.beginObject()
            for facet in page.facets { facet.write(to: &writer) }
            writer.endObject()
        }
        writer.name("index")
        writer.beginObject()
        writer.member("seq", page.sequence)
        writer.name("complete")
        writer.bool(page.isIndexComplete)
        writer.endObject()
        writer.endObject()
        var fields = AnswerFields.json
        // Asked again at once it may be whole.
        if !page.isIndexComplete || page.facets.contains(where: { !$0.isComplete }) { fields[.cacheControl] = "no-store" }
        if let cursor { fields.append(HTTPField(name: .link, value: "<\(path(to: cursor))>; rel=\"next\"")) }
        return Response(status: .ok, fields: fields, body: .bytes(writer.finish()))
    }

    private func write(_ page: SearchPage, _ cursor: String?, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("limit", Int64(query.limit))
        writer.name("next")
        if let cursor { writer.string(cursor) } else { writer.null() }
        writer.name("total")
        writer.beginObject()
        writer.member("value", Int64(page.total))
        writer.member("relation", page.isTotalExact ? "eq" : "gte")
        writer.endObject()
        writer.endObject()
    }

    private func path(to cursor: String) -> String {
        let items = repeated + [(name: "cursor", value: cursor)]
        let query = items.map { "\(PercentEncoding.text(of: $0.name))=\(PercentEncoding.text(of: $0.value))" }
        return "/v1/search?\(query.joined(separator: "&"))"
    }
}

extension SuggestParameters {
    /// `{"data": [{"kind", "id", "url", "text", "highlight"}]}`.
    func answer(with suggestions: [Suggestion]) -> Response {
        var writer = JSONWriter(pretty: isPretty, reserving: 64 + suggestions.count * 256)
        writer.beginObject()
        writer.name("data")
        writer.beginArray()
        for suggestion in suggestions {
            writer.beginObject()
            writer.member("kind", suggestion.kind.rawValue)
            writer.member("id", suggestion.id)
            writer.member("url", "/v1/\(suggestion.kind.pathName)/\(suggestion.id)")
            writer.member("text", suggestion.text)
            writer.member("highlight", suggestion.highlight)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return Response(status: .ok, fields: AnswerFields.json, body: .bytes(writer.finish()))
    }
}

extension SearchHit {
    fileprivate func write(to writer: inout JSONWriter, isRanked: Bool) {
        writer.beginObject()
        writer.member("kind", kind.rawValue)
        writer.member("id", id)
        writer.member("url", "/v1/\(kind.pathName)/\(id)")
        writer.member("title", title)
        writer.member("highlight", highlight)
        writer.name("snippet")
        if let snippet { writer.string(snippet) } else { writer.null() }
        if isRanked {
            writer.name("score")
            writer.double(score)
        }
        if let section { writer.member("section", section) }
        if let status { writer.member("status", status) }
        if let publishedAt { writer.member("published_at", publishedAt.rfc3339) }
        writer.member("updated_at", updatedAt.rfc3339)
        writer.endObject()
    }
}

extension SearchPage {
    fileprivate func writeUnderstood(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("q", expression.text)
        write("corrections", corrections, to: &writer)
        write("alternatives", alternatives, to: &writer)
        // Of words beyond the bound, and of beginnings with too many endings, not all was looked for.
        writer.name("complete")
        writer.bool(!expression.isCut && isExpansionComplete)
        writer.endObject()
    }

    private func write(_ name: StaticString, _ corrections: [SearchCorrection], to writer: inout JSONWriter) {
        writer.name(name)
        writer.beginArray()
        for correction in corrections {
            writer.beginObject()
            writer.member("from", correction.from)
            writer.member("to", correction.to)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension FacetCounts {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.name(facet.rawValue)
        writer.beginObject()
        writer.name("values")
        writer.beginArray()
        for value in values {
            writer.beginObject()
            writer.member("value", value.value)
            if let name = value.name { writer.member("name", name) }
            writer.member("count", Int64(value.count))
            writer.endObject()
        }
        writer.endArray()
        writer.name("complete")
        writer.bool(isComplete)
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        string(value)
    }

    fileprivate mutating func member(_ name: StaticString, _ value: Int64) {
        self.name(name)
        integer(value)
    }
}
