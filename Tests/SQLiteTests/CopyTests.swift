import Glibc
import SQLite
import Testing
import Turns

@Suite(.inTurn) struct CopyTests {
    private let folder = TemporaryFolder()
    private let insert = SQL("INSERT INTO t VALUES ($1)")
    private let count = Query("SELECT count(*) FROM t") { row throws(SQLiteError) in row.integer(0) }

    private func open(_ name: String, _ access: ConnectionSettings.Access) throws -> Database {
        try Database(path: folder.file(name), settings: ConnectionSettings(access: access))
    }

    private func fill(_ database: Database, _ rowCount: Int) throws {
        try database.beginWriting()
        for _ in 0..<rowCount { try database.run(insert) { $0.add(String(repeating: "x", count: 1_000)) } }
        try database.commit()
    }

    @Test func `a copy of a snapshot is of one moment, and does not begin again when others commit`() throws {
        let writer = try open("test.db", .create)
        try writer.execute(script: "CREATE TABLE t (x TEXT) STRICT")
        try fill(writer, 200)
        let source = try open("test.db", .readOnly)
        try source.beginReading()
        #expect(try source.first(count) == 200)
        let target = try open("copy.db", .copy)
        var stepCount = 0
        do {
            let copy = try DatabaseCopy(of: source, into: target)
            while try !copy.step(pageCount: 4) {
                stepCount += 1
                try fill(writer, 1)
            }
            #expect(copy.pageCount > 40 && stepCount <= copy.pageCount / 4)
        }
        try target.close()
        let made = try open("copy.db", .copy)
        #expect(try made.first(count) == 200)
        #expect(try made.pragma("journal_mode") == "delete")
        #expect(try writer.first(count) == Int64(200 + stepCount))
    }

    @Test func `a file that another has taken the name of has moved`() throws {
        let database = try open("test.db", .create)
        #expect(!database.hasMoved)
        rename(folder.file("test.db"), folder.file("other.db"))
        #expect(database.hasMoved)
        _ = try open("test.db", .create)
        #expect(database.hasMoved)
    }
}
