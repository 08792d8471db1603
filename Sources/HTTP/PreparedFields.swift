package import HTTPTypes

/// Fields whose lines are made once, to be sent with answers of all kinds: what depends on who asks, and not on what is answered.
package final class PreparedFields: Sendable {
    package let fields: HTTPFields
    let lines: [UInt8]
    /// With the beginning of one for an ETag, up to its first quote.
    let linesUpToTag: [UInt8]

    package init(_ fields: HTTPFields) {
        self.fields = fields
        lines = ResponseSerializer.lines(of: fields)
        linesUpToTag = lines + Array("ETag: \"".utf8)
    }
}
