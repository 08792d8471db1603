internal import HTTP

/// What the next bytes of a connection amount to.
enum Arrival {
    case request(RequestHead, byteCount: Int)
    /// Tell the client, then close.
    case refusal(Problem)
    /// The client has gone, or been idle for too long: close without a word.
    case end
}

extension Connection {
    /// Waits for the next request's head: for `idle` until its first byte, then for `headWithin` until its last.
    nonisolated(nonsending) func nextHead() async -> Arrival {
        if !arrived.isEmpty, let arrival = parseArrived() { return arrival }
        if !sendAtOnce() { _ = await sendUnsent() }
        if isLost { return .end }
        // The first request often comes with the connection: a read is tried before waiting for it.
        var waited = WaitOutcome.ready
        var mustWait = !isFresh
        isFresh = false
        var headDeadline = arrived.isEmpty ? nil : loop.now + service.clocks.head
        while true {
            if mustWait {
                channel.isIdle = headDeadline == nil
                waited = await channel.readable(until: headDeadline ?? idleDeadline)
                channel.isIdle = false
            }
            mustWait = true
            if waited == .cut { return .end }
            if loop.hasEndedReading { return headDeadline == nil ? .end : .refusal(.unavailable("The server is stopping.")) }
            if waited == .timedOut, headDeadline != nil { return .refusal(.requestTimeout()) }
            switch loop.receive(from: channel.number) {
            case .bytes(let count):
                beginTurn()
                if let arrival = parse(received: count) { return arrival }
                if headDeadline == nil { headDeadline = loop.now + service.clocks.head }
            case .wouldBlock:
                // An idle connection is closed only after a last look, since a request may have come in the meantime.
                if waited == .timedOut { return .end }
            case .endOfStream:
                return arrived.isEmpty ? .end : .refusal(.malformedRequest("The connection ended within a request head."))
            case .lost:
                isLost = true
                return .end
            }
        }
    }

    private var idleDeadline: Moment {
        let deadline = loop.now + service.clocks.idle
        guard let drain = loop.drain else { return deadline }
        return min(deadline, drain.idleUntil)
    }

    /// Reads a head straight from the loop's buffer; only what is left over is copied.
    private func parse(received count: Int) -> Arrival? {
        let received = loop.input[..<count]
        guard arrived.isEmpty else {
            arrived.append(received)
            return parseArrived()
        }
        searchedByteCount = 0
        let bytes = UnsafeBufferPointer(rebasing: received)
        switch RequestParser.parse(bytes.span, limits: service.limits.head, searched: &searchedByteCount) {
        case .incomplete:
            arrived.append(received)
            return nil
        case .request(let head, let byteCount):
            arrived.append(received[byteCount...])
            searchedByteCount = 0
            return .request(head, byteCount: byteCount)
        case .refusal(let problem):
            return .refusal(problem)
        }
    }

    private func parseArrived() -> Arrival? {
        switch arrived.withSpan({ RequestParser.parse($0, limits: service.limits.head, searched: &searchedByteCount) }) {
        case .incomplete:
            return nil
        case .request(let head, let byteCount):
            arrived.consume(byteCount)
            searchedByteCount = 0
            return .request(head, byteCount: byteCount)
        case .refusal(let problem):
            return .refusal(problem)
        }
    }
}
