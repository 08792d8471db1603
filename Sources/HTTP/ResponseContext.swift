/// What the serializer has to know of the request and the connection.
package struct ResponseContext: Sendable {
    /// The version of the request.
    package var version: HTTPVersion
    /// Whether the request was a HEAD: the answer's head is that of GET, its body is not sent (RFC 9110 §9.3.2).
    package var isHead: Bool
    /// Whether the connection ends with this answer.
    package var closes: Bool
    /// `HTTPDate.bytes` of the present second, made once a second.
    package var date: [UInt8]

    package init(version: HTTPVersion = .http11, isHead: Bool = false, closes: Bool = false, date: [UInt8]) {
        self.version = version
        self.isHead = isHead
        self.closes = closes
        self.date = date
    }
}
