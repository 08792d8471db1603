@testable import HTTP

/// A chunked body is taken apart the same however its bytes are split, gives no more content than it has bytes, and what it gives can be
/// sent again in chunks.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    let input = Input(start: start, count: byteCount)
    for limits in [ChunkedDecoder.Limits(), ChunkedDecoder.Limits(extensionByteCountMax: 6, trailerByteCountMax: 12)] {
        let whole = Outcome(input, limits, cuts: [])
        promise(whole.content.count <= input.count && whole.consumed <= input.count, "no more comes out than goes in")
        promise(Outcome(input, limits, cuts: [input.cut]) == whole, "cut in two at \(input.cut)")
        promise(Outcome(input, limits, cuts: Array(0...input.count)) == whole, "byte by byte")
        if whole.problem == nil, whole.isAtEnd { comesBack(whole.content) }
    }
    return 0
}

private struct Outcome: Equatable {
    var content: [UInt8] = []
    var consumed = 0
    var isAtEnd = false
    var problem: Problem?

    /// The bytes in parts that end at the cuts.
    init(_ input: Input, _ limits: ChunkedDecoder.Limits, cuts: [Int]) {
        var decoder = ChunkedDecoder(limits: limits)
        var start = 0
        for end in cuts + [input.count] where !isAtEnd {
            let part = Input(rebasing: input[start..<end])
            do throws(Problem) {
                let step = try decoder.decode(part.span, into: &content)
                promise(step.consumed <= part.count, "no more is taken than there is")
                promise(step.isAtEnd || step.consumed == part.count, "all is taken before the end")
                consumed += step.consumed
                isAtEnd = step.isAtEnd
            } catch {
                problem = error
                // How much of the content came before is nobody's business: the request is refused.
                content = []
                consumed = 0
                return
            }
            start = end
        }
    }
}

private func comesBack(_ content: [UInt8]) {
    let digits = String(content.count, radix: 16)
    let bytes = content.isEmpty ? Array("0\r\n\r\n".utf8) : Array("\(digits)\r\n".utf8) + content + Array("\r\n0\r\n\r\n".utf8)
    bytes.withUnsafeBufferPointer { buffer in
        let again = Outcome(buffer, .init(), cuts: [])
        promise(again.problem == nil && again.isAtEnd && again.content == content, "content that cannot be sent")
    }
}
