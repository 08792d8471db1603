internal import HTTP
internal import HTTPTypes

extension Connection {
    /// Answers what could not be read as a request, or cannot be served, and closes.
    nonisolated(nonsending) func refuse(with problem: Problem) async {
        let began = loop.now
        let id = loop.identifiers.next()
        let response = problem.response(instance: nil, requestID: id)
        // The answer to HEAD has no body, whatever else is wrong (RFC 9110 §9.3.2).
        let method = arrived.withSpan { RequestParser.methodOfRefused($0) }
        guard await makeRoom() else { return }
        let context = ResponseContext(isHead: method == .head, closes: true, requestID: id, opening: loop.opening)
        let byteCount = put(response, context)
        let isSent = await flush()
        report(
            RequestSummary(
                requestID: id, method: method?.rawValue ?? "-", route: nil, status: problem.status.code, requestByteCount: arrived.count,
                responseByteCount: isSent ? byteCount : 0, nanoseconds: loop.readClock() - began,
                client: service.wantsClients ? peerAddress : nil))
        if isSent { await linger() }
    }

    /// Says that nothing more comes, and reads on for a bounded while, so that the client gets to read its answer (RFC 9112 §9.6):
    /// closing a socket with bytes unread sends a reset, at which the client's system may drop what it has received.
    nonisolated(nonsending) func linger() async {
        arrived.removeAll()
        guard await flush(), channel.endOutput() else { return }
        let deadline = loop.now + service.clocks.linger
        var byteCount = 0
        // Past the bound nothing is read any more, but the client still has its time to read.
        while byteCount < service.limits.lingerByteCountMax {
            guard await channel.readable(until: deadline) == .ready else { return }
            switch channel.receive() {
            case .bytes(let count): byteCount += count
            case .wouldBlock: continue
            case .endOfStream, .lost: return
            }
        }
        _ = await channel.rest(until: deadline)
    }

    /// Ends the connection with a reset: there is nobody, or the client must see that something is missing.
    func abort() {
        isLost = true
        channel.resetAtClose()
    }
}
