package import HTTPTypes

/// One HTTP response: status, fields and body. The serializer adds `Date`, `X-Request-ID`, `Content-Length` or `Transfer-Encoding`, and
/// `Connection`.
package struct Response: Sendable {
    package var status: HTTPResponse.Status
    package var fields: HTTPFields { didSet { lines = nil } }
    package var body: ResponseBody { didSet { lines = nil } }
    /// Fields that are sent beside `fields`. A name that is in both is a list over two lines (RFC 9110 §5.3).
    package var additional: PreparedFields?
    /// The number of the route that answered, counted by patterns from 0: for logs and metrics, which never see the raw path. Nil when
    /// none did.
    package var route: Int?
    /// The field lines with `Content-Length` and the empty line, where they were made beforehand; nil: made when they are sent.
    private(set) var lines: [UInt8]?
    /// Whether nothing is to be decided about the body's coding any more: it was chosen, or the body is too small for any.
    package var isCodingSettled = false

    package init(
        status: HTTPResponse.Status, fields: HTTPFields = [:], body: ResponseBody = .none, route: Int? = nil
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.route = route
    }

    /// The same response with its field lines made, if all of its body is there: for one that is given many times.
    package func prepared() -> Response {
        if case .stream = body { return self }
        var response = self
        response.lines = ResponseSerializer.lines(of: self)
        return response
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
