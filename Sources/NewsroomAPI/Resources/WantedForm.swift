internal import Documents
internal import HTTP
internal import JSON
internal import Newsroom

/// What of a resource a request wants to see.
struct WantedForm<Document: ServedDocument> {
    let selection: FieldSelection?
    let isPretty: Bool
    /// The instant as of which it is wanted; nil: now.
    var asOf: Instant?
    /// The references that are shown as whole resources too; nil: that was not asked for.
    var relations: [Document.R.Relation]?

    /// Whether it is the form that stores keep: all members of now, without line breaks.
    var isUsual: Bool { selection == nil && !isPretty && asOf == nil && relations == nil }

    /// For reading one resource: `fields`, `include`, `as_of` and `pretty`.
    static func ofReading(_ request: Request) throws(Problem) -> WantedForm {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        let form = WantedForm(
            selection: parameters.fields(of: Document.self), isPretty: parameters.flag("pretty"), asOf: parameters.instant("as_of"),
            relations: parameters.relations(of: Document.R.self))
        try parameters.finish(known: ["fields", "include", "as_of", "pretty"])
        return form
    }

    /// For a write, which is answered with the whole resource: `pretty`.
    static func ofWriting(_ request: Request) throws(Problem) -> WantedForm {
        try request.checkAcceptsJSON()
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        let form = WantedForm(selection: nil, isPretty: parameters.flag("pretty"))
        try parameters.finish(known: ["pretty"])
        return form
    }

    func representation(of resource: Document.R, with related: Related? = nil) -> Representation {
        var writer = JSONWriter(pretty: isPretty, reserving: 4_096)
        Document.write(resource, to: &writer, form: .wire, selecting: selection)
        var bytes = writer.finish()
        if let related, let relations { bytes = including(related, Set(relations.map(\.kind)), in: bytes) }
        return Representation(
            bytes: bytes, tag: RepresentationTag.tag(version: resource.record.version, of: bytes),
            path: Document.url(of: resource.record.id))
    }

    /// The document with more members at its end.
    private func including(_ related: Related, _ kinds: Set<Kind>, in document: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(reserving: 4_096)
        writer.beginObject()
        writer.included(related, kinds)
        writer.endObject()
        guard case .object(let own)? = try? JSONReader.read(document, limits: .ofOwnText),
            case .object(let added)? = try? JSONReader.read(writer.finish(), limits: .ofOwnText)
        else { return document }
        return JSONWriter.text(of: .object(JSONObject(own.members + added.members)), pretty: isPretty)
    }
}
