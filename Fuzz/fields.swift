@testable import HTTP

/// The values of fields, and queries: what is read from them can be written so that it reads as the same.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    let input = Input(start: start, count: byteCount)
    check(escapes: input)
    guard let text = input.text else { return 0 }
    if case .tags(let tags) = EntityTagCondition(text) {
        promise(!tags.isEmpty, "at least one tag")
        promise(EntityTagCondition(tags.map(\.description).joined(separator: ", ")) == .tags(tags), "tags come back")
    }
    if let type = MediaType(text) {
        promise(MediaType(type.essence) == MediaType(type.type, type.subtype), "\(type.essence) comes back")
    }
    let list = WeightedList(text)
    promise(list.elements.allSatisfy { (0...1000).contains($0.weight) }, "a weight is at most 1")
    promise(WeightedList(written(list)) == list, "\(written(list)) is read as another list")
    if let type = MediaType.preferred(of: [.json, .ndjson], accept: text) { promise(type == .json || type == .ndjson, "what is offered") }
    check(query: text)
    return 0
}

private func written(_ list: WeightedList) -> String {
    list.elements.map { element in
        let parameters = element.parameters.map { parameter in
            let value = parameter.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return ";\(parameter.name)=\"\(value)\""
        }
        let thousandths = String(element.weight + 1000).dropFirst()
        return element.value + parameters.joined() + (element.weight == 1000 ? ";q=1" : ";q=0.\(thousandths)")
    }
    .joined(separator: ", ")
}

private func check(query text: String) {
    // A NUL that stands there as it is never comes this far, since the head has none; as an escape it is refused.
    guard !text.utf8.contains(0), let query = try? QueryItems(text) else { return }
    let items = query.items
    let written = items.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
    guard let again = try? QueryItems(written).items else { return promise(items.isEmpty, "\(written) is a query") }
    promise(
        again.elementsEqual(items) { Array($0.name.utf8) == Array($1.name.utf8) && Array($0.value.utf8) == Array($1.value.utf8) }, written)
}

private func escaped(_ text: String) -> String {
    text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

private func check(escapes input: Input) {
    for controls in [PercentDecoding.Controls.none, .allButNUL] {
        guard let text = try? PercentDecoding.decode(input.span, 0..<input.count, controls: controls) else { continue }
        var bytes: [UInt8] = []
        PercentDecoding.append(slashAndSegment: text, to: &bytes)
        let again = try? PercentDecoding.decode(bytes.span, 1..<bytes.count, controls: .allButNUL)
        // As above.
        promise(input.contains(0) || again.map { Array($0.utf8) } == Array(text.utf8), "a segment comes back")
    }
}
