import SQLite
import Testing
import Turns

@Suite(.inTurn) struct StatementTests {
    private let folder = TemporaryFolder()
    private let database: Database

    init() throws {
        database = try Database(path: folder.file("test.db"), settings: ConnectionSettings(access: .create))
        try database.execute(
            script: """
                CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                CREATE TABLE child (parent INTEGER REFERENCES parent (id), size INTEGER CHECK (size < 10)) STRICT;
                CREATE TABLE value (i INTEGER, r REAL, t TEXT, b BLOB) STRICT;
                """)
    }

    private let insert = SQL("INSERT INTO value (i, r, t, b) VALUES ($1, $2, $3, $4)")
    private let texts = Query("SELECT t FROM value ORDER BY rowid") { row throws(SQLiteError) in row.textOrNil(0) }

    private func insert(text: String?) throws {
        try database.run(insert) { values in
            values.addNull()
            values.add(nil as Double?)
            values.add(text)
            values.addNull()
        }
    }

    @Test(arguments: ["", "a\0b", "\0", "naïve 日本 🗞️", String(repeating: "x", count: 1_048_576)])
    func `a text comes back as it went in`(_ text: String) throws {
        try insert(text: text)
        #expect(try database.all(texts) == [text])
        let lengths = Query("SELECT length(CAST(t AS BLOB)) FROM value") { row throws(SQLiteError) in row.integer(0) }
        #expect(try database.first(lengths) == Int64(text.utf8.count))
    }

    @Test func `no text is not an empty text`() throws {
        try insert(text: nil)
        try insert(text: "")
        #expect(try database.all(texts) == [nil, ""])
    }

    @Test func `every type comes back as it went in`() throws {
        try database.run(insert) { values in
            values.add(Int64.min)
            values.add(0.1)
            values.add(utf8: Array("bytes".utf8))
            values.add(blob: [0, 255, 0])
        }
        let row = Query("SELECT i, r, t, b FROM value") { row throws(SQLiteError) in
            (row.integer(0), row.realOrNil(1), row.withText(2) { $0.count }, row.blob(3))
        }
        let read = try #require(try database.first(row))
        #expect(read.0 == .min)
        #expect(read.1 == 0.1)
        #expect(read.2 == 5)
        #expect(read.3 == [0, 255, 0])
    }

    @Test func `NULL is nil in every type`() throws {
        try database.run(insert) { values in
            values.add(nil as Int64?)
            values.add(nil as Double?)
            values.add(nil as String?)
            values.addNull()
        }
        let row = Query("SELECT i, r, t, b FROM value") { row throws(SQLiteError) in
            row.integerOrNil(0) == nil && row.realOrNil(1) == nil && row.textOrNil(2) == nil && row.blob(3).isEmpty && row.isNull(3)
        }
        #expect(try database.first(row) == true)
    }

    @Test func `a text beyond the limit is an error, not a crash`() throws {
        #expect(code { try insert(text: String(repeating: "x", count: 17 * 1024 * 1024)) } == .tooBig)
        try insert(text: "after it")
        #expect(try database.all(texts) == ["after it"])
    }

    @Test(arguments: [
        ("INSERT INTO parent VALUES (1, 'secret'), (2, 'secret')", ResultCode.notUnique),
        ("INSERT INTO child VALUES (77, 1)", .foreignKeyFailed), ("INSERT INTO child VALUES (NULL, 4242)", .checkFailed),
        ("INSERT INTO child VALUES (NULL, 'secret')", .wrongDatatype),
    ])
    func `an error has its extended code and no value`(_ text: String, _ code: ResultCode) throws {
        do throws(SQLiteError) {
            try database.run(SQL(text))
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.code == code)
            #expect(error.code.primary == .constraint)
            #expect(!error.message.contains("secret") && !error.message.contains("4242"))
        }
    }

    @Test func `a statement that failed can be used again`() throws {
        let insert = SQL("INSERT INTO parent (id, name) VALUES ($1, $2)")
        func add(_ id: Int, _ name: String) throws {
            try database.run(insert) { values in
                values.add(id)
                values.add(name)
            }
        }
        try add(1, "one")
        #expect(code { try add(2, "one") } == .constraint)
        try add(2, "two")
        let count = Query("SELECT count(*) FROM parent") { row throws(SQLiteError) in row.integer(0) }
        #expect(try database.first(count) == 2)
    }

    @Test func `reading can stop at the first row, and the statement is free again`() throws {
        let numbers = Query("VALUES (1), (2), (3)") { row throws(SQLiteError) in row.integer(0) }
        #expect(try database.first(numbers) == 1)
        #expect(try database.all(numbers) == [1, 2, 3])
        #expect(!database.isInTransaction)
    }

    @Test func `a row that does not decode ends the reading, and the statement is free again`() throws {
        let failing = Query("VALUES (1), (2)") { (row: borrowing Row) throws(SQLiteError) -> Int64 in
            guard row.integer(0) < 2 else { throw .undecodable("number") }
            return row.integer(0)
        }
        #expect(code { try database.all(failing) } == .mismatch)
        #expect(try database.first(failing) == 1)
    }

    @Test(arguments: ["SELECT 1; SELECT 2", "", "  ", "SELEKT 1", "SELECT \"text\""])
    func `what is not one statement is refused`(_ text: String) {
        #expect(code { try database.run(SQL(text)) } == .error)
    }

    @Test func `assembled statements are kept by their text, and old ones go`() throws {
        for round in 0..<3 {
            for number in 0..<100 {
                let query = Query(SQL(assembled: "SELECT \(number)")) { row throws(SQLiteError) in row.integer(0) }
                #expect(try database.first(query) == Int64(number), "round \(round)")
            }
        }
    }

    @Test func `hostile SQL runs into the limits`() {
        let deep = "SELECT " + String(repeating: "(1+", count: 300) + "1" + String(repeating: ")", count: 300)
        #expect(code { try database.run(SQL(deep)) } == .error)
        #expect(
            code { try database.run(SQL("ATTACH 'x.db' AS a; ")) } != nil || code { try database.run(SQL("ATTACH 'y.db' AS b")) } != nil)
        #expect(code { try database.run(SQL("SELECT load_extension('x')")) } == .error)
        let long = "SELECT '" + String(repeating: "x", count: 300_000) + "'"
        #expect(code { try database.run(SQL(long)) } == .tooBig)
    }

    @Test func `a deadline ends a statement, and the next one runs`() throws {
        let endless = SQL("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
        database.deadline = MonotonicTime.now + .milliseconds(20)
        #expect(code { try database.run(endless) } == .interrupted)
        database.deadline = .distantFuture
        #expect(try database.first(texts) == nil)
    }

    @Test func `the key of the row inserted last is told`() throws {
        try database.run(SQL("INSERT INTO parent VALUES (5, 'a'), (6, 'b')"))
        #expect(database.lastInsertedKey == 6)
    }
}
