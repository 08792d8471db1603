internal import HTTP

extension Connection {
    /// Puts out bytes that `write` appends, and then a body that is lent; nothing of earlier answers may be left with the connection.
    /// Returns how many bytes that is.
    @inline(__always)
    func put(body: [UInt8] = [], _ write: (inout [UInt8]) -> Void) -> Int {
        precondition(unsent.isEmpty, "nothing is put out before what came earlier")
        isInOutbox = true
        return loop.outbox.put(for: self, at: loop.now, body: body, isMoreToCome: !arrived.isEmpty, write)
    }

    /// Waits until nothing of earlier answers is left with the connection, so that it never keeps more than one write's worth.
    /// Returns false when the client is lost.
    nonisolated(nonsending) func makeRoom() async -> Bool {
        if unsent.isEmpty { return !isLost }
        return await sendUnsent()
    }

    /// Sends what has been put out, to the last byte that the client takes. Returns false when the client is lost.
    nonisolated(nonsending) func flush() async -> Bool {
        if sendAtOnce() { return !isLost }
        return await sendUnsent()
    }

    /// Sends what has been put out, if the kernel takes it without waiting. Returns false when something is left.
    func sendAtOnce() -> Bool {
        if isInOutbox { loop.sendOutbox() }
        return unsent.isEmpty
    }

    /// Sends what the outbox has for this connection as far as the kernel takes it; keeps the rest. Never waits.
    func sendFromOutbox(_ bytes: [UInt8], _ range: Range<Int>, _ body: [UInt8]) {
        isInOutbox = false
        if isLost { return }
        let sentByteCount = offer(bytes, range, body)
        if sentByteCount == range.count + body.count { return }
        if !isLost {
            if sentByteCount < range.count { unsent.append(ArraySlice(Array(bytes[range.dropFirst(sentByteCount)]))) }
            unsent.append(body.dropFirst(max(0, sentByteCount - range.count)))
            tallyUnsent()
        }
        // Its task may be waiting for the next request; it has to see to this first.
        channel.interruptReading()
    }

    /// Offers bytes and a body to the kernel. Returns how many it took: none where others have to go first.
    private func offer(_ bytes: [UInt8], _ range: Range<Int>, _ body: [UInt8]) -> Int {
        guard unsent.isEmpty else { return 0 }
        let outcome = bytes.withUnsafeBytes { bytes in
            body.withUnsafeBytes { channel.send(UnsafeRawBufferPointer(rebasing: bytes[range]), then: $0) }
        }
        switch outcome {
        case .bytes(let count): return count
        case .wouldBlock: return 0
        case .lost:
            isLost = true
            return 0
        }
    }

    /// Sends what the kernel did not take, at the client's pace but no slower than the limits allow.
    nonisolated(nonsending) func sendUnsent() async -> Bool {
        var window = StallWindow(untaken: untakenByteCount, from: loop.now, service)
        while !isLost {
            switch unsent.send(to: channel) {
            case .bytes:
                tallyUnsent()
                if unsent.isEmpty { return true }
            case .wouldBlock:
                let waited = await channel.writable(until: window.end)
                // A reset, so that the kernel too gives up what it holds for the client.
                if waited == .cut || loop.now >= window.end && !window.renew(untaken: untakenByteCount, at: loop.now) { abort() }
            case .lost:
                isLost = true
            }
        }
        unsent = Unsent()
        tallyUnsent()
        return false
    }

    /// How much of what was put out the client has not taken, whether it is here or in the kernel.
    private var untakenByteCount: Int { unsent.byteCount + channel.untakenByteCount }

    /// The clock of a slow reader: in each stretch of `answerStall` it must take something, and enough. What it takes is seen in the
    /// kernel's buffer, which may be so large that a reader in good health lets us write only once in minutes.
    private struct StallWindow {
        private(set) var end: Moment
        private var untaken: Int
        private let length: Nanoseconds
        private let byteCountMin: Int

        init(untaken: Int, from now: Moment, _ service: Service) {
            self.untaken = untaken
            length = service.clocks.answerStall
            byteCountMin = service.answerByteCountMin
            end = now + length
        }

        /// Begins the next stretch, if enough was taken in this one.
        mutating func renew(untaken now: Int, at moment: Moment) -> Bool {
            defer {
                untaken = now
                end = moment + length
            }
            return untaken - now >= byteCountMin
        }
    }
}
