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
        let next = NextPage(
            path: "\(Document.url(of: page.id))/revisions", repeated: asked.repeated, limit: asked.query.limit,
            cursor: page.next.map { RevisionCursor.text(of: $0, isDescending: asked.query.isDescending) })
        return next.answer(with: page.items, isPretty: isPretty, reserving: 256) { revision, writer in
            writer.beginObject()
            write(revision, of: page.id, to: &writer)
            writer.endObject()
        }
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
