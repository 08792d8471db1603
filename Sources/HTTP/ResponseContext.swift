/// What the serializer has to know of the request and the connection.
package struct ResponseContext: Sendable {
    /// The version of the request.
    package var version: HTTPVersion
    /// Whether the request was a HEAD: the answer's head is that of GET, its body is not sent (RFC 9110 §9.3.2).
    package var isHead: Bool
    /// Whether the connection ends with this answer.
    package var closes: Bool
    /// What the request is called.
    package var requestID: RequestID
    /// What all answers of 200 of the present second begin with: `ResponseSerializer.opening(at:)`, made once a second.
    package var opening: [UInt8]
    /// The trace that the request is part of.
    package var trace: TraceContext?

    package init(
        version: HTTPVersion = .http11, isHead: Bool = false, closes: Bool = false, requestID: RequestID, opening: [UInt8],
        trace: TraceContext? = nil
    ) {
        self.version = version
        self.isHead = isHead
        self.closes = closes
        self.requestID = requestID
        self.opening = opening
        self.trace = trace
    }
}
