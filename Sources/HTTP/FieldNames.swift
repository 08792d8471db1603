package import HTTPTypes

extension HTTPField.Name {
    /// What this request is called in logs and problems: on requests, and on every answer.
    package static let xRequestID = known("X-Request-ID")
    package static let link = known("Link")

    /// A name written in this program.
    package static func known(_ name: String) -> Self {
        guard let name = Self(name) else { preconditionFailure("\(name) is not a field name.") }
        return name
    }
}
