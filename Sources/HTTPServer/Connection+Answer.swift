internal import Addresses
internal import HTTP
internal import HTTPTypes

/// One request on its way to its answer.
struct Exchange {
    let request: Request
    /// Where the body comes from, if it is not in memory.
    let source: IncomingBody?
    /// The trace that it is part of.
    let trace: TraceContext?
    /// When the head was complete.
    let began: Moment
    let headByteCount: Int

    /// Bytes of the head, and of the body as far as it was read.
    var receivedByteCount: Int {
        if case .bytes(let bytes) = request.body { return headByteCount + bytes.count }
        return headByteCount + (source?.receivedByteCount ?? 0)
    }
}

extension Connection {
    /// Makes a request of a head: with its body in memory if it is all there, else read from the connection when the handler asks.
    func begin(_ head: RequestHead, byteCount: Int) -> Exchange {
        loop.counters.inFlight.add(1)
        let id = head.requestID ?? loop.identifiers.next()
        var source: IncomingBody?
        let body: RequestBody
        switch head.framing {
        case .none:
            body = .none
        case .length(let byteCount) where byteCount <= arrived.count:
            body = .bytes(arrived.take(atMost: byteCount))
        case .length(let byteCount):
            let incoming = IncomingBody(self, head)
            (source, body) = (incoming, .stream(incoming, byteCount: byteCount))
        case .chunked:
            let incoming = IncomingBody(self, head)
            (source, body) = (incoming, .stream(incoming, byteCount: nil))
        }
        let request = Request(head: head, id: id, body: body, client: client(of: head))
        let trace = head.trace(span: loop.identifiers.nextSpan())
        return Exchange(request: request, source: source, trace: trace, began: loop.now, headByteCount: byteCount)
    }

    /// Where a request comes from, where somebody needs to know: whoever counts wrong tokens, or the log.
    private func client(of head: RequestHead) -> NetworkAddress? {
        guard service.wantsClients || head.fields.contains(.authorization), let peerAddress else { return nil }
        return service.proxies.client(of: head.fields, from: peerAddress)
    }

    /// What is said in place of a large answer while too much waits for slow readers already, each of whom may hold one for long.
    func affordable(_ response: Response, _ exchange: Exchange) -> Response {
        guard case .bytes(let bytes) = response.body, bytes.count > Self.affordableByteCount else { return response }
        var refusal = Problem.unreadAnswers().response(instance: nil, requestID: exchange.request.id)
        refusal.route = response.route
        refusal.additional = response.additional
        return refusal
    }

    private static let affordableByteCount = 65_536

    /// Answers if nothing has to be waited for, which is the rule. Returns false, having done nothing, when something has.
    func answerAtOnce(_ response: Response, _ exchange: Exchange) -> Bool {
        guard exchange.source == nil, ending(after: exchange) == .keepAlive, unsent.isEmpty, !isLost, !channel.isCut else { return false }
        if case .stream = response.body { return false }
        let byteCount = put(response, to: exchange, closes: false)
        report(response, exchange, byteCount: byteCount)
        if loop.outbox.isDue(at: loop.now, byteCountMax: service.limits.coalescedByteCountMax) { loop.sendOutbox() }
        return true
    }

    /// Answers one request, at the client's pace. Returns whether the connection may carry another.
    nonisolated(nonsending) func answer(_ response: Response, _ exchange: Exchange) async -> Bool {
        let head = exchange.request.head
        // Who makes a body while it is sent may still read the request's.
        if case .stream = response.body {} else { exchange.source?.passOverArrived() }
        var ending = ending(after: exchange)
        var byteCount = 0
        if await makeRoom() {
            let framing = ResponseSerializer.framing(of: response, for: head.version)
            if framing == .close { ending = .close }
            byteCount = put(response, to: exchange, closes: ending != .keepAlive)
            if case .stream(let produce) = response.body, framing != .none, head.method != .head {
                exchange.source?.withholdContinue()
                byteCount += await stream(chunked: framing == .chunked, produce)
            }
            _ = await flush()
        }
        report(response, exchange, byteCount: byteCount)
        defer { exchange.source?.detach() }
        return await finish(ending, exchange.source)
    }

    /// Sees to what is left of the request. Returns whether the connection may carry another.
    nonisolated(nonsending) private func finish(_ ending: Ending, _ source: IncomingBody?) async -> Bool {
        guard !isLost, !channel.isCut else { return false }
        switch ending {
        case .keepAlive:
            guard let source, !source.isAtEnd else { return true }
            if await source.discard(upTo: service.limits.lingerByteCountMax) { return true }
            await linger()
        case .close:
            // Closing with bytes unread would send a reset, which may wipe out the answer on its way.
            if !arrived.isEmpty || source?.isAtEnd == false { await linger() }
        case .linger:
            await linger()
        }
        return false
    }

    /// What becomes of the connection after an answer.
    private enum Ending {
        case keepAlive
        /// The client asked for it, and sends nothing more.
        case close
        /// The server wants it; the client may be sending.
        case linger
    }

    private func ending(after exchange: Exchange) -> Ending {
        if let source = exchange.source, !source.canBeDiscarded(upTo: service.limits.lingerByteCountMax) { return .linger }
        if !exchange.request.head.keepsAlive { return .close }
        // While more has arrived, this is not the last answer, drain or no drain.
        return loop.isDraining && !nextHasBegun(after: exchange) ? .linger : .keepAlive
    }

    /// Whether another request has begun to arrive. Asks the kernel too when nothing is here: what came while the handler worked would be
    /// read only to be thrown away.
    private func nextHasBegun(after exchange: Exchange) -> Bool {
        if arrived.isEmpty, exchange.source?.isAtEnd ?? true, case .bytes(let count) = channel.receive() {
            arrived.append(loop.input[..<count])
        }
        return headHasBegun
    }

    /// Puts an answer out, or its head if the body is streamed. Returns its size in bytes.
    private func put(_ response: Response, to exchange: Exchange, closes: Bool) -> Int {
        let request = exchange.request
        let context = ResponseContext(
            version: request.head.version, isHead: request.method == .head, closes: closes, requestID: request.id, opening: loop.opening,
            trace: exchange.trace)
        return put(response, context)
    }

    func put(_ response: Response, _ context: ResponseContext) -> Int {
        put(body: ResponseSerializer.body(of: response, for: context)) { out in
            ResponseSerializer.append(headOf: response, to: &out, for: context)
        }
    }

    /// Sends a body while it is made: chunked, or up to the end of the connection in HTTP/1.0 (RFC 9112 §6.3). Returns the bytes sent.
    nonisolated(nonsending) private func stream(
        chunked isChunked: Bool, _ produce: @Sendable (any ResponseBodySink) async throws -> Void
    ) async -> Int {
        let stream = ResponseStream(self, isChunked: isChunked)
        do {
            try await produce(stream)
            await stream.end()
        } catch {
            // The client must not take a part for the whole (RFC 9112 §8).
            stream.abort()
        }
        return stream.byteCount
    }

    private func report(_ response: Response, _ exchange: Exchange, byteCount: Int) {
        // The clock was read last when the request's head came, when another request ended, or when the loop waited for either.
        let heldSince = loop.now
        let ended = loop.readClock()
        report(
            RequestSummary(
                requestID: exchange.request.id, method: exchange.request.method.rawValue, route: response.route,
                status: response.status.code, requestByteCount: exchange.receivedByteCount, responseByteCount: isLost ? 0 : byteCount,
                nanoseconds: ended - exchange.began, heldNanoseconds: ended - heldSince, client: exchange.request.client,
                trace: exchange.trace))
    }

    func report(_ summary: RequestSummary) { service.observer.requestEnded(summary) }
}
