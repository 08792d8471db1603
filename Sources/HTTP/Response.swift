package import HTTPTypes

/// One HTTP response: status, fields and body. The serializer adds `Date`, `Content-Length` or `Transfer-Encoding`, and `Connection`.
package struct Response: Sendable {
    package var status: HTTPResponse.Status
    package var fields: HTTPFields
    package var body: ResponseBody
    /// The pattern of the route that answered, such as `/v1/articles/{id}`: for logs and metrics, which never see the raw path.
    package var route: String?
    /// What the answered request is called; the serializer sends it as `X-Request-ID`.
    package var requestID: String?
    /// Whether nothing is to be decided about the body's coding any more: it was chosen, or the body is too small for any.
    package var isCodingSettled = false

    package init(
        status: HTTPResponse.Status, fields: HTTPFields = [:], body: ResponseBody = .none, route: String? = nil,
        requestID: String? = nil
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.route = route
        self.requestID = requestID
    }
}

/// The body of a response.
package enum ResponseBody: Sendable {
    case none
    case bytes([UInt8])
    /// A body that is made while it is sent: chunked in HTTP/1.1, ended by closing in HTTP/1.0. The producer is called once; each
    /// `write` returns when the bytes are on their way, so that a slow reader slows its producer. When it throws, the connection is cut,
    /// so that the client does not take a part for the whole (RFC 9112 §8).
    case stream(@Sendable (any ResponseBodySink) async throws -> Void)
}

/// Where a streamed response body goes.
package protocol ResponseBodySink: AnyObject, Sendable {
    /// Sends some bytes, waiting for the reader as long as the limits allow.
    ///
    /// - Throws: `ConnectionLost` when the client has gone or takes nothing for too long.
    func write(_ bytes: [UInt8]) async throws(ConnectionLost)
}

/// The client of a streamed response has gone; there is nobody to tell.
package struct ConnectionLost: Error {
    package init() {}
}
