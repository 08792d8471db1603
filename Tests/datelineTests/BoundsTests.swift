import Glibc
import Testing
import Turns
import dateline

/// Every number that a setting takes is one that the server lives with.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct BoundsTests {
    enum End: CaseIterable {
        case lower, upper
    }

    @Test(arguments: End.allCases) func `a server runs with every number of its settings at this end of its range`(_ end: End) throws {
        let folder = try TemporaryFolder()
        let flags = Setting.allCases.filter { $0 != .httpPort }.flatMap { setting -> [String] in
            guard let value = Self.value(of: setting, at: end) else { return [] }
            return ["--\(setting.flags[0])", String(value)]
        }
        let server = try RunningServer(in: folder, flags: flags)
        #expect(try server.get("/livez").status == 200)
        // The shortest deadlines may be over before a busy machine has done the work: an answer is what counts.
        #expect(try [200, 503].contains(server.get("/v1/people").status))
        #expect(try [201, 503].contains(server.post("/v1/people", #"{"name":"Ron Dermer"}"#).status))
        // As deep as the setting lets it be, and deeper.
        let depth = try #require(Self.value(of: .jsonDepthMax, at: end))
        for (depth, status) in [(depth, 422), (depth + 1, 400)] {
            let body = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(try server.post("/v1/people", body).status == status)
        }
        #expect(try server.get("/livez").status == 200)
        // The longest drain takes its time.
        server.program.signal(SIGKILL)
        #expect(try server.program.ending().status == 128 + Int(SIGKILL))
    }

    private static func value(of setting: Setting, at end: End) -> Int? {
        switch setting.facts.values {
        case .integer(let range), .integerOrAuto(let range): end == .lower ? range.lowerBound : range.upperBound
        default: nil
        }
    }
}
