import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// What the tables hold of times in zones is never wrong by the rules of the machine that opened the file last.
@Suite(.inTurn) struct ZoneRenewalTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    private func open() throws -> any NewsroomStore { try StoreUnderTest.all[0].open(folder, clock) }

    private func run(_ script: String) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.executeChangingSchema(script: script)
        try database.close()
    }

    private func numbers(_ sql: String) throws -> [Int64] {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        let numbers = try database.all(Query(SQL(assembled: sql)) { row throws(SQLiteError) in row.integer(0) })
        try database.close()
        return numbers
    }

    /// An event in New York that moved once, and an article about it.
    private func fill() async throws {
        let store = try open()
        let event = try await store.events.create(
            .sample {
                $0.status = .scheduled
                $0.window = Window(edtf: try edtf("2024-03-20T10:00:00"), zone: TimeZoneName("America/New_York"))
            })
        clock.advance(milliseconds: 1_000)
        try await store.events.change(event.record.id) {
            $0.window = EDTF("2024-04-01T10:00:00").map { Window(edtf: $0, zone: TimeZoneName("America/New_York")) }
        }
        try await store.articles.create(.sample { $0.events = [RoleReference(target: .id(event.record.id))] })
        await store.close()
    }

    /// As if another database of time zones had been there: everything five hours off.
    private func spoil() throws {
        try run(
            """
            UPDATE event SET earliest_ms = earliest_ms + 18000000, latest_ms = latest_ms + 18000000;
            UPDATE event_past SET earliest_ms = earliest_ms + 18000000, latest_ms = latest_ms + 18000000, due_ms = 5, window_order = 'x';
            UPDATE zone_rules SET fingerprint = 77;
            """)
    }

    @Test func `times are worked out anew where the rules have changed, the past's too`() async throws {
        try await fill()
        #expect(try StoreCheck.run(path: path) == [])
        try spoil()
        #expect(try StoreCheck.run(path: path).isEmpty == false)
        await (try open()).close()
        #expect(try StoreCheck.run(path: path) == [])
        #expect(try numbers("SELECT earliest_ms FROM event") == [1_711_980_000_000])
        #expect(try numbers("SELECT due_ms FROM event_past") == [1_710_943_200_000])
        #expect(try numbers("SELECT count(*) FROM zone_rules") == [1])
        #expect(try numbers("SELECT count(*) FROM article_rendering") == [0])
    }

    @Test func `a zone without rules on this machine is left as it is, and the check says so`() async throws {
        try await fill()
        try run("UPDATE zone_rules SET zone = 'America/Nowhere'; UPDATE event SET zone = 'America/Nowhere'")
        await (try open()).close()
        #expect(try numbers("SELECT earliest_ms FROM event") == [1_711_980_000_000])
        let findings = try StoreCheck.run(path: path)
        #expect(findings.contains { $0.contains("America/Nowhere cannot be checked") }, "\(findings)")
    }

    @Test func `a file from before comes to its times in zones and its titles without accents`() async throws {
        try await fill()
        let store = try open()
        try await store.people.create(.sample { $0.roles = [Person.Role(title: "Sénateur")] })
        await store.close()
        try run(
            FormerTables.before17 + """
                UPDATE event SET earliest_ms = earliest_ms - 14400000, latest_ms = latest_ms - 14400000;
                UPDATE event_past SET earliest_ms = earliest_ms - 14400000, latest_ms = latest_ms - 14400000;
                DROP TABLE zone_rules; DROP INDEX event_by_zone; DROP INDEX event_by_due; ALTER TABLE event DROP COLUMN due_ms;
                ALTER TABLE event_past DROP COLUMN due_ms;
                DROP INDEX person_role_unfolded; DROP INDEX person_by_office; DROP INDEX person_by_office_day;
                DROP INDEX person_by_organization;
                ALTER TABLE person_role DROP COLUMN held_from_day; ALTER TABLE person_role DROP COLUMN held_through_day;
                ALTER TABLE person_role DROP COLUMN folded_title; CREATE INDEX person_by_organization ON person_role (organization_key);
                DELETE FROM migration WHERE number >= 16;
                """)
        let again = try open()
        let found = try await again.people.walk(
            ListQuery(
                filters: [Filter(.role, .equal, [.text("senateur")]), Filter(.at, .equal, [.window(try edtf("2024"))])], sort: Sort(.name)))
        #expect(found.count == 1)
        await again.close()
        #expect(try StoreCheck.run(path: path) == [])
        #expect(try numbers("SELECT earliest_ms FROM event") == [1_711_980_000_000])
        #expect(try numbers("SELECT due_ms FROM event_past") == [1_710_943_200_000])
    }
}
