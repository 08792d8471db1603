/// What the kernel did not take yet, in order; empty but for slow readers.
struct Unsent {
    private var pieces: [ArraySlice<UInt8>] = []

    var isEmpty: Bool { pieces.isEmpty }
    var byteCount: Int { pieces.reduce(0) { $0 + $1.count } }

    mutating func append(_ piece: ArraySlice<UInt8>) {
        if !piece.isEmpty { pieces.append(piece) }
    }

    /// Sends the first piece, as far as the kernel takes it.
    mutating func send(to channel: Channel) -> WriteOutcome {
        guard let piece = pieces.first else { return .bytes(0) }
        let outcome = piece.withUnsafeBytes { channel.send($0) }
        if case .bytes(let count) = outcome {
            if count == piece.count { pieces.removeFirst() } else { pieces[0] = piece.dropFirst(count) }
        }
        return outcome
    }
}
