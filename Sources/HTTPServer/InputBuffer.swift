/// Bytes of one connection that have arrived and are not used yet: the rest of a read into the loop's own buffer. Empty, and without
/// memory, while a connection is idle.
struct InputBuffer {
    private var bytes: [UInt8] = []
    private var start = 0

    var count: Int { bytes.count - start }
    var isEmpty: Bool { start == bytes.count }

    func withSpan<Result, Failure>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result {
        try body(bytes.span.extracting(start..<bytes.count))
    }

    mutating func append(_ new: UnsafeMutableBufferPointer<UInt8>.SubSequence) {
        guard !new.isEmpty else { return }
        if start > 0 { moveUp() }
        bytes.append(contentsOf: new)
    }

    /// The next bytes, at most so many.
    mutating func take(atMost byteCount: Int) -> [UInt8] {
        let end = start + min(byteCount, count)
        let taken = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
        consume(end - start)
        return taken
    }

    mutating func consume(_ byteCount: Int) {
        start += byteCount
        if isEmpty { removeAll() }
    }

    /// Keeps at most about twice the memory that the bytes take which are not used yet: before a wait, which may be long.
    mutating func trim() {
        if start > bytes.count / 2 { moveUp() }
    }

    private mutating func moveUp() {
        bytes = Array(bytes[start...])
        start = 0
    }

    /// Gives the memory back as well.
    mutating func removeAll() {
        bytes = []
        start = 0
    }
}
