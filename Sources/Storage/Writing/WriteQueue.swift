import Newsroom

/// What waits to be written, and whether anything more is taken.
struct WriteQueue: Sendable {
    private(set) var waiting: [any PendingWrite] = []
    private(set) var isClosing = false
    private(set) var isEnded = false
    /// Who waits for the end.
    private var closers: [UnsafeContinuation<Void, Never>] = []

    private let countMax: Int

    init(countMax: Int) {
        self.countMax = countMax
    }

    mutating func add(_ write: any PendingWrite) throws(StoreError) {
        guard !isClosing else { throw .unavailable("the store is closed") }
        guard waiting.count < countMax else { throw .queueFull }
        waiting.append(write)
    }

    /// The next batch, in the order in which they came.
    mutating func takeBatch(countMax: Int) -> [any PendingWrite] {
        guard waiting.count > countMax else {
            defer { waiting = [] }
            return waiting
        }
        defer { waiting.removeFirst(countMax) }
        return Array(waiting.prefix(countMax))
    }

    /// Takes back what could not be tried, before all that came later.
    mutating func putBack(_ writes: ArraySlice<any PendingWrite>) {
        waiting.insert(contentsOf: writes, at: 0)
    }

    /// Takes no more writes. The closer is told of the end; false when that has come already.
    mutating func close(_ closer: UnsafeContinuation<Void, Never>) -> Bool {
        isClosing = true
        if !isEnded { closers.append(closer) }
        return !isEnded
    }

    /// Who is to be told of the end.
    mutating func end() -> [UnsafeContinuation<Void, Never>] {
        isClosing = true
        isEnded = true
        defer { closers = [] }
        return closers
    }
}
