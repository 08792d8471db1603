import JSON
package import Newsroom

/// What the log keeps of a resource that everybody sees, or sees no longer, though it was not written itself.
package struct LoggedVisibility: Sendable {
    /// The id of the resource.
    package let subject: String
    package let version: Int
    package let change: PublicChange

    package init(_ change: PublicChange, of subject: String, version: Int) {
        self.subject = subject
        self.version = version
        self.change = change
    }

    /// `{"subject", "version", "change"}`.
    package var document: [UInt8] {
        var writer = JSONWriter(reserving: 96)
        writer.beginObject()
        writer.member("subject", subject, true)
        writer.name("version")
        writer.integer(Int64(version))
        writer.member("change", change.rawValue, true)
        writer.endObject()
        return writer.finish()
    }
}
