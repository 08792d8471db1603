internal import HTTPTypes

extension Response {
    /// The strong tag of its ETag; nil when it has none.
    package var tag: EntityTag? {
        if let shared { return shared.tag.entityTag }
        guard let value = fields[.eTag], value.utf8.count >= 2, value.utf8.first == UInt8(ascii: "\"") else { return nil }
        return EntityTag(String(value.dropFirst().dropLast()))
    }

    /// 304 in place of this answer: the fields of it that a cache needs, and no body (RFC 9110 §15.4.5).
    package var notModified: Response {
        var kept = HTTPFields()
        for name in [HTTPField.Name.cacheControl, .vary, .eTag] {
            if let value = fields[name] { kept.append(HTTPField(name: name, value: value)) }
        }
        var response = Response(status: .notModified, fields: kept, route: route)
        response.isCodingSettled = isCodingSettled
        return response
    }

    /// This answer, or 304 when it is one of 200 to a GET or HEAD and the client has it already (RFC 9110 §13.2.2).
    ///
    /// - Throws: what `Request.alreadyHas` does.
    package func conditional(for request: Request) throws(Problem) -> Response {
        guard status == .ok, request.method == .get || request.method == .head,
            request.head.fields.contains(.ifNoneMatch) || request.head.fields.contains(.ifMatch), try request.alreadyHas(tag)
        else { return self }
        return notModified
    }
}
