internal import HTTP

/// What the next bytes of a connection amount to.
enum Arrival {
    case request(RequestHead, byteCount: Int)
    /// To be answered with the problem, and no more wrong than that.
    case faulty(RequestHead, Problem, byteCount: Int)
    /// Tell the client, then close.
    case refusal(Problem)
    /// The client has gone, or been idle for too long: close without a word.
    case end
}

extension Connection {
    /// Whether the next request's head has begun to arrive.
    var headHasBegun: Bool { !arrived.isEmpty && arrived.withSpan { RequestParser.hasBegun($0) } }

    /// Waits for the next request's head: for `idle` until its first byte, then for `headWithin` until its last.
    nonisolated(nonsending) func nextHead() async -> Arrival {
        if !arrived.isEmpty, let arrival = parseArrived() { return arrival }
        if !unsent.isEmpty { _ = await sendUnsent() }
        if isLost { return .end }
        // The first request often comes with the connection: a read is tried before waiting for it.
        var waited = WaitOutcome.ready
        var mustWait = !isFresh
        isFresh = false
        let idleDeadline = loop.now + service.clocks.idle
        var headDeadline = headHasBegun ? loop.now + service.clocks.head : nil
        while true {
            if mustWait {
                arrived.trim()
                channel.isIdle = headDeadline == nil
                waited = await channel.readable(until: headDeadline ?? min(idleDeadline, loop.drain?.idleUntil ?? .never))
                channel.isIdle = false
            }
            mustWait = true
            if waited == .cut { return .end }
            // What is left of an answer goes first, whether it came up in the wait or while the loop's turn was given to others.
            if waited == .interrupted || !unsent.isEmpty {
                guard await sendUnsent() else { return .end }
                continue
            }
            if loop.hasEndedReading { return headDeadline == nil ? .end : .refusal(.unavailable("The server is stopping.")) }
            if waited == .timedOut, headDeadline != nil { return .refusal(.requestTimeout()) }
            switch channel.receive() {
            case .bytes(let count):
                beginTurn()
                if let arrival = parse(received: count) { return arrival }
                if headDeadline == nil, headHasBegun { headDeadline = loop.now + service.clocks.head }
            case .wouldBlock:
                // An idle connection is closed only after a last look, since a request may have come in the meantime.
                if waited == .timedOut { return .end }
            case .endOfStream:
                return headDeadline == nil ? .end : .refusal(.malformedRequest("The connection ended within a request head."))
            case .lost:
                isLost = true
                return .end
            }
        }
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
        let outcome = RequestParser.parse(bytes.span, limits: service.limits.head, searched: &searchedByteCount)
        arrived.append(received[outcome.byteCount...])
        return arrival(outcome)
    }

    private func parseArrived() -> Arrival? {
        let outcome = arrived.withSpan { RequestParser.parse($0, limits: service.limits.head, searched: &searchedByteCount) }
        arrived.consume(outcome.byteCount)
        return arrival(outcome)
    }

    private func arrival(_ outcome: consuming ParseOutcome) -> Arrival? {
        if outcome.byteCount > 0 { searchedByteCount = 0 }
        return switch outcome {
        case .incomplete: nil
        case .request(let head, let byteCount): .request(head, byteCount: byteCount)
        case .faulty(let head, let problem, let byteCount): .faulty(head, problem, byteCount: byteCount)
        case .refusal(let problem): .refusal(problem)
        }
    }
}
