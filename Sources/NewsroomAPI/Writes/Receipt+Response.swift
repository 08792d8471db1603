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
    /// Sees to it that the client does not count on what a write of many transactions cannot promise.
    ///
    /// - Throws: 400 `malformed_request` with `Idempotency-Key` or `Prefer: tx=rollback`.
    func checkIsPlain() throws(Problem) {
        if fields.contains(.idempotencyKey) {
            throw .malformedRequest(
                "Idempotency-Key has no meaning here.", hint: "An import of records with external ids may be repeated as it is.")
        }
        if Preferences(of: fields).isRehearsal {
            throw .malformedRequest("tx=rollback has no meaning here: there is more than one transaction.", hint: "Leave it out.")
        }
    }
}
