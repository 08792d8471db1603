internal import HTTP

/// The body of a request that is still coming: read from the connection when the handler asks for it, and not before.
///
/// A handler may ask from any executor; the work is done on the connection's loop.
///
/// - Invariant: but for `loop`, touched on the loop's thread alone. That is what makes `@unchecked Sendable` sound.
final class IncomingBody: RequestBodySource, @unchecked Sendable {
    private let loop: EventLoop
    /// Nil when the request is over.
    private var connection: Connection?
    private var progress: Progress
    /// Whether the client waits for `100 Continue` (RFC 9110 §10.1.1).
    private var owesContinue: Bool
    private var pace: Pace
    /// Bytes used up, chunk framing included.
    private(set) var receivedByteCount = 0

    private enum Progress {
        case length(remaining: Int)
        case chunked(ChunkedDecoder)
        case ended
        /// Broken or given up: what follows on the connection cannot be told apart.
        case failed
    }

    init(_ connection: Connection, _ head: RequestHead) {
        loop = connection.loop
        self.connection = connection
        pace = Pace(within: connection.service.clocks.bodyGrace, byteCountMin: connection.service.bodyByteCountMin)
        // A client whose body has begun to come does not wait.
        owesContinue = head.expectsContinue && connection.arrived.isEmpty
        progress =
            switch head.framing {
            case .none: .ended
            case .length(let byteCount): .length(remaining: byteCount)
            case .chunked: .chunked(ChunkedDecoder())
            }
    }

    func next() async throws(Problem) -> [UInt8]? {
        if loop.isOnThread { return try await part() }
        return try await withTaskExecutorPreference(loop) { () async throws(Problem) in try await part() }
    }

    var isAtEnd: Bool { if case .ended = progress { true } else { false } }

    /// Whether what is left of the body is known to be so little that it may be read and thrown away, to keep the connection. A client that
    /// waits for `100 Continue` may send the body or not.
    func canBeDiscarded(upTo byteCountMax: Int) -> Bool {
        switch progress {
        case .ended: true
        case .length(let remaining): remaining <= byteCountMax && !owesContinue
        case .chunked, .failed: false
        }
    }

    /// Passes over what has arrived of chunks that nobody reads: with the whole body here, its end is certain. Broken chunks have no end.
    func passOverArrived() {
        guard case .chunked = progress, let connection, !connection.arrived.isEmpty else { return }
        _ = try? takeArrived(from: connection)
    }

    /// Reads on to the end without keeping anything. Returns false when that fails or takes too long.
    nonisolated(nonsending) func discard(upTo byteCountMax: Int) async -> Bool {
        guard let connection else { return false }
        let deadline = loop.now + connection.service.clocks.linger
        var byteCount = 0
        while byteCount <= byteCountMax, loop.now < deadline {
            do throws(Problem) {
                guard let part = try await part(until: deadline) else { return true }
                byteCount += part.count
            } catch {
                return false
            }
        }
        return false
    }

    /// The final answer is on its way: `100 Continue` would be taken for a part of it.
    func withholdContinue() { owesContinue = false }

    /// The request is over; whoever kept the body gets no more.
    func detach() {
        progress = .ended
        connection = nil
    }

    /// The next bytes, from what has arrived or from the socket.
    nonisolated(nonsending) private func part(until deadline: Moment = .never) async throws(Problem) -> [UInt8]? {
        while let connection, !isAtEnd {
            if !connection.arrived.isEmpty, let part = try takeArrived(from: connection) { return part }
            if !isAtEnd { try await receive(connection, until: deadline) }
        }
        return nil
    }

    private func takeArrived(from connection: Connection) throws(Problem) -> [UInt8]? {
        switch progress {
        case .length(let remaining):
            let part = connection.arrived.take(atMost: remaining)
            receivedByteCount += part.count
            progress = part.count == remaining ? .ended : .length(remaining: remaining - part.count)
            return part
        case .chunked(var decoder):
            // Nobody else may see the decoder half-way: it is put back, or the body has failed.
            progress = .failed
            var part: [UInt8] = []
            let (consumed, isAtEnd) = try connection.arrived.withSpan { bytes throws(Problem) in try decoder.decode(bytes, into: &part) }
            connection.arrived.consume(consumed)
            receivedByteCount += consumed
            progress = isAtEnd ? .ended : .chunked(decoder)
            return part.isEmpty ? nil : part
        case .ended:
            return nil
        case .failed:
            throw .malformedBody("The body could not be read to its end.")
        }
    }

    /// Waits for more, by the clock of a slow sender, and reads it. Always waits first, so that a fast sender leaves the other connections
    /// of the loop their turn. What is left of earlier answers goes first: a client may want to have read them before it sends more.
    nonisolated(nonsending) private func receive(_ connection: Connection, until deadline: Moment) async throws(Problem) {
        if case .failed = progress { throw .malformedBody("The body could not be read to its end.") }
        await sendContinue(connection)
        while true {
            guard await connection.makeRoom() else { throw fail(.malformedBody("The connection was lost within the body.")) }
            if loop.hasEndedReading { throw fail(.unavailable("The server is stopping.")) }
            let began = loop.now
            let outcome = await connection.channel.readable(until: min(deadline, began + pace.timeLeft))
            if outcome == .cut { throw fail(.unavailable("The server is stopping.")) }
            var byteCount = 0
            switch connection.channel.receive() {
            case .bytes(let count):
                connection.arrived.append(loop.input[..<count])
                byteCount = count
            case .wouldBlock:
                break
            case .endOfStream:
                throw fail(.malformedBody("The connection ended within the body."))
            case .lost:
                connection.isLost = true
                throw fail(.malformedBody("The connection was lost within the body."))
            }
            guard pace.keeps(afterWaiting: loop.now - began, forByteCount: byteCount), loop.now < deadline else {
                throw fail(.bodyTimeout())
            }
            if byteCount > 0 { return }
        }
    }

    nonisolated(nonsending) private func sendContinue(_ connection: Connection) async {
        guard owesContinue, !loop.hasEndedReading else { return }
        owesContinue = false
        guard await connection.makeRoom() else { return }
        _ = connection.put { $0.append(contentsOf: ResponseSerializer.continueHead) }
        loop.sendOutbox()
    }

    private func fail(_ problem: Problem) -> Problem {
        progress = .failed
        return problem
    }

    /// The clock of a slow sender: in each stretch of time that it is waited for, enough of the body must come. What it sends beyond that
    /// earns it nothing, so that no fast beginning pays for a long silence.
    struct Pace {
        private let length: Nanoseconds
        private let byteCountMin: Int
        private var waited: Nanoseconds = 0
        private var byteCount = 0

        init(within length: Nanoseconds, byteCountMin: Int) {
            self.length = length
            self.byteCountMin = byteCountMin
        }

        /// What is left of the stretch.
        var timeLeft: Nanoseconds { max(0, length - waited) }

        /// Takes note of a wait and of what came of it. Returns false when the stretch is over and too little has come.
        mutating func keeps(afterWaiting time: Nanoseconds, forByteCount count: Int) -> Bool {
            waited += time
            byteCount += count
            guard waited >= length else { return true }
            defer { (waited, byteCount) = (0, 0) }
            return byteCount >= byteCountMin
        }
    }
}
