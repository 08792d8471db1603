/// Cuts bytes that come in pieces into lines, and holds at most one line.
struct LineSplitter {
    /// A line without its end; nil where it was too long to be kept.
    struct Line {
        /// From 1.
        let number: Int
        let bytes: [UInt8]?
    }

    private let lineByteCountMax: Int
    private var pending: [UInt8] = []
    private var isTooLong = false
    private var number = 1

    init(lineByteCountMax: Int) {
        self.lineByteCountMax = lineByteCountMax
    }

    /// The next line that ends in a piece, from a position in it; nil, and what is left kept, where none ends there any more.
    mutating func next(in piece: [UInt8], from position: inout Int) -> Line? {
        guard position < piece.count else { return nil }
        let end = LineSplitter.lineFeed(in: piece.span, from: position)
        keep(piece[position..<(end ?? piece.count)])
        position = end.map { $0 + 1 } ?? piece.count
        return end == nil ? nil : line()
    }

    /// The last line, which nothing ended; nil where there is none.
    mutating func last() -> Line? {
        pending.isEmpty && !isTooLong ? nil : line()
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        if isTooLong || pending.count + bytes.count > lineByteCountMax {
            isTooLong = true
            pending = []
        } else {
            pending.append(contentsOf: bytes)
        }
    }

    private mutating func line() -> Line {
        defer {
            pending.removeAll(keepingCapacity: pending.capacity <= 65_536)
            isTooLong = false
            number += 1
        }
        guard !isTooLong else { return Line(number: number, bytes: nil) }
        if pending.last == UInt8(ascii: "\r") { pending.removeLast() }
        // What some editors put before a text in UTF-8.
        if number == 1 && pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        return Line(number: number, bytes: pending)
    }

    private static func lineFeed(in bytes: Span<UInt8>, from start: Int) -> Int? {
        for index in start..<bytes.count where bytes[index] == UInt8(ascii: "\n") { return index }
        return nil
    }
}
