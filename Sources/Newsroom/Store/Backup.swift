/// What a backup holds.
package struct BackupSummary: Sendable, Equatable {
    package var byteCount: Int
    /// The number of the newest change in it.
    package var sequence: Int64

    package init(byteCount: Int, sequence: Int64) {
        self.byteCount = byteCount
        self.sequence = sequence
    }
}

/// Why there is no backup.
package enum BackupError: Error, Sendable, Equatable {
    /// Something has the name already; it is as it was.
    case exists
    /// Another backup of this store runs.
    case isRunning
    case diskFull
    /// What is to be copied cannot be opened or is not ours; one line for whoever runs the program, never for a client.
    case unreadable(String)
    /// The text is for the log, never for a client.
    case failed(String)
}
