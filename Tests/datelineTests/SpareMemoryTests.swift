import Glibc
import Testing
import Turns

@testable import dateline

/// Memory that large answers leave behind.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct SpareMemoryTests {
    @Test func `memory is given back when much of it is unused, and then not for ten looks`() {
        var memory = SpareMemory()
        let mebibyte = 1 << 20
        let looks = [(63, 0), (500, 450), (500, 437), (500, 436)] + Array(repeating: (900, 0), count: 10)
        let given = looks.map { memory.isMuch(residentByteCount: $0.0 * mebibyte, usedByteCount: $0.1 * mebibyte) }
        #expect(given.enumerated().filter(\.element).map(\.offset) == [3, 13])
    }

    @Test func `what slow readers of large pages took is given back when they have gone`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--log-requests", "false", "--http-kept-bytes-max", "0"])
        let body = String(repeating: "x", count: 200_000)
        for number in 0..<20 {
            let members = #""headline":"\#(number)","status":"published","published_at":"2024-03-27T00:00:00Z","body":"\#(body)""#
            #expect(try server.post("/v1/articles", "{\(members)}").status == 201)
        }
        let before = try server.program.residentByteCount()
        var readers: [Client] = []
        for _ in 0..<60 {
            let reader = try Client(port: server.port, receiveByteCount: 4_096)
            try reader.send(Client.request("GET", "/v1/articles?fields=body"))
            readers.append(reader)
        }
        // Each has a page of 4 MB of its own, since none is kept.
        #expect(try eventually { try server.program.residentByteCount() > before + 60 * 3_500_000 })
        readers = []
        #expect(try Program.isSanitized || eventually { try server.program.residentByteCount() < before + (80 << 20) })
        #expect(try server.stop().status == 0)
    }
}
