package import HTTPTypes

/// Fields whose lines are made once, to be sent with answers of all kinds: what depends on who asks, and not on what is answered.
package final class PreparedFields: Sendable {
    package let fields: HTTPFields
    let lines: [UInt8]

    package init(_ fields: HTTPFields) {
        self.fields = fields
        lines = ResponseSerializer.lines(of: fields)
    }
}
