internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

extension Request {
    /// The document that a write sends: the whole body, as one JSON object.
    ///
    /// - Throws: 415 for another type, 413 for too long a body, 400 `malformed_json` or `json_too_complex` with line and column, 422
    ///   `validation_failed` for JSON that is no object, and what reading the body throws.
    func document(as accepted: [MediaType], limits: APILimits) async throws(Problem) -> JSONObject {
        try checkContentType(accepted)
        let bytes = try await body.collect(upTo: limits.bodyByteCountMax)
        let value: JSONValue
        do {
            value = try JSONReader.read(bytes, limits: JSONLimits(depthMax: limits.depthMax))
        } catch {
            throw Problem(error)
        }
        guard case .object(let object) = value else {
            throw .invalid([MemberFailure(path: "", rule: .wrongType, message: "must be a JSON object")])
        }
        return object
    }

    /// What `If-Match` asks of the stored version: 412 when it is none of those named. `*` asks for nothing.
    ///
    /// Only the versions that the tags begin with are compared, and weak tags count too: a tag that was got with `fields`, or that a proxy
    /// weakened when it compressed the answer, names the same version. A tag without a version at its front never matches.
    /// - Throws: 428 `precondition_required` without the field, 400 `malformed_request` when it holds no list of tags, 501
    ///   `not_implemented` with `If-None-Match`, which must not be passed over on a write (RFC 9110 §13.1.2).
    func precondition() throws(Problem) -> Precondition {
        guard !fields.contains(.ifNoneMatch) else {
            throw Problem(.notImplemented, detail: "If-None-Match has no meaning on a write here.", hint: "Send If-Match alone.")
        }
        switch try EntityTagCondition.read(.ifMatch, from: fields) {
        case .any:
            return .none
        case .tags(let tags):
            return .versions(tags.compactMap { RepresentationTag.version(of: $0) })
        case nil:
            throw Problem(
                .preconditionRequired, detail: "A change must say which version it is made from.",
                hint: "Send the ETag of the resource as you read it in If-Match, or * for whatever it is now.")
        }
    }
}

extension Problem {
    /// What a client is told when its text is not JSON, or more of it than is taken.
    init(_ error: JSONError) {
        self.init(
            error.isLimit ? .jsonTooComplex : .malformedJSON, detail: "The body is not JSON that can be read: \(error.message).",
            extensions: [
                Extension("line", .integer(Int64(error.line))), Extension("column", .integer(Int64(error.column))),
            ])
    }
}
