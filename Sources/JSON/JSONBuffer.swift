/// The bytes that a writer has written. Memory of its own rather than an Array, whose every append costs as
/// much as a whole short string.
///
/// There are always `slack` bytes of room behind what was asked for, so that the escaper may store whole words.
struct JSONBuffer: ~Copyable {
    private(set) var count = 0
    private var capacity: Int
    private var start: UnsafeMutablePointer<UInt8>

    private static var slack: Int { 8 }

    init(capacity: Int) {
        self.capacity = max(capacity, 248) + Self.slack
        self.start = .allocate(capacity: self.capacity)
    }

    deinit {
        start.deallocate()
    }

    /// A copy, of the exact size.
    var bytes: [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }

    mutating func removeAll() {
        count = 0
    }

    /// Makes room for that many bytes and the slack.
    @inline(__always)
    private mutating func reserve(_ byteCount: Int) {
        if capacity - count < byteCount + Self.slack { grow(byteCount) }
    }

    @inline(never)
    private mutating func grow(_ byteCount: Int) {
        capacity = max(2 * capacity, count + byteCount + Self.slack)
        let old = start
        start = .allocate(capacity: capacity)
        start.moveInitialize(from: old, count: count)
        old.deallocate()
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.baseAddress else { return }
        reserve(bytes.count)
        (start + count).initialize(from: first, count: bytes.count)
        count += bytes.count
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(quoted bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count + 2)
        append(UInt8(ascii: "\""))
        append(bytes)
        append(UInt8(ascii: "\""))
    }

    mutating func append(lineBreakAndSpaces spaceCount: Int) {
        reserve(1 + spaceCount)
        append(UInt8(ascii: "\n"))
        (start + count).initialize(repeating: UInt8(ascii: " "), count: spaceCount)
        count += spaceCount
    }

    mutating func append(decimal value: Int64) {
        var rest = value.magnitude
        var digitCount = 1
        while rest >= 10 {
            rest /= 10
            digitCount += 1
        }
        reserve(20)
        if value < 0 { append(UInt8(ascii: "-")) }
        rest = value.magnitude
        for place in stride(from: count + digitCount - 1, through: count, by: -1) {
            start[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += digitCount
    }

    mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { append(escaping: $0) }
    }

    /// A JSON string of these bytes, which are valid UTF-8 (RFC 8259 §7): escaped is what must be, all else is
    /// copied.
    mutating func append(escaping bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count + 2)
        append(UInt8(ascii: "\""))
        if var place = bytes.baseAddress {
            let end = place + bytes.count
            while true {
                // Room for all that is left was made before the loop and is kept by each escape.
                let run = Self.copyPlain(from: place, to: end, into: start + count)
                place += run
                count += run
                if place == end { break }
                append(escapeOf: place.pointee, before: end - place)
                place += 1
            }
        }
        append(UInt8(ascii: "\""))
    }

    /// Copies up to the first byte that must be escaped; how many. Stores whole words and so up to seven bytes
    /// too many, within the slack.
    private static func copyPlain(
        from source: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>, into out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let byteCount = end - source
        var index = 0
        while byteCount - index >= 8 {
            let word = ByteWord(loadedFrom: source + index)
            word.store(to: out + index)
            let mask = word.escapable
            if mask != 0 { return index + ByteWord.firstIndex(of: mask) }
            index += 8
        }
        while index < byteCount {
            let byte = source[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            out[index] = byte
            index += 1
        }
        return index
    }

    /// The escape of one byte, and room for it and for all the bytes that are left.
    private mutating func append(escapeOf byte: UInt8, before leftByteCount: Int) {
        reserve(leftByteCount + 6)
        let letter: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter = byte
        case 0x08: letter = UInt8(ascii: "b")
        case 0x09: letter = UInt8(ascii: "t")
        case 0x0A: letter = UInt8(ascii: "n")
        case 0x0C: letter = UInt8(ascii: "f")
        case 0x0D: letter = UInt8(ascii: "r")
        default:
            append("\\u00")
            append(Self.hexDigit(byte >> 4))
            append(Self.hexDigit(byte & 0xF))
            return
        }
        append(UInt8(ascii: "\\"))
        append(letter)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
