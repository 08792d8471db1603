/// Who is told of each request that has been answered: logs and metrics.
package protocol ServerObserver: Sendable {
    /// Called once a request, on the loop's thread, when its answer has been handed on: it must be a matter of microseconds.
    func requestEnded(_ summary: RequestSummary)
}

/// What logs and metrics are told of one request.
package struct RequestSummary: Sendable {
    package let requestID: String
    /// The method as the client sent it, any token: metrics should count the unknown ones as one. `-` when not even that could
    /// be read.
    package let method: String
    /// The pattern of the route that answered; nil when none did.
    package let route: String?
    package let status: Int
    /// Bytes of the head and of the body as far as it was read, chunk framing included.
    package let requestByteCount: Int
    /// Bytes of the head and of the body, as sent; 0 when the client was lost before it had all.
    package let responseByteCount: Int
    /// From the arrival of the head's last byte to the handing on of the answer's last.
    package let duration: Duration

    package init(
        requestID: String, method: String, route: String?, status: Int, requestByteCount: Int, responseByteCount: Int, duration: Duration
    ) {
        self.requestID = requestID
        self.method = method
        self.route = route
        self.status = status
        self.requestByteCount = requestByteCount
        self.responseByteCount = responseByteCount
        self.duration = duration
    }
}
