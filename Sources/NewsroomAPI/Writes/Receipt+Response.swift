internal import HTTP
internal import HTTPTypes
internal import Newsroom

extension Receipt {
    /// An answer whose body is in memory, as it is kept.
    init(_ response: Response) {
        let body: [UInt8] = if case .bytes(let bytes) = response.body { bytes } else { [] }
        self.init(
            status: response.status.code, fields: response.fields.map { Field(name: $0.name.rawName, value: $0.value) }, body: body)
    }
}

extension Response {
    /// The answer that was kept. One that is given once more says so.
    init(_ receipt: Receipt, isRepeated: Bool) {
        var fields = HTTPFields()
        for field in receipt.fields {
            if let name = HTTPField.Name(field.name) { fields.append(HTTPField(name: name, value: field.value)) }
        }
        if isRepeated { fields[.idempotentReplayed] = "true" }
        self.init(
            status: HTTPResponse.Status(code: receipt.status), fields: fields, body: receipt.body.isEmpty ? .none : .bytes(receipt.body))
    }
}

extension Request {
    /// The name of a POST, and all that is asked for under it; nil where it has none.
    ///
    /// - Throws: 400 for a malformed key.
    func idempotencyKey(with body: [UInt8]) throws(Problem) -> IdempotencyKey? {
        guard let text = try idempotencyKey() else { return nil }
        return IdempotencyKey(text: text, request: [Array(method.rawValue.utf8), Array(target.bytes[..<target.end]), body])
    }

    /// Sees to it that the client does not count on what only a write of one transaction can promise.
    ///
    /// - Parameter repeating: what comes of sending the request once more, for the hint.
    /// - Throws: 400 `malformed_request` with `Idempotency-Key` or `Prefer: tx=rollback`.
    func checkIsPlain(repeating: String) throws(Problem) {
        if fields.contains(.idempotencyKey) { throw .malformedRequest("Idempotency-Key has no meaning here.", hint: repeating) }
        if Preferences(of: fields).isRehearsal {
            throw .malformedRequest("tx=rollback has no meaning here: this is no single write.", hint: "Leave it out.")
        }
    }
}
