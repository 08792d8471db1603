internal import HTTP

extension Connection {
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
        if loop.outputOwner === self { sendOutput() }
        return unsent.isEmpty
    }

    /// Sends the loop's output as far as the kernel takes it at once; the connection keeps the rest. Never waits.
    func sendOutput() {
        precondition(unsent.isEmpty, "nothing is put out before what came earlier")
        let loop = loop
        loop.outputOwner = nil
        // A task that outlived the loop finds its channel closed.
        if !channel.isOpen { isLost = true }
        if !isLost {
            switch loop.sendOutput(to: channel.number) {
            case .bytes(let count) where count == loop.output.count: break
            case .bytes(let count): keepOutput(from: count)
            case .wouldBlock: keepOutput(from: 0)
            case .lost: isLost = true
            }
        }
        loop.settleOutput()
    }

    /// The buffer itself changes hands: nothing is copied.
    private func keepOutput(from start: Int) {
        swap(&unsent, &loop.output)
        unsentStart = start
    }

    /// Sends what the kernel did not take, at the client's pace but no slower than the limits allow.
    nonisolated(nonsending) func sendUnsent() async -> Bool {
        var window = StallWindow(untaken: untakenByteCount, from: loop.now, service)
        while !isLost {
            switch sendRest() {
            case .bytes(let count):
                unsentStart += count
                guard unsentStart == unsent.count else { continue }
                unsent = []
                unsentStart = 0
                return true
            case .wouldBlock:
                let waited = await channel.writable(until: window.end)
                // A reset, so that the kernel too gives up what it holds for the client.
                if waited == .cut || loop.now >= window.end && !window.renew(untaken: untakenByteCount, at: loop.now) { abort() }
            case .lost:
                isLost = true
            }
        }
        unsent = []
        unsentStart = 0
        return false
    }

    private func sendRest() -> WriteOutcome {
        unsent.withUnsafeBytes { bytes in
            loop.calls.send(channel.number, from: UnsafeRawBufferPointer(rebasing: bytes[unsentStart...]))
        }
    }

    /// How much of what was put out the client has not taken, whether it is here or in the kernel.
    private var untakenByteCount: Int { unsent.count - unsentStart + channel.untakenByteCount }

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
