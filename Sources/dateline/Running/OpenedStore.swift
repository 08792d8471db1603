internal import Glibc
internal import Newsroom
internal import Storage

/// The database of the settings, opened and migrated, for commands and for the server.
struct OpenedStore: Sendable {
    let store: SQLiteNewsroomStore

    /// - Parameter mustExist: whether a missing file is an error; else it is made.
    init(_ settings: Settings, mustExist: Bool = false) throws(Failure) {
        if mustExist { try Self.requireFile(settings.text(.storageDatabase)) }
        do throws(StoreOpeningError) {
            store = try SQLiteNewsroomStore.open(SQLiteNewsroomStore.Options(settings), now: { Instant.now() })
        } catch {
            throw Failure(error.message, status: .noInput)
        }
    }

    static func requireFile(_ path: String) throws(Failure) {
        guard access(path, F_OK) == 0 else { throw Failure("there is no database \(path)", status: .noInput) }
    }

    /// False after a commit whose outcome nobody knows, and for good.
    var isSound: Bool { store.statistics.isSound }

    /// Asks one thing of its tokens, and closes it.
    func once<Answer: Sendable>(
        _ ask: @escaping @Sendable (any TokenStore) async throws(StoreError) -> Answer
    ) throws(Failure) -> Answer {
        let outcome: Result<Answer, StoreError> = waiting {
            let outcome: Result<Answer, StoreError>
            do throws(StoreError) { outcome = .success(try await ask(store.tokens)) } catch { outcome = .failure(error) }
            await store.close()
            return outcome
        }
        switch outcome {
        case .success(let answer): return answer
        case .failure(let error): throw Failure(error)
        }
    }

    func close() async {
        await store.close()
    }
}

extension Failure {
    /// Why the store did not do as a command asked.
    init(_ error: StoreError) {
        switch error {
        case .queueFull, .overloaded: self.init("the database has too much to do", status: .unavailable)
        case .locked: self.init("another process holds the database", status: .unavailable)
        case .deadline: self.init("a query took longer than storage.query_ms allows", status: .unavailable)
        case .diskFull: self.init("the disk is full", status: .cannotWrite)
        case .unavailable(let reason): self.init("the database fails: \(reason)", status: .cannotWrite)
        case .notFound, .gone, .staleVersion, .conflict, .invalid, .invalidQuery, .inUse, .moveNotAllowed, .merged, .mergeRefused,
            .aheadOfTime, .keyReused, .keysFull:
            self.init("the database refuses: \(error)")
        }
    }
}
