/// How much of a request head is taken, each bound with the status that it yields. None can be switched off.
package struct HeadLimits: Sendable, Equatable {
    /// From the first byte of the request line to the empty line at the end, in bytes: 431.
    package var headByteCountMax: Int
    /// The request target alone, in bytes: 414.
    package var targetByteCountMax: Int
    /// Field lines: 431.
    package var fieldCountMax: Int

    package init(headByteCountMax: Int = 16_384, targetByteCountMax: Int = 8_192, fieldCountMax: Int = 100) {
        precondition(headByteCountMax > 0 && headByteCountMax <= 1 << 28)
        precondition(targetByteCountMax > 0 && fieldCountMax > 0)
        self.headByteCountMax = headByteCountMax
        self.targetByteCountMax = targetByteCountMax
        self.fieldCountMax = fieldCountMax
    }

    /// A method longer than any in use, in bytes: 501 (RFC 9112 §3).
    static var methodByteCountMax: Int { 32 }
    /// Empty lines in front of a request line (RFC 9112 §2.2): 400 beyond.
    static var emptyLineCountMax: Int { 4 }
}
