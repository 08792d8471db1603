/// Stops the run, so that the input at hand is kept and shown: a promise of the program does not hold for it.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
    guard !holds else { return }
    fatalError("not so: \(what())")
}

/// What the fuzzer lends for one call. It ends where its memory does, so that a look beyond is seen by AddressSanitizer.
typealias Input = UnsafeBufferPointer<UInt8>

extension Input {
    /// A place in the input that is the same whenever the input is.
    var cut: Int {
        var hash: UInt32 = 2_166_136_261
        for byte in self { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash) % (count + 1)
    }

    /// The first so many bytes, in memory that ends there.
    func withFirst<Result>(_ byteCount: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: byteCount)
        defer { copy.deallocate() }
        _ = copy.initialize(from: self[..<byteCount])
        return body(UnsafeBufferPointer(copy).span)
    }

    /// The input as text; nil where it is none.
    var text: String? { String(validating: self, as: UTF8.self) }
}
