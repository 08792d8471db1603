package import HTTPTypes

extension Request {
    /// What the client calls a write that it may repeat: 1 to 255 visible ASCII characters, bare or as a quoted string, as the draft of the
    /// field has it (draft-ietf-httpapi-idempotency-key-header §2.1). Both forms are one key. Nil without the field.
    ///
    /// - Throws: 400 `malformed_request` for anything else: a key that is passed over would promise what is not kept.
    package func idempotencyKey() throws(Problem) -> String? {
        guard let value = fields[.idempotencyKey] else { return nil }
        var key = value
        if value.utf8.first == UInt8(ascii: "\"") {
            var scanner = FieldScanner(value)
            key = scanner.quotedString() ?? ""
            if !scanner.isAtEnd { key = "" }
        }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw .malformedRequest(
                "Idempotency-Key is not 1 to 255 visible ASCII characters.", hint: "A random UUID for each new write serves well.")
        }
        return key
    }
}

extension HTTPField.Name {
    package static let idempotencyKey = known("Idempotency-Key")
    /// On an answer that an earlier request with the same key got, and that is given once more.
    package static let idempotentReplayed = known("Idempotent-Replayed")
}
