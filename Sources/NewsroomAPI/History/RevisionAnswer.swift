internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

/// How revisions look on the wire. Who wrote, and what was noted, is for the newsroom alone.
struct RevisionAnswer<Document: ServedDocument> {
    let viewer: Viewer
    let isPretty: Bool

    /// `{"data": [revisions without documents], "page": {"limit", "next"}}`, with the next page also as a link (RFC 8288).
    func list(_ page: RevisionPage<Document.R>, _ asked: RevisionListParameters) -> Response {
        let cursor = page.next.map { RevisionCursor.text(of: $0, isDescending: asked.query.isDescending) }
        var writer = JSONWriter(pretty: isPretty, reserving: 256 + page.items.count * 256)
        writer.beginObject()
        writer.name("data")
        writer.beginArray()
        for revision in page.items {
            writer.beginObject()
            write(revision, of: page.id, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.name("page")
        writer.beginObject()
        writer.name("limit")
        writer.integer(Int64(asked.query.limit))
        writer.name("next")
        if let cursor { writer.string(cursor) } else { writer.null() }
        writer.endObject()
        writer.endObject()
        var fields = AnswerFields.json
        if let cursor {
            let query = (asked.repeated + [(name: "cursor", value: cursor)]).map { item in
                item.value.isEmpty ? item.name : "\(item.name)=\(PercentEncoding.text(of: item.value))"
            }
            let path = "\(Document.url(of: page.id))/revisions?\(query.joined(separator: "&"))"
            fields.append(HTTPField(name: .link, value: "<\(path)>; rel=\"next\""))
        }
        return Response(status: .ok, fields: fields, body: .bytes(writer.finish()))
    }

    /// The members of an entry of the list, and `document`: the whole resource as it was, null for a deletion.
    func version(_ version: PastVersion<Document.R>) -> Response {
        var writer = JSONWriter(pretty: isPretty, reserving: 4_096)
        writer.beginObject()
        write(version.revision, of: version.id, to: &writer)
        writer.name("document")
        if let resource = version.resource {
            Document.write(resource, to: &writer, form: .wire, selecting: nil)
        } else {
            writer.null()
        }
        writer.endObject()
        return tagged(writer.finish(), version.revision.version)
    }

    /// `{"from", "to", "changes": [{"op", "path", "value", "was"}]}`.
    func difference(from old: PastVersion<Document.R>, to new: PastVersion<Document.R>) -> Response {
        let diff = DocumentDiff(from: old.resource, to: new.resource, of: Document.self)
        var writer = JSONWriter(pretty: isPretty, reserving: 1_024)
        writer.beginObject()
        writer.name("from")
        writer.integer(Int64(old.revision.version))
        writer.name("to")
        writer.integer(Int64(new.revision.version))
        writer.name("changes")
        writer.beginArray()
        for operation in diff.operations {
            writer.beginObject()
            writer.name("op")
            writer.string(operation.kind.rawValue)
            writer.name("path")
            writer.string(operation.path)
            if let value = operation.value {
                writer.name("value")
                writer.value(value)
            }
            if let was = operation.was {
                writer.name("was")
                writer.value(was)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return tagged(writer.finish(), new.revision.version)
    }

    private func write(_ revision: Revision, of id: ID<Document.R>, to writer: inout JSONWriter) {
        writer.name("version")
        writer.integer(Int64(revision.version))
        writer.name("operation")
        writer.string(revision.operation.rawValue)
        writer.name("recorded_at")
        writer.string(revision.recordedAt.rfc3339)
        if viewer.isOfNewsroom {
            writer.name("actor")
            writer.string(revision.actor.name)
            writer.name("note")
            if let note = revision.note { writer.string(note) } else { writer.null() }
        }
        writer.name("url")
        writer.string("\(Document.url(of: id))/revisions/\(revision.version)")
    }

    private func tagged(_ bytes: [UInt8], _ version: Int) -> Response {
        let tag = RepresentationTag.tag(version: version, of: bytes)
        return Response(status: .ok, fields: AnswerFields.tagged(AnswerFields.json, tag), body: .bytes(bytes))
    }
}
