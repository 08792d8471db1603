package import Addresses
package import HTTPTypes

/// One HTTP request: its head, and the body that the handler may read.
///
/// A value made by the connection from a parsed head (RFC 9112 §3). It is valid for the time of one call of a `Responder`.
package struct Request: Sendable {
    package let head: RequestHead
    /// What logs and problems call this request: the client's `X-Request-ID` when it is a token of at most 64 characters, else a new one.
    package let id: RequestID
    package let body: RequestBody
    /// Where it comes from; nil where nobody needs to know: it shows no credentials.
    package let client: NetworkAddress?

    package init(head: RequestHead, id: RequestID, body: RequestBody = .none, client: NetworkAddress? = nil) {
        self.head = head
        self.id = id
        self.body = body
        self.client = client
    }

    // Copies of parts of the head. What is asked for every request looks into the head itself, which costs no reference.
    package var method: HTTPRequest.Method { head.method }
    package var target: RequestTarget { head.target }
    package var fields: RequestFields { head.fields }
}

/// The head of a request, checked: what a `RequestParser` lets through (RFC 9112 §2 to §9).
///
/// A class, since a request is handed through a dozen functions: to pass it on costs one reference and not one for each of its parts.
package final class RequestHead: Sendable {
    package let method: HTTPRequest.Method
    package let target: RequestTarget
    package let version: HTTPVersion
    /// The field lines in the order received. Names are tokens, values hold no CR, LF or NUL, and `Host` is there exactly once in HTTP/1.1.
    package let fields: RequestFields
    package let framing: BodyFraming
    /// Whether the connection may carry another request after this one (RFC 9112 §9.3).
    package let keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    package let expectsContinue: Bool

    package init(
        method: HTTPRequest.Method, target: RequestTarget, version: HTTPVersion = .http11, fields: RequestFields = [:],
        framing: BodyFraming = .none, keepsAlive: Bool = true, expectsContinue: Bool = false
    ) {
        self.method = method
        self.target = target
        self.version = version
        self.fields = fields
        self.framing = framing
        self.keepsAlive = keepsAlive
        self.expectsContinue = expectsContinue
    }
}

/// The two versions that are spoken (RFC 9112 §2.3). Any other major version is refused with 505.
package enum HTTPVersion: Sendable, Equatable {
    case http10, http11
}

/// How the end of a request's body is found (RFC 9112 §6.3).
package enum BodyFraming: Sendable, Equatable {
    case none
    case length(Int)
    case chunked
}

extension RequestHead {
    /// What the client calls this request: its `X-Request-ID`, when there is one, and it is a token of at most 64 characters.
    package var requestID: RequestID? {
        guard fields.contains(.xRequestID) else { return nil }
        let ids = fields[values: .xRequestID]
        return ids.count == 1 ? RequestID(ids[0]) : nil
    }
}
