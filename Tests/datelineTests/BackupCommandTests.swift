import Dispatch
import Glibc
import Testing
import Turns

/// `dateline backup` and `dateline restore`, beside a server and without one.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct BackupCommandTests {
    @Test func `a backup beside a server that is being written to holds all that was answered before, and is restored`() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("backups")
        let server = try RunningServer(in: folder, flags: ["--backup-folder", "backups", "--log-requests", "false"])
        let text = String(repeating: "word ", count: 20_000)
        for number in 0..<20 {
            #expect(try server.post("/v1/articles", #"{"headline": "Article \#(number)", "body": "\#(text)"}"#).status == 201)
        }
        let (writers, isDone) = (DispatchGroup(), Shared(false))
        for writer in 0..<4 {
            startClient(in: writers) {
                var number = 0
                while !isDone.value {
                    _ = try? server.post("/v1/people", #"{"name": "Person \#(writer) \#(number)"}"#)
                    number += 1
                }
            }
        }
        let before = try server.post("/v1/people", #"{"name": "Ada Frost"}"#)
        let byCommand = try Program.run(["backup", "--to", "b.db", "--database", "news.db"], in: folder)
        let byRequest = try server.post("/v1/admin/backup", #"{"name": "c.db"}"#)
        isDone.value = true
        writers.wait()
        #expect(byCommand.status == 0 && byCommand.errors.isEmpty && byCommand.output.hasPrefix("b.db: "), "\(byCommand)")
        #expect(byRequest.status == 201 && folder.exists("backups/c.db"), "\(byRequest.body)")

        let refused = try Program.run(["restore", "--from", "b.db", "--database", "news.db", "--force"], in: folder)
        #expect(refused.status == 66)
        #expect(refused.errors == "dateline: news.db is open in another process: stop the server first\n")
        #expect(try server.get("/readyz").status == 200)
        try server.stop()

        for backup in ["b.db", "backups/c.db"] {
            #expect(try Program.run(["check", "--database", backup], in: folder).status == 0)
            let unforced = try Program.run(["restore", "--from", backup, "--database", "news.db"], in: folder)
            #expect(unforced.status == 66 && unforced.errors.contains("--force"))
            let restored = try Program.run(["restore", "--from", backup, "--database", "news.db", "--force"], in: folder)
            #expect(restored.status == 0 && restored.errors.isEmpty, "\(restored)")
            #expect(!folder.names.contains { $0.hasPrefix("news.db-") || $0.hasPrefix(".") })
            let again = try RunningServer(in: folder)
            let path = try #require(before.fields["location"])
            #expect(try again.get(path).body == before.body)
            try again.stop()
        }
    }

    @Test func `what is in the way is one line, and nothing is changed`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a letter", to: "letter.db")
        try #require(try Program.run(["migrate", "--database", "news.db"], in: folder).status == 0)
        let before = try folder.bytes(of: "news.db")
        let attempts: [(arguments: [String], status: Int, message: String)] = [
            (["backup", "--to", "letter.db", "--database", "news.db"], 74, "letter.db: the file exists"),
            (["backup", "--to", "b.db", "--database", "none.db"], 66, "there is no database none.db"),
            (["backup", "--to", "b.db", "--database", "letter.db"], 66, "b.db: letter.db is not a database, or it is encrypted"),
            (["backup", "--to", "no/b.db", "--database", "news.db"], 74, "no/b.db: it cannot be made: No such file or directory (2)"),
            (["restore", "--from", "none.db", "--database", "n.db"], 66, "there is no database none.db"),
            (["restore", "--from", "news.db", "--database", "news.db", "--force"], 66, "news.db is the backup itself; it was left alone"),
            (["restore", "--from", "letter.db", "--database", "n.db"], 2, "letter.db is damaged; n.db was left alone"),
        ]
        for (arguments, status, message) in attempts {
            let ending = try Program.run(arguments, in: folder)
            #expect(ending.status == status && ending.errors == "dateline: \(message)\n", "\(arguments): \(ending)")
        }
        #expect(try folder.bytes(of: "news.db") == before)
        #expect(try folder.read("letter.db") == "a letter")
        #expect(folder.names.allSatisfy { ["letter.db", "news.db", "news.db-shm", "news.db-wal"].contains($0) }, "\(folder.names)")
    }

    @Test func `a signal leaves no half backup`() throws {
        let folder = try TemporaryFolder()
        try folder.write(ImportExportTests.records, to: "news.ndjson")
        try #require(try Program.run(["import", "news.ndjson", "--database", "news.db"], in: folder).status == 0)
        for _ in 0..<5 {
            let program = try Program(["backup", "--to", "b.db", "--database", "news.db"], in: folder)
            program.signalUntilItEnds(SIGTERM)
            _ = try program.ending()
            #expect(!folder.names.contains { $0.hasPrefix(".") && !$0.hasSuffix("-journal") }, "\(folder.names)")
            if folder.exists("b.db") { #expect(try Program.run(["check", "--database", "b.db"], in: folder).status == 0) }
            unlink(folder.path(of: "b.db"))
        }
    }
}
