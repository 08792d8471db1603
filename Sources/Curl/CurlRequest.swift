/// A POST that is to be sent.
package struct CurlRequest: Sendable {
    /// `http` or `https`; anything else fails with `other`.
    package var url: String
    /// Names and values hold no line break.
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]

    package init(url: String, fields: [(name: String, value: String)], body: [UInt8]) {
        self.url = url
        self.fields = fields
        self.body = body
    }
}

/// What came back.
package struct CurlAnswer: Sendable, Equatable {
    package var status: Int
    /// Its beginning, `CurlLimits.keptByteCountMax` at the most.
    package var body: [UInt8]
    /// What Retry-After says, as seconds from now; nil: nothing.
    package var retryAfterSeconds: Int64?
}

/// Why nothing came back that could be told.
package enum CurlError: Error, Sendable, Equatable {
    /// The client may not connect to any of the addresses of the host.
    case addressRefused
    case nameNotFound
    case connectionFailed
    /// No secure connection, or a certificate that is not good.
    case insecure
    case timeout
    case connectionLost
    /// The task was cancelled, or the client closed.
    case cancelled
    /// libcurl's number for it (curl.se/libcurl/c/libcurl-errors.html).
    case other(Int)
}

/// The bounds of a client. None can be switched off.
package struct CurlLimits: Sendable {
    /// For the look-up of the name and the connection, TLS included. Default 5 s.
    package var connectWithin = Duration.seconds(5)
    /// For all of it. Default 15 s.
    package var within = Duration.seconds(15)
    /// How many requests are on their way at a time; the others wait. Default 8.
    package var concurrentCountMax = 8
    /// How much of the body of an answer is kept. Default 1 KiB.
    package var keptByteCountMax = 1_024
    /// How much of it is read; who sends more is cut off, and the answer counts. Default 64 KiB.
    package var readByteCountMax = 64 << 10

    package init() {}
}

/// The address that a socket is to be connected to: the sixteen bytes of an IPv6 address, an IPv4 one in its mapped form.
package struct CurlAddress: Sendable, Equatable {
    package let bytes: [UInt8]
}
