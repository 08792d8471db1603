/// Server-sent events as bytes (https://html.spec.whatwg.org/multipage/server-sent-events.html, "Parsing an event stream").
package enum EventStream {
    package static let mediaType = MediaType("text", "event-stream")

    /// An event with data of one line.
    ///
    /// - Parameters:
    ///   - id: what a client that comes back sends as `Last-Event-ID`.
    ///   - data: without line ends.
    package static func append(_ name: StaticString, id: Int64, data: [UInt8], to out: inout [UInt8]) {
        appendID(id, to: &out)
        out.append(contentsOf: "event: ".utf8)
        name.withUTF8Buffer { out.append(contentsOf: $0) }
        out.append(contentsOf: "\ndata: ".utf8)
        out.append(contentsOf: data)
        out.append(contentsOf: "\n\n".utf8)
    }

    /// A place without an event: the client takes it down ("dispatch the event", step 1) and is told of nothing.
    package static func appendPlace(_ id: Int64, to out: inout [UInt8]) {
        appendID(id, to: &out)
        out.append(UInt8(ascii: "\n"))
    }

    /// A line that clients pass over: that the connection lives.
    package static func appendComment(_ text: StaticString = "", to out: inout [UInt8]) {
        out.append(UInt8(ascii: ":"))
        text.withUTF8Buffer { out.append(contentsOf: $0) }
        out.append(contentsOf: "\n".utf8)
    }

    /// After how many milliseconds a client that lost the connection is to come back.
    package static func appendRetry(milliseconds: Int, to out: inout [UInt8]) {
        out.append(contentsOf: "retry: \(milliseconds)\n\n".utf8)
    }

    private static func appendID(_ id: Int64, to out: inout [UInt8]) {
        out.append(contentsOf: "id: \(id)\n".utf8)
    }
}
