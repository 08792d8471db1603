package import Newsroom

extension SQLiteNewsroomStore {
    package func changes(_ query: ChangeQuery, as viewer: Viewer) async throws(StoreError) -> ChangePage {
        let reading = ChangeReading(query: query, viewer: viewer)
        var page =
            if query.limit <= ChangeReading.cheapCountMax {
                try engine.readers.pool.read { database in try reading.page(from: database) }
            } else {
                try await engine.readers.longQueries.read { database in try reading.page(from: database) }
            }
        // Another reader may have seen what another process has committed since this one's snapshot.
        engine.readers.watch.note(page.newest)
        page.newest = engine.readers.watch.newest
        return page
    }

    package func waitForChanges(after sequence: Int64, within duration: Duration) async throws(StoreError) -> Int64 {
        guard let newest = await engine.readers.watch.wait(after: sequence, within: duration) else {
            throw .unavailable("the store is closed, or the system has no thread left for who waits")
        }
        return newest
    }
}
