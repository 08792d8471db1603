/// What a JSON text may cost at most.
package struct JSONLimits: Sendable, Equatable {
    /// Levels of arrays and objects, within `depths`; 64 unless said otherwise.
    package var depthMax: Int {
        didSet { precondition(Self.depths.contains(depthMax)) }
    }
    /// Values in all, containers included. Bounds the memory: `[0,0,…]` takes 24 bytes for every 2 of the text.
    /// The default is twice what a body of 1 MiB full of references holds.
    package var valueCountMax: Int

    /// The bounds of `depthMax`: each level is a stack frame.
    package static let depths = 1...512
    /// Combining marks in a row in one string: no setting, since no language writes so many.
    package static var combiningMarkCountMax: Int { CombiningMarks.runCountMax }

    package init(depthMax: Int = 64, valueCountMax: Int = 100_000) {
        precondition(Self.depths.contains(depthMax))
        self.depthMax = depthMax
        self.valueCountMax = valueCountMax
    }

    /// For what this program wrote itself, which was bounded when it came: reading it does not fail.
    package static let ofOwnText = JSONLimits(depthMax: 128, valueCountMax: .max)
}

/// A strict reader of JSON texts: RFC 8259 by the letter, and what I-JSON (RFC 7493) asks for besides.
///
/// Refused, beyond what the grammar refuses: a byte order mark, invalid UTF-8, names that an object has already
/// (compared after unescaping, and as `String` compares: by canonical equivalence, so that no look-up is ever
/// ambiguous), lone surrogates in escapes, and numbers that would not survive: without fraction and exponent
/// they must fit Int64, all others must be finite as a Double. `-0` is the integer 0; `-0.0` is the Double. Too
/// small a number is 0, as IEEE 754 rounds it. Also refused is a string with more than 128 combining marks in a
/// row (`CombiningMarks` says why).
///
/// The time is linear in the length of the text, whatever its shape.
package enum JSONReader {
    /// The value that the whole text stands for.
    package static func read(_ bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            try read(buffer, limits: limits)
        }
    }

    /// The value that the whole text stands for.
    package static func read(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
        try read(bytes.span, limits: limits)
    }

    private static func read(
        _ buffer: UnsafeBufferPointer<UInt8>, limits: JSONLimits
    ) throws(JSONError) -> JSONValue {
        guard let start = buffer.baseAddress, !buffer.isEmpty else {
            throw JSONError(.emptyText, at: 0, of: buffer)
        }
        var parser = JSONParser(start: start, count: buffer.count, limits: limits)
        return try parser.text()
    }
}
