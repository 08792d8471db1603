import Dispatch
import Locks
import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

@Suite(.inTurn) struct GroupCommitTests {
    /// What one thread tells another.
    private final class Flag: Sendable {
        private let value = Lock(false)

        var isSet: Bool { value.withLock { $0 } }

        func set() { value.withLock { $0 = true } }
    }

    private let folder = TemporaryFolder()
    private let clock = TestClock()

    /// Writes of one batch: those whose number `fails` write a person too, and then throw.
    private func write(_ count: Int, into store: SQLiteNewsroomStore, fails: @escaping @Sendable (Int) -> Bool) async -> [Bool] {
        let gate = DispatchSemaphore(value: 0)
        let isHeld = Flag()
        return await withTaskGroup(of: (Int, Bool).self) { group in
            group.addTask {
                // Keeps the writer busy until the others wait.
                _ = try? await store.engine.writer.perform { _ in
                    isHeld.set()
                    gate.wait()
                }
                return (0, true)
            }
            while !isHeld.isSet { await Task.yield() }
            for number in 1...count {
                group.addTask {
                    let error = await storeError {
                        _ = try await store.engine.writer.perform { session in
                            _ = try session.create(Proposal(.sample("Person \(number)")), by: editor) as Stored<Person>
                            if fails(number) { throw StoreError.conflict([]) }
                        }
                    }
                    return (number, error == nil)
                }
            }
            while store.statistics.writeQueueDepth < count { await Task.yield() }
            gate.signal()
            return await group.reduce(into: Array(repeating: false, count: count + 1)) { $0[$1.0] = $1.1 }
        }
    }

    @Test func `a write that is refused after it has written leaves its neighbours, and nothing of itself`() async throws {
        let store = try SQLiteNewsroomStore.open(.init(path: folder.file("newsroom.db")), now: { [clock] in clock.now })
        let kept = await write(12, into: store) { $0 % 4 == 0 }
        #expect(kept == (0...12).map { $0 == 0 || $0 % 4 != 0 })
        let people = try await store.people.walk(ListQuery(sort: Sort(.name)))
        #expect(Set(people.map(\.draft.name)) == Set((1...12).filter { $0 % 4 != 0 }.map { "Person \($0)" }))
        #expect(store.statistics.sequence == 9)
        // The log has no gap, and goes on.
        try await store.people.create(.sample("Later"))
        #expect(store.statistics.sequence == 10)
        await store.close()
        #expect(try StoreCheck.run(path: folder.file("newsroom.db")) == [])
    }

    @Test func `a row of an import whose statement fails leaves its neighbours, whichever it is`() async throws {
        let store = try SQLiteNewsroomStore.open(.init(path: folder.file("newsroom.db")), now: { [clock] in clock.now })
        let other = try Database(path: folder.file("newsroom.db"), settings: ConnectionSettings(access: .readWrite))
        try other.execute(
            script: """
                CREATE TRIGGER no_bad_names BEFORE INSERT ON person WHEN new.name = 'Bad' BEGIN SELECT raise(ABORT, 'bad'); END;
                """)
        for (batch, names) in [["Bad", "A", "B"], ["C", "Bad", "D"], ["Bad"]].enumerated() {
            let rows = try names.enumerated().map { index, name in
                let draft = try Person.Draft.sample(name)
                return ImportRow.person(
                    ImportEntry(id: nil, externalIDs: ExternalIDs([try externalID("row:\(batch)-\(index)")])) { _ in Proposal(draft) })
            }
            let outcomes = try await store.importRows(rows, by: editor)
            #expect(outcomes.map { if case .created = $0 { true } else { false } } == names.map { $0 != "Bad" })
        }
        #expect(try await store.people.walk(ListQuery(sort: Sort(.name))).map(\.draft.name) == ["A", "B", "C", "D"])
        #expect(store.statistics.sequence == 4)
        await store.close()
    }

    @Test func `a write that is alone in its batch and refused leaves nothing`() async throws {
        let store = try SQLiteNewsroomStore.open(.init(path: folder.file("newsroom.db")), now: { [clock] in clock.now })
        #expect(await write(1, into: store) { _ in true } == [true, false])
        #expect(try await store.people.walk(ListQuery(sort: Sort(.name))) == [])
        #expect(try await store.newestSequence() == 0)
        await store.close()
    }
}
