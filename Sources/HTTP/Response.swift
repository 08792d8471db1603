package import HTTPTypes

/// One HTTP response: status, fields and body. The serializer adds `Date`, `X-Request-ID`, `Content-Length` or `Transfer-Encoding`, and
/// `Connection`.
///
/// A value whose parts are in one object behind it: to pass an answer on, from where it is kept to where it is sent, costs one reference
/// and not one for each part.
package struct Response: Sendable {
    private var box: Box
    /// Fields that are sent beside `fields`. A name that is in both is a list over two lines (RFC 9110 §5.3).
    package var additional: PreparedFields?
    /// The number of the route that answered, counted by patterns from 0: for logs and metrics, which never see the raw path. Nil when
    /// none did.
    package var route: Int?

    package init(
        status: HTTPResponse.Status, fields: HTTPFields = [:], body: ResponseBody = .none, route: Int? = nil, awaitsCoding: Bool = false
    ) {
        box = Box(Parts(status: status, head: .own(fields), body: body, awaitsCoding: awaitsCoding))
        self.route = route
    }

    /// An answer of 200 that is not to be coded, with fields that others have too and a strong tag of its own: its lines are put together
    /// when they are sent, which costs a tenth of making fields.
    package init(sharing fields: PreparedFields, tag: VersionTag, body: [UInt8]) {
        box = Box(Parts(status: .ok, head: .shared(fields, tag), body: .bytes(body), isCodingSettled: true, awaitsCoding: false))
    }

    package var status: HTTPResponse.Status {
        get { box.parts.status }
        set { parts.status = newValue }
    }

    package var fields: HTTPFields {
        get { box.parts.fields }
        set { parts.fields = newValue }
    }

    package var body: ResponseBody {
        get { box.parts.body }
        set { parts.body = newValue }
    }

    /// Whether nothing is to be decided about the body's coding any more: it was chosen, or the body is too small for any.
    package var isCodingSettled: Bool {
        get { box.parts.isCodingSettled }
        set { parts.isCodingSettled = newValue }
    }

    /// Whether its fields are known to be those of an answer of a type that shrinks, that is not coded yet, and whose `Vary` names
    /// Accept-Encoding: then nobody needs to look.
    package var awaitsCoding: Bool {
        get { box.parts.awaitsCoding }
        set { parts.awaitsCoding = newValue }
    }

    /// The field lines with `Content-Length` and the empty line, where they were made beforehand; nil: made when they are sent.
    var lines: [UInt8]? { box.parts.lines }

    /// The fields that it shares with others, and its tag, where it has no others.
    var shared: (fields: PreparedFields, tag: VersionTag)? {
        guard case .shared(let fields, let tag) = box.parts.head else { return nil }
        return (fields, tag)
    }

    /// The same response with its field lines made, if all of its body is there: for one that is given many times.
    package func prepared() -> Response {
        if case .stream = body { return self }
        var response = self
        response.parts.lines = ResponseSerializer.lines(of: self)
        return response
    }

    private struct Parts: Sendable {
        var status: HTTPResponse.Status
        var head: Head { didSet { lines = nil } }
        var body: ResponseBody { didSet { lines = nil } }
        var lines: [UInt8]?
        var isCodingSettled = false
        var awaitsCoding = false

        enum Head {
            case own(HTTPFields)
            case shared(PreparedFields, VersionTag)
        }

        var fields: HTTPFields {
            get {
                switch head {
                case .own(let fields): return fields
                case .shared(let shared, let tag):
                    var fields = shared.fields
                    fields.append(HTTPField(name: .eTag, value: tag.entityTag.description))
                    return fields
                }
            }
            set { head = .own(newValue) }
        }
    }

    private final class Box: Sendable {
        let parts: Parts
        init(_ parts: Parts) { self.parts = parts }
    }

    private var parts: Parts {
        get { box.parts }
        set { box = Box(newValue) }
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

    /// Sends what was written and may have been held back, for a producer that is going to wait for more; returns when the system has
    /// taken all of it.
    ///
    /// - Throws: as `write`.
    func flush() async throws(ConnectionLost)
}

/// The client of a streamed response has gone; there is nobody to tell.
package struct ConnectionLost: Error {
    package init() {}
}
