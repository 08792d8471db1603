@testable import JSON

/// What is read as JSON and written is read as the same and written with the same bytes; what is refused is refused at a place in the text.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    let input = Input(start: start, count: byteCount)
    let value: JSONValue
    do throws(JSONError) {
        value = try JSONReader.read(input.span)
    } catch {
        promise((0...byteCount).contains(error.offset) && error.line >= 1 && error.column >= 1, "a place in the text")
        promise(!error.message.isEmpty, "a reason")
        return 0
    }
    let compact = JSONWriter.text(of: value)
    promise(read(compact) == value, "compact text is read as what was written")
    promise(read(compact).map { JSONWriter.text(of: $0) } == compact, "compact text stays the same to the last bit")
    let pretty = JSONWriter.text(of: value, pretty: true)
    promise(read(pretty).map { JSONWriter.text(of: $0) } == compact, "pretty text is the same in other clothes")

    do throws(JSONError) {
        promise(try JSONReader.read(input.span, limits: JSONLimits(depthMax: 3, valueCountMax: 12)) == value, "limits change no value")
    } catch {
        promise(error.isLimit, "limits refuse for being limits")
    }
    return 0
}

private func read(_ bytes: [UInt8]) -> JSONValue? { try? JSONReader.read(bytes) }
