package import Newsroom
import Synchronization

extension SQLiteNewsroomStore {
    package func backUp(to path: String) async throws(BackupError) -> BackupSummary {
        let state = engine.state
        guard !state.isClosing.load(ordering: .acquiring) else { throw .failed("the store is closed") }
        guard !state.isBackingUp.exchange(true, ordering: .acquiringAndReleasing) else { throw .isRunning }
        state.holderCount.add(1, ordering: .acquiringAndReleasing)
        let backup = StoreBackup(source: engine.path, busyWithin: .seconds(5))
        let outcome: Result<BackupSummary, BackupError> = await withUnsafeContinuation { continuation in
            let hasStarted = WorkerThread.start(name: "dateline-backup") {
                let outcome: Result<BackupSummary, BackupError>
                do throws(BackupError) {
                    outcome = .success(
                        try backup.run(to: path, partial: StoreBackup.partialPath(for: path)) {
                            !state.isClosing.load(ordering: .acquiring)
                        })
                } catch {
                    outcome = .failure(error)
                }
                continuation.resume(returning: outcome)
            }
            if !hasStarted { continuation.resume(returning: .failure(.failed("the system has no thread left for a backup"))) }
        }
        state.holderCount.subtract(1, ordering: .acquiringAndReleasing)
        state.isBackingUp.store(false, ordering: .releasing)
        return try outcome.get()
    }

    /// Ends a backup that runs, and waits until it has cleaned up behind it.
    func endBackup() async {
        engine.state.isClosing.store(true, ordering: .releasing)
        while engine.state.isBackingUp.load(ordering: .acquiring) { try? await Task.sleep(for: .milliseconds(2)) }
    }
}
