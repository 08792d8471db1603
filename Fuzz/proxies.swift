@testable import Addresses
@testable import HTTP
import HTTPTypes

/// What proxies and callers say of where a request comes from, a line each: networks that are trusted, `Forwarded`, `X-Forwarded-For`,
/// `traceparent`, an address. Whoever is not trusted changes nothing, addresses are written as what reads as the same, and a trace is taken
/// over to the letter or not at all.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    guard let text = Input(start: start, count: byteCount).text else { return 0 }
    let lines = text.split(separator: "\n", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
    let line = { (number: Int) in number < lines.count ? lines[number] : "" }
    check(proxies: line(0), forwarded: line(1), usual: line(2))
    check(trace: line(3))
    check(address: line(4))
    return 0
}

private func check(proxies text: String, forwarded: String, usual: String) {
    // What the parser of requests lets through.
    guard let blocks = AddressBlock.list(text), (forwarded + usual).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return }
    promise(AddressBlock.list(text.split(separator: ",").joined(separator: " , ")) == blocks, "\(text) with blanks")
    let proxies = TrustedProxies(blocks)
    var fields = HTTPFields()
    if !forwarded.isEmpty { fields[.forwarded] = forwarded }
    if !usual.isEmpty { fields[.xForwardedFor] = usual }
    let hops = ForwardedHops.standard(forwarded) + ForwardedHops.usual(usual)
    for peer in [NetworkAddress(version4: 0x0A00_0001), NetworkAddress(high: 0, low: 1), NetworkAddress(high: 0x2001_0DB8 << 32, low: 7)] {
        let client = proxies.client(of: RequestFields(fields), from: peer)
        promise(client == peer || proxies.contains(peer), "a stranger's word is believed")
        promise(client == peer || hops.contains(client), "\(client) was not said")
        for address in hops { if let address { check(address: address.description) } }
    }
}

private func check(trace text: String) {
    let bytes = Array(text.utf8)
    guard let trace = TraceContext(bytes.span, span: 7) else { return }
    promise(text.hasPrefix("\(text.prefix(2))-\(trace.traceID)-\(trace.parentID)-"), "\(text) is another trace")
    promise(trace.spanID == "0000000000000007" && trace.traceID.utf8.count == 32 && trace.parentID.utf8.count == 16, "ids of \(text)")
}

private func check(address text: String) {
    guard let address = NetworkAddress(text) else { return }
    promise(NetworkAddress(address.description) == address, "\(address) is read as another")
    promise(AddressBlock(address.description)?.contains(address) == true, "\(address) is not in itself")
}
