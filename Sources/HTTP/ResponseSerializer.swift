import HTTPTypes

/// Turns responses into bytes (RFC 9112 §4 to §7).
///
/// `Date`, `X-Request-ID`, `Content-Length`, `Transfer-Encoding` and `Connection` are its business: those that a handler sets are left out.
package enum ResponseSerializer {
    /// How the client finds the end of an answer's body.
    package enum Framing: Sendable, Equatable {
        /// No body by definition: 1xx, 204 and 304 (RFC 9112 §6.3).
        case none
        case length(Int)
        case chunked
        /// The body ends with the connection, for streams to clients of HTTP/1.0.
        case close
    }

    package static func framing(of response: Response, for version: HTTPVersion) -> Framing {
        switch response.status.code {
        case 100...199, 204, 304: return .none
        default: break
        }
        switch response.body {
        case .none: return .length(0)
        case .bytes(let bytes): return .length(bytes.count)
        case .stream: return version == .http11 ? .chunked : .close
        }
    }

    /// Appends the head. `body(of:for:)` follows it; a streamed body follows as it is made: `ChunkedEncoder` frames its parts when
    /// `framing(of:for:)` is `.chunked`, and with `.close` they are sent as they are, then the connection is closed.
    package static func append(headOf response: Response, to out: inout [UInt8], for context: ResponseContext) {
        if response.status.code == 200 {
            out.append(contentsOf: context.opening)
        } else {
            appendStatusLine(response.status, to: &out)
            out.append(contentsOf: context.opening[usualLine.utf8CodeUnitCount...])
        }
        context.requestID.append(to: &out)
        out.appendLineEnd()
        if let trace = context.trace { out.append(text: trace.responseLine) }
        if let additional = response.additional { out.append(contentsOf: additional.lines) }
        if let lines = response.lines {
            appendConnection(closes: context.closes, to: &out, for: context)
            out.append(contentsOf: lines)
        } else if let shared = response.shared {
            appendConnection(closes: context.closes, to: &out, for: context)
            append(shared.fields, shared.tag, framing(of: response, for: context.version), to: &out)
        } else {
            let framing = framing(of: response, for: context.version)
            appendConnection(closes: context.closes || framing == .close, to: &out, for: context)
            append(response.fields, framing, to: &out)
        }
    }

    /// What stands before the request's id, with the status line of 200, for `ResponseContext.opening`: the date, and what every answer
    /// says to browsers, the socket's own refusals too. Standing here it costs no more than its bytes.
    package static func opening(at date: HTTPDate) -> [UInt8] {
        Array("\(usualLine)Date: \(date)\r\n\(protection)X-Request-ID: ".utf8)
    }

    /// No answer is taken for another type than its own (https://fetch.spec.whatwg.org/#x-content-type-options-header), its page tells
    /// nobody where a reader comes from (https://www.w3.org/TR/referrer-policy/), and pages of other sites cannot embed any
    /// (https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header); what CORS allows goes another way.
    private static var protection: StaticString {
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n"
    }

    private static var usualLine: StaticString { "HTTP/1.1 200 OK\r\n" }

    /// What follows the head in one piece: nothing for HEAD, for statuses without a body, and for streams.
    package static func body(of response: Response, for context: ResponseContext) -> [UInt8] {
        guard !context.isHead, case .bytes(let bytes) = response.body else { return [] }
        return framing(of: response, for: context.version) == .none ? [] : bytes
    }

    /// What tells a client that waits for it to send its body (RFC 9110 §15.2.1).
    package static var continueHead: [UInt8] { Array("HTTP/1.1 100 Continue\r\n\r\n".utf8) }

    /// All lines that do not depend on the request, and the empty line.
    static func lines(of response: Response) -> [UInt8] {
        var lines: [UInt8] = []
        append(response.fields, framing(of: response, for: .http11), to: &lines)
        return lines
    }

    /// The version is always the highest that is spoken (RFC 9110 §2.5).
    private static func appendStatusLine(_ status: HTTPResponse.Status, to out: inout [UInt8]) {
        switch status.code {
        case 201: out.append("HTTP/1.1 201 Created\r\n")
        case 304: out.append("HTTP/1.1 304 Not Modified\r\n")
        case 404: out.append("HTTP/1.1 404 Not Found\r\n")
        default:
            out.append("HTTP/1.1 ")
            out.append(decimal: status.code)
            out.append(.space)
            out.append(text: status.reasonPhrase)
            out.appendLineEnd()
        }
    }

    static func lines(of fields: HTTPFields) -> [UInt8] {
        var lines: [UInt8] = []
        append(fields, to: &lines)
        return lines
    }

    private static func append(_ fields: HTTPFields, to out: inout [UInt8]) {
        for field in fields where !isOwned(field.name) {
            out.append(text: field.name.rawName)
            out.append(UInt8(ascii: ":"))
            out.append(.space)
            // HTTPField holds no CR, LF or NUL, so a value cannot end its line.
            out.append(text: field.value)
            out.appendLineEnd()
        }
    }

    private static func append(_ fields: HTTPFields, _ framing: Framing, to out: inout [UInt8]) {
        append(fields, to: &out)
        append(framing, to: &out)
    }

    private static func append(_ fields: PreparedFields, _ tag: VersionTag, _ framing: Framing, to out: inout [UInt8]) {
        out.append(contentsOf: fields.linesUpToTag)
        tag.append(to: &out)
        out.append("\"\r\n")
        append(framing, to: &out)
    }

    private static func append(_ framing: Framing, to out: inout [UInt8]) {
        switch framing {
        case .none, .close: out.append("\r\n")
        case .length(let byteCount):
            out.append("Content-Length: ")
            out.append(decimal: byteCount)
            out.append("\r\n\r\n")
        case .chunked: out.append("Transfer-Encoding: chunked\r\n\r\n")
        }
    }

    private static func appendConnection(closes: Bool, to out: inout [UInt8], for context: ResponseContext) {
        if closes {
            out.append("Connection: close\r\n")
        } else if context.version == .http10 {
            out.append("Connection: keep-alive\r\n")
        }
    }

    /// Whether this field is written by the serializer alone.
    private static func isOwned(_ name: HTTPField.Name) -> Bool {
        switch name.canonicalName.utf8.count {
        case 4: name == .date
        case 10: name == .connection
        case 12: name == .xRequestID
        case 14: name == .contentLength
        case 17: name == .transferEncoding
        default: false
        }
    }
}
