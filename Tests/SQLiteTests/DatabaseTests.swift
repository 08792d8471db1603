import Glibc
import SQLite
import Testing
import Turns

@Suite(.inTurn) struct DatabaseTests {
    private let folder = TemporaryFolder()

    private func open(_ settings: ConnectionSettings = ConnectionSettings(access: .create)) throws -> Database {
        try Database(path: folder.file("test.db"), settings: settings)
    }

    @Test(arguments: [
        ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("wal_autocheckpoint", "0"), ("query_only", "0"),
        ("trusted_schema", "0"), ("cell_size_check", "1"), ("journal_size_limit", "67108864"), ("temp_store", "2"), ("secure_delete", "2"),
    ])
    func `each connection is set up`(_ pragma: String, _ value: String) throws {
        #expect(try open().pragma(pragma) == value)
    }

    @Test func `a connection that reads refuses to write`() throws {
        try open().execute(script: "CREATE TABLE t (x INTEGER) STRICT")
        let reader = try open(ConnectionSettings(access: .readOnly))
        #expect(try reader.pragma("query_only") == "1")
        #expect(throws: SQLiteError.self) { try reader.run(SQL("INSERT INTO t VALUES (1)")) }
        do throws(SQLiteError) {
            try reader.run(SQL("INSERT INTO t VALUES (1)"))
        } catch {
            #expect(error.code.primary == .readOnly)
        }
    }

    @Test func `a file that is not there is not made unless that is wanted`() throws {
        #expect(code { try open(ConnectionSettings(access: .readWrite)) } == .cannotOpen)
        #expect(code { try open(ConnectionSettings(access: .readOnly)) } == .cannotOpen)
        #expect(access(folder.file("test.db"), F_OK) != 0)
    }

    @Test(arguments: ["file:x.db?mode=memory", ":memory:", "a b%20c.db"])
    func `a path is a name, whatever it looks like`(_ name: String) throws {
        let before = try Self.workingFolder()
        let database = try Database(path: folder.path + "/" + name, settings: ConnectionSettings(access: .create))
        try database.execute(script: "CREATE TABLE t (x INTEGER) STRICT")
        #expect(access(folder.file(name), F_OK) == 0)
        #expect(try Self.workingFolder() == before)
    }

    private static func workingFolder() throws -> String {
        let path = try #require(getcwd(nil, 0))
        defer { free(path) }
        return String(cString: path)
    }

    @Test func `a path that holds a NUL or nothing is refused`() {
        #expect(code { try Database(path: "", settings: ConnectionSettings(access: .create)) } == .cannotOpen)
        #expect(code { try Database(path: folder.file("a\0b"), settings: ConnectionSettings(access: .create)) } == .cannotOpen)
    }

    @Test func `what is not a database is said to be none`() throws {
        let path = folder.file("test.db")
        let file = try #require(fopen(path, "w"))
        fputs(String(repeating: "This is a letter to the editor. ", count: 100), file)
        fclose(file)
        #expect(code { try open() } == .notADatabase)
    }

    @Test func `closing says whether all is closed`() throws {
        let database = try open()
        try database.run(SQL("SELECT 1"))
        try database.close()
    }

    @Test func `the clock of deadlines does not run backwards`() {
        let first = MonotonicTime.now
        #expect(first <= MonotonicTime.now)
        #expect(first < first + .milliseconds(1))
        #expect(MonotonicTime.distantFuture + .seconds(1) == .distantFuture)
    }
}

/// The primary code of the error that something throws, nil when it throws none.
func code<Result>(_ body: () throws -> Result) -> ResultCode? {
    do {
        _ = try body()
        return nil
    } catch let error as SQLiteError {
        return error.code.primary
    } catch {
        return nil
    }
}
