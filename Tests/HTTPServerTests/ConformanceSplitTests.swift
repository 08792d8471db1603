import HTTPServer
import Testing
import Turns

/// The same bytes mean the same, however they come.
@Suite(.inTurn) struct ConformanceSplitTests {
    private static let bytes = Array(
        """
        GET /1 HTTP/1.1\r
        Host: a\r
        \r
        POST /2 HTTP/1.1\r
        Host: a\r
        Content-Length: 5\r
        \r
        hello\r
        POST /3 HTTP/1.1\r
        Host: a\r
        Transfer-Encoding: chunked\r
        \r
        2;x="y"\r
        he\r
        3\r
        llo\r
        0\r
        Z: 1\r
        \r
        GET /%zz HTTP/1.1\r
        Host: a\r
        \r
        GET /5 HTTP/1.1\r
        Host: a\r
        Connection: close\r
        \r

        """.utf8)

    private static func texts(of client: TestClient) throws -> [String] {
        var texts: [String] = []
        for number in 1...5 {
            let answer = try client.answer()
            texts.append(number == 4 ? "\(answer.status)" : answer.text)
        }
        #expect(try client.isAtEnd())
        return texts
    }

    private static let expected = ["GET /1 ", "POST /2 hello", "POST /3 hello", "400", "GET /5 "]

    @Test func `requests that are split anywhere are answered as if they came at once`() async throws {
        try await withServer(.mirror) { server in
            try await blocking {
                for place in 0...Self.bytes.count {
                    let client = try TestClient(port: server.port)
                    try client.send(Array(Self.bytes[..<place]))
                    try client.send(Array(Self.bytes[place...]))
                    #expect(try Self.texts(of: client) == Self.expected, "split at \(place)")
                }
            }
        }
    }

    @Test func `requests that come byte by byte are answered as if they came at once`() async throws {
        try await withServer(.mirror) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                for byte in Self.bytes { try client.send([byte]) }
                #expect(try Self.texts(of: client) == Self.expected)
            }
        }
    }

    @Test func `a reset at any byte harms nobody else`() async throws {
        try await withServer(.mirror) { server in
            try await blocking {
                for place in 0...Self.bytes.count {
                    let client = try TestClient(port: server.port)
                    try client.send(Array(Self.bytes[..<place]))
                    client.reset()
                }
                let client = try TestClient(port: server.port)
                try client.send(Self.bytes)
                #expect(try Self.texts(of: client) == Self.expected)
            }
            #expect(await eventually { server.statistics.openConnectionCount <= 1 })
        }
    }
}
