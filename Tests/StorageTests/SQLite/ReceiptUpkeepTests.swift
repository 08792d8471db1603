import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

@Suite(.inTurn) struct ReceiptUpkeepTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()

    private func keyCount() throws -> Int64? {
        let database = try Database(path: folder.file("newsroom.db"), settings: ConnectionSettings(access: .readOnly))
        return try database.first(Query("SELECT count(*) FROM idempotency_key") { row throws(SQLiteError) in row.integer(0) })
    }

    private func write(_ number: Int, _ store: any NewsroomStore) async throws {
        let receipt = ReceiptTerms<Person>(key: IdempotencyKey(text: "key-\(number)", request: [])) { _ in
            Receipt(status: 201, fields: [], body: [])
        }
        _ = try await store.people.create(Proposal(.sample("Person \(number)")), by: editor, on: WriteTerms(receipt: receipt))
    }

    @Test func `where there is no room the oldest go, but none of the last hour`() async throws {
        let options = SQLiteNewsroomStore.Options(path: folder.file("newsroom.db"), receiptCountMax: 10)
        let store = try SQLiteNewsroomStore.open(options, now: { [clock] in clock.now })
        for number in 0..<10 { try await write(number, store) }
        clock.advance(milliseconds: IdempotencyKey.keptMillisecondsMin - 1)
        #expect(await storeError { try await write(10, store) } == .keysFull)
        // What has a key already is answered, and what asks for none is written.
        try await write(0, store)
        try await store.people.create(.sample("Nobody's"))
        #expect(try keyCount() == 10)
        #expect(store.statistics.sequence == 11)
        clock.advance(milliseconds: 1)
        for number in 10..<18 { try await write(number, store) }
        #expect(try #require(try keyCount()) <= 10)
        #expect(store.statistics.sequence == 19)
        // The younger ones are still known.
        try await write(17, store)
        #expect(store.statistics.sequence == 19)
        await store.close()
        #expect(try StoreCheck.run(path: folder.file("newsroom.db")) == [])
    }

    @Test func `old answers go a few with each new one, and the rest while nobody writes`() async throws {
        let store = try StoreUnderTest.all[0].open(folder, clock)
        for number in 0..<40 { try await write(number, store) }
        #expect(try keyCount() == 40)
        clock.advance(milliseconds: IdempotencyKey.keptMilliseconds)
        try await write(40, store)
        #expect(try #require(try keyCount()) <= 37)
        // Once a second an idle writer looks.
        var attemptCount = 0
        while try keyCount() != 1, attemptCount < 600 {
            try await Task.sleep(for: .milliseconds(100))
            attemptCount += 1
        }
        #expect(try keyCount() == 1)
        #expect(store.statistics.sequence == 41)
        await store.close()
        #expect(try StoreCheck.run(path: folder.file("newsroom.db")) == [])
    }
}
