import Dispatch
import Glibc
import SQLite
import Testing
import Turns

/// What can happen to the file of a server that runs: a full disk, another process, a page that is damaged.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct StorageFaultTests {
    /// A mount of a process's own: the superuser may, and others where user namespaces are allowed.
    private static let namespace = geteuid() == 0 ? "-m" : "-rm"
    private static let canMount = system("unshare \(namespace) mount -t tmpfs none /tmp 2>/dev/null") == 0

    @Test(.enabled(if: canMount, "no mount for a test: neither the superuser nor user namespaces"))
    func `on a full disk writes are 507, reads go on, and writes go on when there is room`() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("disk")
        let script = """
            mount -t tmpfs -o size=4m none disk && head -c 2000000 /dev/zero > disk/filler \
            && exec "$0" serve --port 0 --database disk/news.db --log-requests false
            """
        let program = try Program(
            [Self.namespace, "/bin/sh", "-c", script, Program.executable], in: folder,
            environment: ["DATELINE_ADMIN_TOKEN": RunningServer.token], executable: "/usr/bin/unshare")
        let server = try RunningServer(program)
        let text = String(repeating: "A disk is full one day. ", count: 2_000)
        var kept: [(path: String, body: String)] = []
        func write(_ number: Int) throws -> Client.Answer {
            let answer = try server.post("/v1/articles", #"{"headline": "Article \#(number)", "body": "\#(text)", "status": "published"}"#)
            if answer.status == 201, let path = answer.fields["location"] { kept.append((path, answer.body)) }
            return answer
        }
        var refusal: Client.Answer?
        for number in 0..<200 where refusal == nil {
            let answer = try write(number)
            if answer.status != 201 { refusal = answer }
        }
        #expect(refusal?.status == 507 && refusal?.text("code") == "disk_full" && refusal?.fields["retry-after"] != nil)
        #expect(!kept.isEmpty)
        for _ in 0..<20 { #expect(try write(1_000).status == 507) }
        #expect(try server.get("/livez").status == 200)
        for (path, body) in kept { #expect(try server.get(path, token: RunningServer.token).body == body) }

        #expect(unlink("/proc/\(program.processID)/root\(folder.path)/disk/filler") == 0)
        #expect(try eventually { try write(2_000).status == 201 })
        #expect(try eventually { try server.get("/readyz").status == 200 })
        for (path, body) in kept { #expect(try server.get(path, token: RunningServer.token).body == body) }
        #expect(try server.stop().status == 0)
    }

    @Test func `where files may not grow writes are 507, reads go on, and what was acknowledged is there afterwards`() throws {
        let folder = try TemporaryFolder()
        // In units of 1 KiB, as bash counts: 6 MiB for each file.
        let program = try Program(
            ["-c", "ulimit -f 6144; exec \"$0\" \"$@\"", Program.executable, "serve", "--port", "0", "--database", "news.db"], in: folder,
            environment: ["DATELINE_ADMIN_TOKEN": RunningServer.token], executable: "/bin/bash")
        let server = try RunningServer(program)
        let text = String(repeating: "A quota is used up one day. ", count: 3_000)
        var kept: [(path: String, body: String)] = []
        // Where the database has room yet, a checkpoint may make some in the log beside it, and a write goes through once more.
        var refusalCount = 0
        for number in 0..<1_000 where refusalCount < 5 {
            let answer = try server.post("/v1/articles", #"{"headline": "Article \#(number)", "body": "\#(text)", "status": "published"}"#)
            if answer.status == 201, let path = answer.fields["location"] {
                kept.append((path, answer.body))
            } else {
                #expect(answer.status == 507 && answer.text("code") == "disk_full" && answer.fields["retry-after"] != nil)
                refusalCount += 1
            }
        }
        #expect(refusalCount == 5 && !kept.isEmpty)
        #expect(try server.get("/livez").status == 200)
        for (path, body) in kept { #expect(try server.get(path, token: RunningServer.token).body == body) }
        #expect(try server.stop().status == 0)
        let free = try RunningServer(in: folder)
        for (path, body) in kept { #expect(try free.get(path, token: RunningServer.token).body == body) }
        #expect(try free.post("/v1/articles", #"{"headline": "Article", "body": "\#(text)"}"#).status == 201)
        #expect(try free.stop().status == 0)
        #expect(try Program.run(["check", "--database", "news.db"], in: folder).status == 0)
    }

    @Test func `another process that holds the file is waited for, then told of by 503, and what it wrote is seen`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--storage-busy-ms", "300"])
        let person = try server.post("/v1/people", #"{"name": "Ada Frost"}"#)
        let path = try #require(person.fields["location"])
        #expect(try server.get(path).status == 200)
        let other = try Database(
            path: folder.path(of: "news.db"), settings: ConnectionSettings(access: .readWrite, busyWithin: .seconds(60)))
        try other.beginWriting()
        let refused = try server.post("/v1/people", #"{"name": "Ada Snow"}"#)
        #expect(refused.status == 503 && refused.text("code") == "database_locked" && refused.fields["retry-after"] == "1")
        for target in ["/livez", "/readyz", "/v1/people", path] { #expect(try server.get(target).status == 200, "\(target)") }
        other.rollback()
        #expect(try server.post("/v1/people", #"{"name": "Ada Snow"}"#).status == 201)
        try other.execute(script: "UPDATE person SET description = 'from a shell' WHERE name = 'Ada Frost'")
        #expect(try eventually { try server.get(path).text("description") == "from a shell" })
        try other.close()
        #expect(try server.stop().status == 0)
    }

    @Test func `a write that waits for another process goes through when that lets go in time`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--storage-busy-ms", "600000"])
        let other = try Database(
            path: folder.path(of: "news.db"), settings: ConnectionSettings(access: .readWrite, busyWithin: .seconds(60)))
        try other.beginWriting()
        let (waiting, status) = (DispatchGroup(), Shared(0))
        startClient(in: waiting) {
            let answer = try? server.post("/v1/people", #"{"name": "Ada Frost"}"#)
            status.value = answer?.status ?? -1
        }
        // The one that waits, and the one that asks.
        #expect(try eventually { try server.get("/metrics").body.contains("\ndateline_requests_in_flight 2\n") })
        #expect(status.value == 0)
        other.rollback()
        waiting.wait()
        #expect(status.value == 201)
        try other.close()
        #expect(try server.stop().status == 0)
    }

    @Test func `a damaged page is told of by check, and what starts on it changes nothing`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        for number in 0..<50 {
            let text = String(repeating: "word ", count: 2_000)
            #expect(try server.post("/v1/articles", #"{"headline": "Article \#(number)", "body": "\#(text)"}"#).status == 201)
        }
        try server.stop()
        let file = try #require(fopen(folder.path(of: "news.db"), "r+"))
        fseek(file, 0, SEEK_END)
        // The last pages hold articles or rows of the log: a tree's page cannot begin like this.
        fseek(file, ftell(file) - 40 * 4_096, SEEK_SET)
        let noise = [UInt8](repeating: 0xAB, count: 40 * 4_096)
        fwrite(noise, 1, noise.count, file)
        fclose(file)
        let before = try folder.bytes(of: "news.db")
        let check = try Program.run(["check", "--database", "news.db"], in: folder)
        #expect(check.status == 2 && !check.output.isEmpty)
        let backup = try Program.run(["backup", "--to", "copy.db", "--database", "news.db"], in: folder)
        #expect(backup.status != 0 && !folder.exists("copy.db"), "\(backup)")
        #expect(backup.errors.split(separator: "\n").count == 1)
        #expect(try folder.bytes(of: "news.db") == before)
        #expect(!folder.names.contains { $0.hasPrefix(".") })
    }

    @Test func `a database of a newer program is left alone by every command`() throws {
        let folder = try TemporaryFolder()
        try #require(try Program.run(["migrate", "--database", "news.db"], in: folder).status == 0)
        let other = try Database(path: folder.path(of: "news.db"), settings: ConnectionSettings(access: .copy))
        try other.execute(script: "INSERT INTO migration VALUES (99, 'later', '\(String(repeating: "0", count: 64))', 1)")
        try other.close()
        let before = try folder.bytes(of: "news.db")
        for command in [["serve", "--port", "0"], ["migrate"], ["export"], ["import", "-"]] {
            let ending = try Program.run(command + ["--database", "news.db"], in: folder)
            #expect(ending.status == 66 && ending.errors.contains("newer version"), "\(command): \(ending)")
            #expect(ending.errors.split(separator: "\n").count == 1)
            #expect(try folder.bytes(of: "news.db") == before, "\(command)")
        }
        let restored = try Program.run(["restore", "--from", "news.db", "--database", "other.db"], in: folder)
        #expect(restored.status == 2 && !folder.exists("other.db"), "\(restored)")
    }
}
