import Glibc
import Testing
import Turns

/// `/metrics` as Prometheus's own tool reads it (Debian's package prometheus), where it is there.
@Suite(.inTurn, .serialized, .ownThread, .enabled(if: access("/usr/bin/promtool", X_OK) == 0), .timeLimit(.minutes(60)))
struct PromtoolTests {
    private static func check(_ text: String) throws -> Program.Ending {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "metrics.txt")
        let script = "/usr/bin/promtool check metrics <metrics.txt"
        return try Program(["-c", script], in: folder, executable: "/bin/sh").ending()
    }

    @Test func `the exposition has nothing that it would complain of`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        #expect(try server.post("/v1/people", #"{"name": "Ada North"}"#).status == 201)
        #expect(try server.get("/v1/people").status == 200)
        #expect(try server.get("/nowhere").status == 404)
        let text = try server.get("/metrics").body
        #expect(try Self.check(text) == Program.Ending(status: 0, output: "", errors: ""))
        #expect(try server.stop().status == 0)
    }

    @Test func `the alerts are rules that it takes`() throws {
        let folder = try TemporaryFolder()
        let ending = try Program(
            ["check", "rules", "\(SourceFolder.path)/config/alerts.yaml"], in: folder, executable: "/usr/bin/promtool"
        ).ending()
        #expect(ending.status == 0 && ending.output.contains("SUCCESS: 13 rules found"), "\(ending.output)\(ending.errors)")
    }

    @Test func `and it does complain of what is wrong`() throws {
        #expect(try Self.check("# HELP a b\n# TYPE a counter\na{x=\"1\"} 1\na{x=\"1\"} 1\n").status != 0)
    }
}
