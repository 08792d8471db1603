package import Addresses
package import HTTP

/// Who is told of each request that has been answered: logs and metrics.
package protocol ServerObserver: Sendable {
    /// Called once a request, on the loop's thread, when its answer has been handed on: it must be a matter of microseconds.
    func requestEnded(_ summary: RequestSummary)

    /// Whether it wants to know where each request comes from, for which the system has to be asked once a connection.
    var wantsClients: Bool { get }
}

extension ServerObserver {
    package var wantsClients: Bool { false }
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
    /// How much of that the loop did nothing but this, at the end: more than a few milliseconds stall every other connection of the loop.
    package let heldNanoseconds: Int64
    /// Where it comes from, as far as proxies are trusted; nil where the observer does not want to know and no credentials were shown.
    package let client: NetworkAddress?
    /// The trace that it is part of.
    package let trace: TraceContext?

    package init(
        requestID: RequestID, method: String, route: Int?, status: Int, requestByteCount: Int, responseByteCount: Int, nanoseconds: Int64,
        heldNanoseconds: Int64 = 0, client: NetworkAddress? = nil, trace: TraceContext? = nil
    ) {
        self.requestID = requestID
        self.method = method
        self.route = route
        self.status = status
        self.requestByteCount = requestByteCount
        self.responseByteCount = responseByteCount
        self.nanoseconds = nanoseconds
        self.heldNanoseconds = heldNanoseconds
        self.client = client
        self.trace = trace
    }
}
