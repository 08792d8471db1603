import Glibc
import Testing
import Turns

@testable import dateline

/// Many connections that do nothing.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct CrowdTests {
    @Test func `ten thousand idle connections cost little, keep nobody waiting, and leave nothing behind`() throws {
        // Under a sanitizer they take minutes, and show no more than some.
        let count = try Self.connectionCount(upTo: Program.isSanitized ? 1_000 : 10_000)
        let folder = try TemporaryFolder()
        // To make them may take longer than connections may idle by default, beside other tests.
        let flags = ["--http-connections-max", "\(count + 10)", "--log-requests", "false", "--http-idle-ms", "3600000"]
        let server = try RunningServer(in: folder, flags: flags)
        #expect(try server.get("/v1/people").status == 200)
        let (memory, descriptorCount) = (try server.program.residentByteCount(), try server.program.descriptors().count)
        for _ in 0..<2 {
            var crowd = try Self.crowd(of: count, on: server.port)
            let whole = try server.program.residentByteCount()
            if !Program.isSanitized {
                #expect(whole - memory < count * Self.bytesPerConnectionMax, "\((whole - memory) / count) bytes a connection")
                #expect(whole < Self.byteCountMax, "\(whole) bytes in all")
            }
            #expect(try server.program.descriptors().count > count)
            let beside = try Client(port: server.port)
            for _ in 0..<200 {
                try beside.send(Client.request("GET", "/v1/people"))
                #expect(try beside.answer().status == 200)
            }
            // One of the crowd is as good as a new one.
            try crowd.last?.send(Client.request("GET", "/livez"))
            #expect(try crowd.last?.answer().status == 200)
            for client in crowd { client.resetAtEnd() }
            crowd = []
            #expect(try eventually { try server.program.descriptors().count <= descriptorCount + 4 })
            if !Program.isSanitized {
                #expect(try eventually { try server.program.residentByteCount() < memory + (whole - memory) / 4 })
            }
        }
        #expect(try server.stop().status == 0)
    }

    @Test func `memory is given back when half of a crowd has gone, and not again until the next`() {
        var crowd = Crowd()
        let openCounts = [0, 999, 0, 1_000, 600, 500, 400, 0, 3_000, 2_000, 5_000, 2_500, 1_250, 10]
        #expect(openCounts.map { crowd.hasGone(leaving: $0) }.enumerated().filter(\.element).map(\.offset) == [5, 11, 12, 13])
    }

    /// So many connections, each of which has made a request and waits.
    private static func crowd(of count: Int, on port: Int) throws -> [Client] {
        var crowd: [Client] = []
        for _ in 0..<count {
            crowd.append(try Client(port: port))
            try crowd.last?.send(Client.request("GET", "/livez"))
        }
        for client in crowd { try #require(try client.answer().status == 200) }
        return crowd
    }

    /// As many as the descriptors of this process allow, beside what other tests need, and those of the program, which may have as many.
    private static func connectionCount(upTo wanted: Int) throws -> Int {
        var limit = rlimit()
        try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        limit.rlim_cur = limit.rlim_max
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        return min(wanted, Int(clamping: limit.rlim_cur) - 2_500)
    }

    // A task with its frames, a connection, a channel. In builds without optimization frames are larger by half, and nobody runs those
    // with ten thousand clients.
    #if DEBUG
        private static let bytesPerConnectionMax = 14_000
        private static let byteCountMax = 180 << 20
    #else
        private static let bytesPerConnectionMax = 8_500
        private static let byteCountMax = 100 << 20
    #endif
}
