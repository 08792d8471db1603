@testable import Newsroom

/// Dates, instants and partial dates are written as what reads as the same, and their bounds are in order.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    guard let text = Input(start: start, count: byteCount).text else { return 0 }
    if let date = edtf(text) { check(date) }
    for instant in [Instant(rfc3339: text), Instant(rfc3339OrDate: text)].compactMap(\.self) {
        promise(Instant(rfc3339: instant.rfc3339) == instant, "\(instant) is read as another")
        promise(EDTF(EDTF(at: instant).text)?.first == instant, "\(instant) is another moment as EDTF")
    }
    if let date = PartialDate(text) {
        promise(date.text == text, "\(date) was written otherwise")
        promise(date.earliestDay <= date.latestDay, "\(date) ends before it begins")
    }
    return 0
}

private func edtf(_ text: String) -> EDTF? {
    do throws(EDTFError) {
        return try EDTF(parsing: text)
    } catch {
        promise(!error.message.isEmpty, "a reason")
        return nil
    }
}

private func check(_ date: EDTF) {
    let again = edtf(date.text)
    promise(again == date && again?.text == date.text, "\(date.text) is read as \(again?.text ?? "nothing")")
    if let first = date.first, let last = date.last { promise(first <= last, "\(date) ends before it begins") }
    promise((date.first == nil) == (date.earliest == nil) && (date.last == nil) == (date.latest == nil), "\(date) has half a bound")
    let window = Window(edtf: date)
    promise(window.sortKey.width >= 0 && window.sortKey == Window(edtf: date).sortKey, "\(date) has no place in an order")
    if let first = date.first { promise(window.overlaps(first, first), "\(date) does not overlap its beginning") }
    if let last = date.last { promise(window.overlaps(last, last), "\(date) does not overlap its end") }
    _ = date.precision
}
