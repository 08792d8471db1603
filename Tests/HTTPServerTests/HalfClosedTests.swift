import HTTP
import HTTPServer
import Testing
import Turns

/// Clients that end their half of a connection, and go on reading (RFC 9112 §9.6).
@Suite(.inTurn) struct HalfClosedTests {
    /// One of these sizes leaves room in the kernel, for a reader that takes nothing, for a part of the last answer.
    @Test(arguments: 1...12) func `a slow reader that has ended its side gets its last answer whole`(_ size: Int) async throws {
        let (first, last) = (patterned(size * 40_000), patterned(60_000))
        let (answered, isHeld, isReleased) = (Counter(), Counter(), Counter())
        let responder = Answering { request in
            switch request.target.segments {
            case ["first"]:
                answered.add(1)
                return .sample(first)
            case ["last"]:
                return .sample(last)
            default:
                isHeld.add(1)
                while isReleased.count == 0 { pause(milliseconds: 1) }
                return .sample("held")
            }
        }
        try await withServer(responder) { server in
            let reader = try await connected(to: server, sending: get("/first"), receiveByteCount: 4_096)
            #expect(await eventually { answered.count == 1 })
            // While the loop is busy with another, the last request and the end of the stream come together.
            let other = try await connected(to: server, sending: get("/hold"))
            #expect(await eventually { isHeld.count == 1 })
            try await blocking {
                try reader.send(get("/last"))
                reader.endSending()
            }
            isReleased.add(1)
            try await blocking {
                let held = try other.answer()
                #expect(held.text == "held")
                for whole in [first, last] { #expect(try reader.answer().body == whole) }
                #expect(try reader.isAtEnd())
            }
        }
    }
}
