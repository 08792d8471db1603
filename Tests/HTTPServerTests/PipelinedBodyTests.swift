import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Turns

/// A request whose body comes late, behind others on the same connection.
@Suite(.inTurn) struct PipelinedBodyTests {
    @Test(arguments: ["", "Expect: 100-continue\r\n"])
    func `an answer is sent to its end while the next request's body is waited for`(_ fields: String) async throws {
        let large = patterned(16 << 20)
        let responder = Answering { request in
            request.method == .get ? .sample(large) : await Answering.echo.respond(to: request)
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port, receiveByteCount: 65_536)
                try client.send(get("/") + "POST / HTTP/1.1\r\nHost: test\r\n\(fields)Content-Length: 4\r\n\r\n")
                // The body is sent only when the first answer has been read.
                #expect(try client.answer().body == large)
                if !fields.isEmpty { #expect(try client.answer().status == 100) }
                try client.send("body")
                #expect(try client.answer().text == "body")
            }
        }
    }
}
