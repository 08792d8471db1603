import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// Tables of merges that do not say what the log says are found; files from before there were any get what they need.
@Suite(.inTurn) struct MergeCheckTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.file("newsroom.db") }

    private func fill() async throws {
        let clock = TestClock()
        let store = try StoreUnderTest.all[0].open(folder, clock)
        let pair = try await MergeTests.Pair(store)
        _ = try await pair.merge(store)
        let third = try await store.people.create(.sample("Third"))
        let distinction = Distinction<Person>(from: .id(third.record.id))
        _ = try await store.people.distinguish(.id(pair.survivor.record.id), distinction, if: .none, by: editor, on: WriteTerms())
        await store.close()
    }

    private func run(_ script: String) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.execute(script: script)
        try database.close()
    }

    @Test func `merges and distinctions leave nothing to find`() async throws {
        try await fill()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test(arguments: [
        ("DELETE FROM person_merged", "in the log, but not in person_merged"),
        ("UPDATE person_merged SET slug = 'other'", "in person_merged, but not in the log"),
        ("UPDATE person_merged SET person_key = (SELECT key FROM person WHERE slug = 'third')", "in person_merged, but not in the log"),
        ("DELETE FROM person_distinction", "in the log, but not in person_distinction"),
        ("DELETE FROM person_likeness", "what is worked out of its members"),
        ("UPDATE person_likeness SET detail = 'x' WHERE block LIKE '2:%'", "what is worked out of its members"),
    ])
    func `what is changed behind the log's back is found`(_ script: String, _ finding: String) async throws {
        try await fill()
        try run(script)
        let findings = try StoreCheck.run(path: path)
        #expect(findings.contains { $0.contains(finding) }, "\(findings)")
    }

    @Test func `likeness of other rules is made anew when the file is opened`() async throws {
        try await fill()
        try run("DELETE FROM person_likeness; UPDATE likeness_state SET form = 0, is_whole = 0, key = 0")
        let store = try StoreUnderTest.all[0].open(folder, TestClock())
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }
}
