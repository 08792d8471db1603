import Glibc
import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct AdminBackupTests {
    /// A folder that goes with all that a backup left in it.
    private final class Backups: Sendable {
        let path: String

        init() throws {
            var template = Array("/tmp/dateline-backups-XXXXXX".utf8CString)
            try #require(mkdtemp(&template) != nil)
            path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        deinit {
            for name in ["news.db", "dateline-0.db", "dateline-1.db"] { unlink("\(path)/\(name)") }
            rmdir(path)
        }

        func has(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }
    }

    private let line = "POST /v1/admin/backup"

    @Test func `a backup is made under its name, once`() async throws {
        let backups = try Backups()
        let desk = try Desk(backupFolder: backups.path)
        _ = try await desk.create("people", #"{"name": "Ada Frost"}"#)
        let made = try await desk.write(line, #"{"name": "news.db"}"#)
        #expect(made.status == 201 && made.string("name") == "news.db" && made["sequence"] == 1, "\(made.text)")
        #expect(backups.has("news.db") && !made.text.contains(backups.path))
        let again = try await desk.write(line, #"{"name": "news.db"}"#)
        #expect(again.status == 409 && again.code == "backup_refused" && !again.text.contains(backups.path))
    }

    @Test func `without a name the newest change names it`() async throws {
        let backups = try Backups()
        let desk = try Desk(backupFolder: backups.path)
        #expect(try await desk.sendAsNewsroom(line).string("name") == "dateline-0.db")
        _ = try await desk.create("people", #"{"name": "Ada Frost"}"#)
        #expect(try await desk.write(line, "{}").string("name") == "dateline-1.db")
        #expect(backups.has("dateline-0.db") && backups.has("dateline-1.db"))
    }

    @Test(arguments: [
        "../news.db", "/tmp/news.db", "a/news.db", "..", ".db", ".hidden.db", "news", "news.db-wal", "news.db\\u0000.db", "n\\u00e9ws.db",
        "news.db/", "-rf.db", "", " news.db",
    ])
    func `a name that leaves the folder, or is none, is refused`(_ name: String) async throws {
        let backups = try Backups()
        let answer = try await Desk(backupFolder: backups.path).write(line, #"{"name": "\#(name)"}"#)
        #expect(answer.status == 422 || answer.status == 400, "\(answer.status)")
        if answer.status == 422 { #expect(answer.failures == ["/name invalid_value"]) }
    }

    @Test func `it takes the token, a folder, and members that exist`() async throws {
        let backups = try Backups()
        #expect(try await Desk(backupFolder: backups.path).send(line).status == 401)
        let homeless = try await Desk().sendAsNewsroom(line)
        #expect(homeless.status == 409 && homeless.code == "backup_refused")
        let desk = try Desk(backupFolder: backups.path)
        #expect(try await desk.write(line, #"{"path": "x"}"#).failures == ["/path unknown_member"])
        #expect(try await desk.write(line, #"{"name": 7}"#).failures == ["/name wrong_type"])
        let lost = try await Desk(backupFolder: "\(backups.path)/none").sendAsNewsroom(line)
        #expect(lost.status == 503 && !lost.text.contains(backups.path))
    }
}
