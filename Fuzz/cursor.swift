@testable import Newsroom

@testable import NewsroomAPI

private let byTime = ListQuery<Article>(sort: Sort(.publishedAt, descending: true))
private let byHeadline = ListQuery<Article>(
    filters: [Filter(.section, .equal, [.text("world")])], sort: Sort(.headline))

/// A cursor is taken only as it was given; what it is made of comes back.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    let input = Input(start: start, count: byteCount)
    if let text = input.text {
        isCanonical(text, byTime)
        isCanonical(text, byHeadline)
        if let bytes = Base64URL.bytes(of: text) { promise(Base64URL.text(of: bytes) == text, "one text for the same bytes") }
        comesBack(.text(text), tieBreaker: Int64(byteCount), byHeadline)
    }
    let bytes = Array(input)
    promise(Base64URL.bytes(of: Base64URL.text(of: bytes)) == bytes, "bytes come back")
    // No input has a checksum by chance, so what lies behind it is put in place here.
    isCanonical(sealed(bytes, for: byTime), byTime)
    isCanonical(sealed(bytes, for: byHeadline), byHeadline)
    if byteCount >= 16 {
        let numbers = [bytes[0..<8], bytes[8..<16]].map { $0.reduce(Int64(0)) { $0 << 8 | Int64($1) } }
        comesBack(.integer(numbers[0]), tieBreaker: numbers[1], byTime)
        comesBack(.null, tieBreaker: numbers[1], byTime)
    }
    return 0
}

private func isCanonical(_ text: String, _ query: ListQuery<Article>) {
    guard let position = try? Cursor.position(of: text, in: query) else { return }
    promise(Cursor.text(of: position, in: query) == text, "\(text) is another text for \(position)")
}

private func comesBack(_ key: Position.SortKey, tieBreaker: Int64, _ query: ListQuery<Article>) {
    let position = Position(sortKey: key, tieBreaker: tieBreaker)
    let text = Cursor.text(of: position, in: query)
    promise((try? Cursor.position(of: text, in: query)) == position, "\(text) is not \(position)")
}

/// A cursor of the list with these bytes behind its fingerprint, and the checksum that they need.
private func sealed(_ bytes: [UInt8], for query: ListQuery<Article>) -> String {
    let sample = Cursor.text(of: Position(sortKey: .null, tieBreaker: 0), in: query)
    var content = Array((Base64URL.bytes(of: sample) ?? []).prefix(9)) + bytes
    var checksum = UInt32(truncatingIfNeeded: Fingerprint(of: content).bits)
    for _ in 0..<4 {
        content.append(UInt8(truncatingIfNeeded: checksum))
        checksum >>= 8
    }
    return Base64URL.text(of: content)
}
