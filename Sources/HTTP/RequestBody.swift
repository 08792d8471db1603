/// The body of a request, read at the handler's pace: nothing is read from the socket until it asks.
package enum RequestBody: Sendable {
    case none
    /// A body that is already in memory, for requests that did not come through a socket.
    case bytes([UInt8])
    /// A body that still comes over the connection; `byteCount` is what Content-Length says, nil when chunked.
    case stream(any RequestBodySource, byteCount: Int?)

    /// The whole body in memory.
    ///
    /// - Parameter byteCountMax: the most that is taken, in bytes.
    /// - Throws: 413 `body_too_large` when there is more, before reading where Content-Length tells; and what the source throws.
    package func collect(upTo byteCountMax: Int) async throws(Problem) -> [UInt8] {
        switch self {
        case .none:
            return []
        case .bytes(let bytes):
            guard bytes.count <= byteCountMax else { throw .bodyTooLarge(byteCountMax: byteCountMax) }
            return bytes
        case .stream(let source, let byteCount):
            guard byteCount ?? 0 <= byteCountMax else { throw .bodyTooLarge(byteCountMax: byteCountMax) }
            var whole: [UInt8] = []
            whole.reserveCapacity(byteCount ?? 0)
            while let part = try await source.next() {
                guard whole.count + part.count <= byteCountMax else { throw .bodyTooLarge(byteCountMax: byteCountMax) }
                whole.append(contentsOf: part)
            }
            return whole
        }
    }
}

/// Where a streamed request body comes from. One reader, which asks for the next part when it has done with the last.
package protocol RequestBodySource: AnyObject, Sendable {
    /// The next bytes of the body (at least one), or nil at its end.
    ///
    /// The first call sends `100 Continue` if the client waits for it.
    /// - Throws: 400 `malformed_body` for broken chunks or an early end, 408 `body_timeout` for a sender that is too slow.
    func next() async throws(Problem) -> [UInt8]?
}
