import Glibc
import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// What stands in the way of opening a file, told in one line; and that the file is as it was then.
@Suite(.inTurn) struct OpeningTests {
    private let folder = TemporaryFolder()

    private func open(
        _ name: String = "newsroom.db", _ migrations: MigrationSet? = nil, busyWithin: Duration = .milliseconds(20)
    ) throws -> SQLiteNewsroomStore {
        try SQLiteNewsroomStore.open(
            .init(path: folder.file(name), busyWithin: busyWithin),
            migrations: migrations, now: { Instant(milliseconds: 1) })
    }

    private func message(_ name: String = "newsroom.db", _ migrations: MigrationSet? = nil) async -> String? {
        do {
            try await open(name, migrations).close()
            return nil
        } catch {
            return (error as? StoreOpeningError)?.message
        }
    }

    @Test func `a new file is made, for its owner alone`() async throws {
        try await open().close()
        var status = stat()
        #expect(stat(folder.file("newsroom.db"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(folder.names == ["newsroom.db"])
    }

    @Test func `a folder that is not there is named`() async {
        #expect(await message("none/newsroom.db")?.contains("there is no folder \(folder.path)/none") == true)
    }

    @Test func `a folder is no database`() async {
        mkdir(folder.file("newsroom.db"), 0o700)
        defer { rmdir(folder.file("newsroom.db")) }
        #expect(await message()?.contains("is a folder") == true)
    }

    @Test func `a letter is no database, and stays what it is`() async throws {
        let letter = String(repeating: "Dear editor, ", count: 500)
        folder.write(letter, to: "newsroom.db")
        #expect(await message()?.contains("is not a database") == true)
        #expect(folder.contents(of: "newsroom.db") == Array(letter.utf8))
    }

    @Test func `another program's database is left alone`() async throws {
        for script in [
            "CREATE TABLE notes (x)", "PRAGMA application_id = 7; CREATE TABLE notes (x)", "PRAGMA application_id = 7",
            "CREATE VIEW notes AS SELECT 1", "PRAGMA user_version = 5",
        ] {
            let other = TemporaryFolder()
            let path = other.file("notes.db")
            var plain: Database? = try Database(path: path, settings: ConnectionSettings(access: .create))
            try plain?.execute(script: "PRAGMA journal_mode = delete; \(script)")
            plain = nil
            let before = other.contents(of: "notes.db")
            do {
                _ = try SQLiteNewsroomStore.open(
                    .init(path: path), now: { Instant(milliseconds: 1) })
                Issue.record("opened: \(script)")
            } catch {
                #expect(error.message.contains("another program"))
            }
            #expect(other.contents(of: "notes.db") == before)
            #expect(other.names == ["notes.db"])
        }
    }

    @Test func `an empty file is made a database`() async throws {
        folder.write("", to: "newsroom.db")
        #expect(await message() == nil)
    }

    @Test func `a file that another process writes to is waited for, and then said to be locked`() async throws {
        try await open().close()
        let other = try Database(path: folder.file("newsroom.db"), settings: ConnectionSettings(access: .readWrite))
        try other.execute(script: "PRAGMA locking_mode = exclusive; BEGIN IMMEDIATE; UPDATE migration SET name = name; COMMIT")
        #expect(await message()?.contains("locked") == true)
        try other.close()
        #expect(await message() == nil)
    }

    @Test func `a damaged file is said to be damaged`() async throws {
        try await open().close()
        let file = try #require(fopen(folder.file("newsroom.db"), "r+"))
        fseek(file, 100, SEEK_SET)
        for _ in 0..<3_000 { fputc(0xAB, file) }
        fclose(file)
        #expect(await message()?.contains("damaged") == true)
        #expect(try !StoreCheck.run(path: folder.file("newsroom.db")).isEmpty)
    }

    // MARK: Migrations

    private let one = (name: "0001_one.sql", script: "CREATE TABLE log (seq INTEGER PRIMARY KEY, recorded_at_ms INTEGER) STRICT;")
    private let two = (name: "0002_two.sql", script: "CREATE TABLE second (x INTEGER) STRICT;")

    @Test func `migrations are numbered without a gap`() {
        #expect(throws: StoreOpeningError.self) { try MigrationSet(files: [two]) }
        #expect(throws: StoreOpeningError.self) { try MigrationSet(files: [one, ("0003_three.sql", "SELECT 1")]) }
        #expect(throws: StoreOpeningError.self) { try MigrationSet(files: [one, ("0001_again.sql", "SELECT 1")]) }
        #expect(throws: StoreOpeningError.self) { try MigrationSet(files: [("one.sql", "SELECT 1")]) }
    }

    @Test func `a migration is known by its number, name and hash`() throws {
        let set = try MigrationSet(files: [two, one])
        #expect(set.migrations.map(\.name) == ["one", "two"])
        // printf '%s' 'CREATE TABLE second (x INTEGER) STRICT;' | sha256sum
        #expect(set.migrations[1].sha256 == "4dabc9ebe34a56eb0da33a1610ec7e3bf6d43a3258107646413ab1a675df85b0")
    }

    @Test func `a newer migration is run over an older file, once`() async throws {
        #expect(await message("m.db", try MigrationSet(files: [one])) == nil)
        #expect(await message("m.db", try MigrationSet(files: [one, two])) == nil)
        #expect(await message("m.db", try MigrationSet(files: [one, two])) == nil)
        let database = try Database(path: folder.file("m.db"), settings: ConnectionSettings(access: .readOnly))
        #expect(try database.all(.appliedMigrations).map(\.name) == ["one", "two"])
    }

    @Test func `a migration that changed after it ran is refused`() async throws {
        #expect(await message("m.db", try MigrationSet(files: [one, two])) == nil)
        let changed = try MigrationSet(files: [one, (two.name, two.script + " ")])
        #expect(await message("m.db", changed)?.contains("must not change") == true)
        let renamed = try MigrationSet(files: [one, ("0002_other.sql", two.script)])
        #expect(await message("m.db", renamed)?.contains("must not change") == true)
    }

    @Test func `a file of a newer program is refused`() async throws {
        #expect(await message("m.db", try MigrationSet(files: [one, two])) == nil)
        #expect(await message("m.db", try MigrationSet(files: [one]))?.contains("newer version") == true)
    }

    @Test func `a migration that fails leaves nothing of itself`() async throws {
        let failing = try MigrationSet(files: [one, (two.name, two.script + "CREATE TABLE log (x INTEGER) STRICT;")])
        let told = await message("m.db", failing)
        #expect(told?.contains("2_two") == true && told?.contains("already exists") == true)
        #expect(await message("m.db", try MigrationSet(files: [one])) == nil)
        #expect(await message("m.db", try MigrationSet(files: [one, two])) == nil)
    }

    @Test func `many who migrate at once do it once`() async throws {
        let path = folder.file("newsroom.db")
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    do {
                        let store = try SQLiteNewsroomStore.open(
                            .init(path: path), now: { Instant(milliseconds: 1) })
                        await store.close()
                        return nil
                    } catch {
                        return (error as? StoreOpeningError)?.message ?? "\(error)"
                    }
                }
            }
            for await failure in group { #expect(failure == nil) }
        }
        #expect(try StoreCheck.run(path: path).isEmpty)
    }
}
