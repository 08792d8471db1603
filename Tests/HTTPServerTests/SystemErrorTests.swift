import Glibc
import Testing
import Turns

@testable import HTTPServer

@Suite(.inTurn) struct SystemErrorTests {
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

    @Test func `an address has its family and port`() throws {
        #expect(try SocketAddress(host: "127.0.0.1", port: 80).port == 80)
        #expect(try SocketAddress(host: "127.0.0.1", port: 80).family == AF_INET)
        #expect(try SocketAddress(host: "::1", port: 65_535).port == 65_535)
        #expect(try SocketAddress(host: "::1", port: 65_535).family == AF_INET6)
    }

    @Test func `a host that cannot be found is told in the resolver's words`() throws {
        let thrown = #expect(throws: SystemError.self) { try SocketAddress(host: "no.such.host.invalid", port: 1) }
        let error = try #require(thrown)
        // Which of them depends on whether there is a name server to ask.
        let numbers = [EAI_NONAME, EAI_AGAIN, EAI_FAIL, EAI_SYSTEM]
        #expect(error.call == "getaddrinfo no.such.host.invalid")
        #expect(numbers.contains(error.number) || error.reason == nil)
        if let reason = error.reason { #expect(error.description == "getaddrinfo no.such.host.invalid: \(reason)") }
        #expect(!error.description.contains("assign"))
    }
}
