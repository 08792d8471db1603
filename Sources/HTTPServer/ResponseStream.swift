internal import HTTP

/// Where a handler's streamed answer goes: framed, collected for as long as the handler goes on without waiting, and held back when the
/// client is slow.
///
/// - Invariant: but for `loop`, touched on the loop's thread alone. That is what makes `@unchecked Sendable` sound.
final class ResponseStream: ResponseBodySink, @unchecked Sendable {
    private let loop: EventLoop
    /// Nil when the answer is over.
    private var connection: Connection?
    private let isChunked: Bool
    /// Bytes put out so far, framing included.
    private(set) var byteCount = 0
    /// How much has been put out since the client last took everything.
    private var heldByteCount = 0
    private var progress = StreamProgress()
    private let stall: Nanoseconds

    init(_ connection: Connection, isChunked: Bool) {
        loop = connection.loop
        self.connection = connection
        self.isChunked = isChunked
        stall = connection.service.clocks.answerStall
    }

    func write(_ bytes: [UInt8]) async throws(ConnectionLost) {
        if loop.isOnThread { return try await put(bytes) }
        try await withTaskExecutorPreference(loop) { () async throws(ConnectionLost) in try await put(bytes) }
    }

    func flush() async throws(ConnectionLost) {
        if loop.isOnThread { return try await send() }
        try await withTaskExecutorPreference(loop) { () async throws(ConnectionLost) in try await send() }
    }

    nonisolated(nonsending) private func send() async throws(ConnectionLost) {
        heldByteCount = 0
        guard let connection, !connection.channel.isCut, await connection.flush() else { throw ConnectionLost() }
        guard !progress.hasStalled(putOut: byteCount, untaken: connection.channel.untakenByteCount, at: loop.now, within: stall) else {
            abort()
            throw ConnectionLost()
        }
    }

    nonisolated(nonsending) private func put(_ bytes: [UInt8]) async throws(ConnectionLost) {
        guard let connection, !connection.channel.isCut, await connection.makeRoom() else { throw ConnectionLost() }
        // A chunk without bytes would be the last one.
        guard !bytes.isEmpty else { return }
        byteCount += connection.put { out in
            if isChunked { ChunkedEncoder.append(bytes, to: &out) } else { out.append(contentsOf: bytes) }
        }
        heldByteCount += bytes.count
        guard heldByteCount >= Self.heldByteCountMax else { return }
        heldByteCount = 0
        guard await connection.flush() else { throw ConnectionLost() }
    }

    /// The producer is done.
    nonisolated(nonsending) func end() async {
        guard let connection, await connection.makeRoom() else { return }
        self.connection = nil
        if isChunked { byteCount += connection.put { ChunkedEncoder.appendEnd(to: &$0) } }
        _ = await connection.flush()
    }

    /// The producer has failed: the connection ends in a way that nobody takes for the end of the body.
    func abort() {
        connection?.abort()
        connection = nil
    }

    /// How much is collected before the client must take it.
    private static let heldByteCountMax = 16_384
}
