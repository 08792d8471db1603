import HTTP
import HTTPServer
import Testing
import Turns

/// What waits for slow readers is bounded over all of them.
@Suite(.inTurn) struct UnsentTests {
    @Test func `while too much waits for slow readers large answers are refused, and small ones given`() async throws {
        // The slow one stays for as long as the test takes, and so does the one that waits between two requests, on however busy a machine.
        var limits = ServerLimits.patient
        limits.unsentByteCountMax = 1 << 20
        let large = patterned(12 << 20)
        let responder = Answering { request in request.target.path == "/large" ? .sample(large) : .sample("small") }
        try await withServer(responder, limits: limits) { server in
            // It reads nothing, so that most of its answer waits.
            let slow = try await connected(to: server, sending: get("/large"), receiveByteCount: 4_096)
            let other = try TestClient(port: server.port)
            try await blocking {
                var answer = TestClient.Answer?.none
                while answer?.status != 503 {
                    try other.send(get("/large"))
                    answer = try other.answer()
                }
                #expect(answer?["Retry-After"] == "1")
                #expect(answer?.text.contains("\"code\":\"overloaded\"") == true)
                try other.send(get("/small"))
                #expect(try other.answer().text == "small")
                slow.reset()
            }
            try await blocking {
                var status = 503
                while status == 503 {
                    try other.send(get("/large"))
                    status = try other.answer().status
                }
                #expect(status == 200)
            }
        }
    }
}
