package import HTTP

/// Who is told of each request that has been answered: logs and metrics.
package protocol ServerObserver: Sendable {
    /// Called once a request, on the loop's thread, when its answer has been handed on: it must be a matter of microseconds.
    func requestEnded(_ summary: RequestSummary)
}

/// What logs and metrics are told of one request.
package struct RequestSummary: Sendable {
    package let requestID: RequestID
    /// The method as the client sent it, any token: metrics should count the unknown ones as one. `-` when not even that could
    /// be read.
    package let method: String
    /// `Response.route`: the number of the route that answered; nil when none did.
    package let route: Int?
    package let status: Int
    /// Bytes of the head and of the body as far as it was read, chunk framing included.
    package let requestByteCount: Int
    /// Bytes of the head and of the body, as put out; 0 when the client was known to be lost by then.
    package let responseByteCount: Int
    /// How long it took, from the arrival of the head's last byte to the putting out of the answer's last.
    package let nanoseconds: Int64

    package init(
        requestID: RequestID, method: String, route: Int?, status: Int, requestByteCount: Int, responseByteCount: Int, nanoseconds: Int64
    ) {
        self.requestID = requestID
        self.method = method
        self.route = route
        self.status = status
        self.requestByteCount = requestByteCount
        self.responseByteCount = responseByteCount
        self.nanoseconds = nanoseconds
    }
}
