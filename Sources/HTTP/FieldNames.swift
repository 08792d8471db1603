package import HTTPTypes

extension HTTPField.Name {
    /// What this request is called in logs and problems: on requests, and on every answer.
    package static let xRequestID = known("X-Request-ID")
    /// `Host`, whose usual name is hidden in favour of `:authority` of HTTP/2.
    package static let hostField = known("Host")
    package static let idempotencyKey = known("Idempotency-Key")
    package static let lastEventID = known("Last-Event-ID")
    package static let link = known("Link")
    package static let prefer = known("Prefer")
    package static let preferenceApplied = known("Preference-Applied")

    /// A name written in this program.
    package static func known(_ name: String) -> Self {
        guard let name = Self(name) else { preconditionFailure("\(name) is not a field name.") }
        return name
    }
}
