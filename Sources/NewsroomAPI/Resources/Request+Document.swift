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
        try await documentWithBody(as: accepted, limits: limits).object
    }

    /// The same, and the bytes that it was read from.
    func documentWithBody(
        as accepted: [MediaType], limits: APILimits
    ) async throws(Problem) -> (object: JSONObject, body: [UInt8]) {
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
        return (object, bytes)
    }

    /// What an action sends: a JSON object, or nothing at all, which says as much as an empty one.
    func actionWithBody(limits: APILimits) async throws(Problem) -> (object: JSONObject, body: [UInt8]) {
        if fields[.contentType] == nil {
            let bytes = try await body.collect(upTo: limits.bodyByteCountMax)
            if bytes.isEmpty { return (JSONObject([]), bytes) }
        }
        return try await documentWithBody(as: [.json], limits: limits)
    }

    /// What `If-Match` and `If-None-Match` ask of the stored version: 412 when it is none of those that the former names, or one of those
    /// that the latter does. `If-Match: *` asks for nothing; `If-None-Match: *` for a resource that is not there, and nothing that is not
    /// there can be changed.
    ///
    /// Only the versions that the tags begin with are compared: a tag that was got with `fields` names the same version. A tag without a
    /// version at its front never matches, nor does a weak one in `If-Match`, which compares strongly (RFC 9110 §13.1.1).
    /// - Throws: 428 `precondition_required` without `If-Match`, 400 `malformed_request` when a field holds no list of tags.
    func precondition() throws(Problem) -> Precondition {
        let excluded = try EntityTagCondition.read(.ifNoneMatch, from: fields)
        if excluded == .any { return .versions([]) }
        guard let wanted = try EntityTagCondition.read(.ifMatch, from: fields) else {
            throw Problem(
                .preconditionRequired, detail: "A change must say which version it is made from.",
                hint: "Send the ETag of the resource as you read it in If-Match, or * for whatever it is now.")
        }
        return Precondition(wanted, excluding: excluded)
    }

    /// Sees to it that the client does not count on a condition where there is no version to compare.
    ///
    /// - Throws: 400 `malformed_request` with `If-Match` or `If-None-Match`, which must not be passed over on a write (RFC 9110 §13.1).
    func checkIsUnconditional() throws(Problem) {
        for name in [HTTPField.Name.ifMatch, .ifNoneMatch] where fields.contains(name) {
            throw .malformedRequest(
                "\(name.rawName) has no meaning here: what is made has no version yet.",
                hint: "Leave it out; a slug or an external id that is taken is 409.")
        }
    }
}

extension Precondition {
    /// What two conditions on tags ask of versions.
    init(_ wanted: EntityTagCondition, excluding excluded: EntityTagCondition? = nil) {
        let others = Precondition.versions(in: excluded)
        switch wanted {
        case .any:
            self = others.isEmpty ? .none : .otherVersions(others)
        case .tags(let tags):
            let strong = tags.filter { !$0.isWeak }
            self = .versions(Precondition.versions(in: .tags(strong)).filter { !others.contains($0) })
        }
    }

    private static func versions(in condition: EntityTagCondition?) -> [Int] {
        guard case .tags(let tags)? = condition else { return [] }
        return tags.compactMap { RepresentationTag.version(of: $0) }
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
