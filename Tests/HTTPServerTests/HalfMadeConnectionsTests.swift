import Glibc
import Testing
import Turns

@testable import HTTPServer

@Suite(.inTurn) struct HalfMadeConnectionsTests {
    @Test func `a connection that the kernel still makes is seen, by its port`() throws {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        // With this the kernel makes a connection only when the first byte comes: until then it stays half-way.
        var seconds: CInt = 60
        #expect(setsockopt(socket, CInt(IPPROTO_TCP), TCP_DEFER_ACCEPT, &seconds, socklen_t(MemoryLayout<CInt>.size)) == 0)
        // Not bound before, it is given a port of its own.
        #expect(listen(socket, 1) == 0)
        let port = Int(try SocketAddress(of: socket).port)
        #expect(!HalfMadeConnections.exist(toPort: port))
        let client = try TestClient(port: port)
        #expect(HalfMadeConnections.exist(toPort: port))
        #expect(!HalfMadeConnections.exist(toPort: port == 1 ? 2 : 1))
        client.reset()
    }
}
