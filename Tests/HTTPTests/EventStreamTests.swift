import HTTP
import Testing

@Suite struct EventStreamTests {
    private func text(_ write: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        write(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `an event is a block of lines that ends with an empty one`() {
        #expect(text { EventStream.append("change", id: 7, data: Array("{}".utf8), to: &$0) } == "id: 7\nevent: change\ndata: {}\n\n")
    }

    @Test func `a place is a block with an id alone, and a comment no block at all`() {
        #expect(text { EventStream.appendPlace(7, to: &$0) } == "id: 7\n\n")
        #expect(text { EventStream.appendComment(" hello", to: &$0) } == ": hello\n")
        #expect(text { EventStream.appendRetry(milliseconds: 50, to: &$0) } == "retry: 50\n\n")
    }
}
