import Glibc
import Testing

@testable import HTTPServer

struct SystemErrorTests {
    @Test func `an interrupted call is made again`() throws {
        var callCount = 0
        let result = try SystemError.check("call") {
            callCount += 1
            errno = EINTR
            return callCount < 3 ? CInt(-1) : 7
        }
        #expect(result == 7)
        #expect(callCount == 3)
    }

    @Test func `any other failure is thrown with its name and number`() {
        #expect(throws: SystemError("call", EACCES)) {
            try SystemError.check("call") {
                errno = EACCES
                return CInt(-1)
            }
        }
    }

    @Test func `a descriptor is closed when its owner goes`() throws {
        var ends: [CInt] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let writing = FileDescriptor(owning: ends[1])
        do { _ = FileDescriptor(owning: ends[0]) }
        // Nobody reads any more: only the closing of the other end can tell so, whoever has its number now.
        signal(SIGPIPE, SIG_IGN)
        #expect(write(writing.rawValue, "x", 1) == -1 && errno == EPIPE)
    }

    @Test func `addresses are told as people write them`() throws {
        #expect(try SocketAddress(host: "127.0.0.1", port: 80).hostText == "127.0.0.1")
        #expect(try SocketAddress(host: "127.0.0.1", port: 80).port == 80)
        #expect(try SocketAddress(host: "::1", port: 65_535).hostText == "::1")
        #expect(try SocketAddress(host: "::1", port: 65_535).port == 65_535)
        #expect(try SocketAddress(host: "::ffff:10.0.0.7", port: 1).hostText == "10.0.0.7")
        #expect(throws: SystemError("getaddrinfo no.such.host.invalid", EADDRNOTAVAIL)) {
            try SocketAddress(host: "no.such.host.invalid", port: 1)
        }
    }
}
