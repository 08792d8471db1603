import HTTPTypes

@testable import HTTP

/// A request head is read the same however its bytes are split, takes no more than there is, and its path in normal form stays what it is.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    let input = Input(start: start, count: byteCount)
    for limits in [HeadLimits(), HeadLimits(headByteCountMax: 96, targetByteCountMax: 24, fieldCountMax: 3)] {
        check(input, limits)
    }
    _ = RequestParser.hasBegun(input.span)
    _ = RequestParser.methodOfRefused(input.span)
    return 0
}

private func check(_ input: Input, _ limits: HeadLimits) {
    var searched = 0
    let whole = RequestParser.parse(input.span, limits: limits, searched: &searched)
    promise(searched <= input.count, "no more is searched than there is")
    promise(whole.byteCount <= input.count, "a head ends where the bytes do")

    var inTwo = 0
    let first = input.withFirst(input.cut) { RequestParser.parse($0, limits: limits, searched: &inTwo) }
    if case .incomplete = first {
        same(RequestParser.parse(input.span, limits: limits, searched: &inTwo), whole, "cut in two at \(input.cut)")
    } else {
        same(first, whole, "before the cut at \(input.cut)")
    }
    same(byteByByte(input, limits), whole, "byte by byte")

    guard case .request(let head, let headByteCount) = whole else { return }
    promise(headByteCount >= 16, "no head is shorter than A / HTTP/1.0")
    keepsItsPath(head)
    _ = head.requestID
    _ = head.target.isPretty
    _ = try? QueryItems(head.target.query)
    // What follows the head is none of its business.
    var alone = 0
    let cut = input.withFirst(headByteCount) { RequestParser.parse($0, limits: limits, searched: &alone) }
    same(cut, whole, "without what follows")
}

private func byteByByte(_ input: Input, _ limits: HeadLimits) -> ParseOutcome {
    var searched = 0
    for count in 0...input.count {
        let outcome = RequestParser.parse(input.span.extracting(first: count), limits: limits, searched: &searched)
        promise(searched <= count, "no more is searched than has come")
        if case .incomplete = outcome { continue }
        return outcome
    }
    return .incomplete
}

/// The path of a problem or a link asks for the same again.
private func keepsItsPath(_ head: RequestHead) {
    guard !head.target.isAsterisk else { return }
    let bytes = Array("GET \(head.target.path) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    var searched = 0
    let outcome = RequestParser.parse(
        bytes.span, limits: HeadLimits(headByteCountMax: 1 << 20, targetByteCountMax: 1 << 20), searched: &searched)
    guard case .request(let again, _) = outcome else {
        promise(false, "\(head.target.path) is no path")
        return
    }
    promise(again.target.segments == head.target.segments, "\(head.target.segments) became \(again.target.segments)")
}

private func same(_ one: ParseOutcome, _ other: ParseOutcome, _ how: @autoclosure () -> String) {
    switch (one, other) {
    case (.incomplete, .incomplete): break
    case (.refusal(let one), .refusal(let other)): promise(one == other, "\(how()): \(one) is \(other)")
    case (.faulty(let oneHead, let oneProblem, let oneCount), .faulty(let otherHead, let otherProblem, let otherCount)):
        promise(oneProblem == otherProblem && oneCount == otherCount && isSame(oneHead, otherHead), how())
    case (.request(let oneHead, let oneCount), .request(let otherHead, let otherCount)):
        promise(oneCount == otherCount && isSame(oneHead, otherHead), how())
    default: promise(false, "\(how()): \(one) is \(other)")
    }
}

private func isSame(_ one: RequestHead, _ other: RequestHead) -> Bool {
    let names: [HTTPField.Name] = [.accept, .contentType, .contentLength, .connection, .expect, .transferEncoding]
    return one.method == other.method && one.target == other.target && one.version == other.version && one.framing == other.framing
        && one.keepsAlive == other.keepsAlive && one.expectsContinue == other.expectsContinue
        && one.fields.count == other.fields.count && names.allSatisfy { one.fields[values: $0] == other.fields[values: $0] }
}
