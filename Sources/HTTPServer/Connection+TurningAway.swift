internal import HTTP

extension Connection {
    /// Tells a client for whom there is no place, and sees it off. Of its request no more is read than the method, for the answer to HEAD
    /// has no body (RFC 9110 §9.3.2).
    nonisolated(nonsending) func turnAway() async {
        await readMethod()
        await refuse(with: .overloaded())
        close()
    }

    /// Reads until the method is known, for a moment at most: the places of those who are turned away are few.
    nonisolated(nonsending) private func readMethod() async {
        let deadline = loop.now + min(Self.patience, service.clocks.linger)
        while !channel.isCut {
            switch channel.receive() {
            case .bytes(let count):
                arrived.append(loop.input[..<count])
                guard arrived.withSpan({ RequestParser.methodMayCome($0) }) else { return }
            case .wouldBlock:
                guard await channel.readable(until: deadline) == .ready else { return }
            case .endOfStream:
                return
            case .lost:
                isLost = true
                return
            }
        }
    }

    /// Most requests come with their connection; who only connects is told so after that.
    private static let patience: Nanoseconds = 100_000_000
}
