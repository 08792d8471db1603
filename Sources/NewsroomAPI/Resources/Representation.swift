internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

/// One resource as bytes, and the answers that show it.
struct Representation {
    let bytes: [UInt8]
    let tag: EntityTag
    let path: String

    init(bytes: [UInt8], tag: EntityTag, path: String) {
        (self.bytes, self.tag, self.path) = (bytes, tag, path)
    }

    /// - Parameter path: where it is found; a reader knows that.
    init(_ rendering: Rendering, path: String = "") {
        self.init(bytes: rendering.json, tag: RepresentationTag.tag(version: rendering.version, rendering.fingerprint), path: path)
    }

    /// 200, to a reader or after a change. Whether a reader has it already is decided when its coding is chosen: the tag depends on that.
    var shown: Response {
        Response(status: .ok, fields: tagged(AnswerFields.json), body: .bytes(bytes), awaitsCoding: true)
    }

    /// 201 with the place of what was made.
    var created: Response {
        var fields = tagged(AnswerFields.json)
        fields.append(HTTPField(name: .location, value: path))
        return Response(status: .created, fields: fields, body: .bytes(bytes), awaitsCoding: true)
    }

    /// `shown` to a reader who takes a rendering as it is.
    static func shownAsItIs(_ rendering: Rendering) -> Response {
        Response(
            sharing: AnswerFields.preparedJSON, tag: RepresentationTag.words(version: rendering.version, rendering.fingerprint),
            body: rendering.json)
    }

    private func tagged(_ fields: HTTPFields) -> HTTPFields { AnswerFields.tagged(fields, tag) }
}

/// The fields that answers with resources carry.
///
/// `private, no-cache`: a client may keep an answer but must ask before it shows it again, since an embargo can be set and a reference's
/// office change at any time; a shared cache keeps nothing. `Vary` names Authorization, because a token shows more and a wrong one is 401,
/// and Accept, which may turn the answer into 406 (RFC 9110 §12.5.5).
enum AnswerFields {
    /// Of an answer that awaits its coding.
    static let json: HTTPFields = [
        .contentType: "application/json", .cacheControl: "private, no-cache", .vary: "Accept, Authorization, Accept-Encoding",
    ]
    static let preparedJSON = PreparedFields(json)
    static let revalidated: HTTPFields = [.cacheControl: "private, no-cache", .vary: "Accept, Authorization"]

    static func tagged(_ fields: HTTPFields, _ tag: EntityTag) -> HTTPFields {
        var fields = fields
        fields.append(HTTPField(name: .eTag, value: tag.description))
        return fields
    }
}
