import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// `dateline check` replays the log: whatever is changed in a table behind the log's back is found.
@Suite(.inTurn) struct LogReplayTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.file("newsroom.db") }

    private func fill() async throws {
        let clock = TestClock()
        let store = try StoreUnderTest.all[0].open(folder, clock)
        _ = try await World(store, clock, hasStatements: true)
        var upheaval = Upheaval(store, clock, seed: 9)
        try await upheaval.run()
        let party = try await store.organizations.create(
            .sample("Party") {
                $0.aliases = [Alias(name: "Old party")]
                $0.identifiers["wikidata"] = "Q1"
            })
        try await store.people.create(
            .sample {
                $0.aliases = [Alias(name: "Y. G.", from: PartialDate("1999"))]
                $0.roles = [Person.Role(title: "Minister", organization: .id(party.record.id), from: PartialDate("2022-12-29"))]
                $0.links = WebURL("https://example.org/a").map { [Link(url: $0, title: "A")] } ?? []
                $0.description = "d"
            })
        try await store.events.create(
            .sample {
                $0.window = EDTF("2024-04-01/..").map { Window(edtf: $0, stated: "as early as next week", zone: TimeZoneName("Asia/Gaza")) }
                $0.place = Place(name: "Washington", latitude: 38.9, longitude: -77.0)
            })
        await store.close()
    }

    private func damage(_ script: String) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.execute(script: script)
        try database.close()
    }

    @Test func `a file in which much was changed, deleted and brought back has no findings`() async throws {
        try await fill()
        let findings = try StoreCheck.run(path: path)
        #expect(findings == [])
    }

    @Test(arguments: [
        ("UPDATE statement SET text = text || '.'", "/text"), ("UPDATE statement SET described_as = 'x' WHERE source_key > 0", "/speaker"),
        ("DELETE FROM statement_chain WHERE position = 0", "/chain"), ("UPDATE statement SET hops = hops + 1", "worked out"),
        ("DELETE FROM statement_event", "/events"), ("UPDATE statement SET claim_value = 'x' WHERE claim_value IS NOT NULL", "/claim"),
        ("UPDATE statement SET status = 'withdrawn'", "/status"), ("UPDATE statement SET article_key = NULL", "/article"),
        ("UPDATE statement SET corrects_key = NULL", "/corrects"), ("UPDATE statement_past SET manner = 'asked'", "manner"),
        ("UPDATE statement SET precision = 'time' WHERE precision IS NOT NULL", "worked out"),
        ("UPDATE article SET headline = 'Other' WHERE key = (SELECT max(key) FROM article)", "/headline"),
        ("UPDATE article SET body = body || '.'", "/body"),
        ("UPDATE article SET word_count = 77", "what the server keeps"),
        (
            "DROP TRIGGER article_first_published_at_stays; UPDATE article SET first_published_at_ms = 5 WHERE first_published_at_ms > 0",
            "what the server keeps"
        ),
        ("UPDATE article SET created_at_ms = 5", "what the server keeps"), ("UPDATE article SET urgency = 10 - urgency", "/urgency"),
        ("DELETE FROM article_tag WHERE position = 1", "/tags/1"), ("UPDATE article_tag SET tag = 'other'", "/tags/0"),
        ("UPDATE article_place SET place = 'x'", "/places/0"), ("UPDATE article_person SET role = 'x'", "/people/0"),
        ("UPDATE article_author SET person_key = (SELECT max(key) FROM person)", "/authors/0"), ("DELETE FROM article_event", "/events"),
        ("UPDATE article_external_id SET value = value || 'x'", "/external_ids/"),
        ("INSERT INTO organization_external_id VALUES ((SELECT max(key) FROM organization), 'x', 'y')", "/external_ids"),
        ("UPDATE person SET description = 'other' WHERE description IS NOT NULL", "/description"),
        ("UPDATE person SET sort_name = sort_name || 'x'", "/sort_name"), ("DELETE FROM person_alias", "/aliases"),
        ("UPDATE person_role SET title = title || 'x'", "/roles/0"), ("UPDATE person_role SET organization_key = NULL", "/roles/0"),
        ("UPDATE person_role SET first_day = first_day + 1", "worked out"),
        ("UPDATE person_role SET folded_title = 'x'", "worked out"), ("UPDATE person_link SET title = 'B'", "/links/0"),
        ("UPDATE organization_identifier SET value = 'Q2'", "/identifiers/wikidata"), ("DELETE FROM organization_alias", "/aliases"),
        ("UPDATE organization SET country = 'DE' WHERE country IS NOT NULL", "/country"),
        ("UPDATE event SET stated = 'later' WHERE stated IS NOT NULL", "/window/stated"),
        ("UPDATE event SET earliest_ms = earliest_ms + 1 WHERE latest_ms IS NULL", "worked out"),
        ("UPDATE event SET precision = 'year' WHERE stated IS NOT NULL", "worked out"),
        ("UPDATE event SET latitude = 1 WHERE latitude IS NOT NULL", "/place/latitude"),
        ("UPDATE event SET edtf = 'soon' WHERE stated IS NOT NULL", "does not belong there: event.edtf"),
        ("DELETE FROM event_participant", "/participants"),
        ("DROP TRIGGER log_is_not_changed; UPDATE log SET document = '{}' WHERE seq = 7", "row 7 of the log holds no document"),
        ("DROP TRIGGER log_is_not_changed; UPDATE log SET document = 'x' WHERE seq = 7", "row 7 of the log holds no document"),
        ("DROP TRIGGER log_is_not_changed; UPDATE log SET public_from_ms = 1 WHERE seq = 7", "row 7 of the log says another thing"),
        ("DROP TRIGGER log_is_not_changed; UPDATE log SET key = key + 1", "the number"),
    ])
    func `each change behind the log's back is found`(_ script: String, _ finding: String) async throws {
        try await fill()
        try damage(script)
        let findings = try StoreCheck.run(path: path)
        #expect(findings.contains { $0.contains(finding) }, "\(findings)")
        #expect(findings.count <= 100)
    }
}
