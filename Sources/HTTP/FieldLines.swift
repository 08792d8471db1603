/// Where a field line's name and its value are in the bytes of their head.
struct FieldLine: Sendable {
    let name: Range<Int32>
    let value: Range<Int32>
}

/// The field lines of one head, in order. The first eight, which are all that many clients send, take no memory of their own.
struct FieldLines: Sendable {
    private(set) var count = 0
    private var first: InlineArray<8, FieldLine> = .init(repeating: FieldLine(name: 0..<0, value: 0..<0))
    private var rest: [FieldLine] = []

    subscript(index: Int) -> FieldLine {
        index < first.count ? first[index] : rest[index - first.count]
    }

    mutating func append(_ line: FieldLine) {
        if count < first.count { first[count] = line } else { rest.append(line) }
        count += 1
    }
}
