@testable import HTTP

/// Lists of allowed origins are written as what reads as the same, and hold what browsers send alone; what Accept-Encoding asks for hangs
/// neither on blanks nor on how the list is written.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    guard let text = Input(start: start, count: byteCount).text else { return 0 }
    check(origins: text)
    check(coding: text)
    return 0
}

private func check(origins text: String) {
    guard case .listed(let origins)? = AllowedOrigins(text) else { return }
    promise(!origins.isEmpty, "a list of none")
    promise(text.utf8.allSatisfy { $0 < 0x80 }, "\(text) is taken for ASCII")
    promise(AllowedOrigins(origins.joined(separator: " , ")) == .listed(origins), "\(origins) is read as another list")
    for origin in origins {
        promise(origin.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !(0x41...0x5A).contains($0) }, "\(origin) is sent by no browser")
        promise(AllowedOrigins(origin) == .listed([origin]), "\(origin) is another alone")
        let allowed = AllowedOrigins(text)?.allowing(origin)
        promise(allowed?.origin == origin && allowed?.withCredentials == (origin != "null"), "\(origin) is not allowed")
    }
    promise(AllowedOrigins(text)?.allowing("https://not.listed") == nil || origins.contains("https://not.listed"), "what is not listed")
}

private func check(coding text: String) {
    let coding = AcceptedCoding(text)
    // What nearly every client sends is not read, but known by its bytes; with a blank it is read.
    promise(AcceptedCoding(text + " ") == coding && AcceptedCoding("\t" + text) == coding, "\(text) with blanks")
    promise(AcceptedCoding(text.uppercased()) == coding || !text.utf8.allSatisfy { $0 < 0x80 }, "\(text) in capitals")
    let elements = WeightedList(text).elements.map { element in
        element.value + (element.weight == 1000 ? ";q=1" : ";q=0.\(String(element.weight + 1000).dropFirst())")
    }
    promise(AcceptedCoding(elements.joined(separator: ",")) == coding, "\(elements) is not \(text)")
}
