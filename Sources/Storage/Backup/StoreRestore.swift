import Glibc
package import Newsroom
import SQLite

/// Puts a backup in the place of a database.
package struct StoreRestore {
    private let backup: String
    private let path: String
    private let isForced: Bool

    /// - Parameter isForced: whether a database that is there is replaced.
    package init(from backup: String, to path: String, isForced: Bool) {
        self.backup = backup
        self.path = path
        self.isForced = isForced
    }

    /// What is wrong with the backup, a line each; empty when it can be restored.
    ///
    /// - Throws: that it cannot be looked at.
    package func findings() throws(StoreOpeningError) -> [String] {
        try StoreCheck.run(path: backup, looksAtResources: false)
    }

    /// The backup is in place and on disk on return, alone: nothing of the database before it is left beside it. Until then that one stays
    /// as it was, whatever ends the program.
    ///
    /// - Parameter partial: what it is called until it is whole, in the same folder.
    /// - Throws: one line that says what is in the way: a database that is there, or that another process holds.
    package func run(partial: String) throws(StoreOpeningError) -> BackupSummary {
        let isThere = try isToBeReplaced()
        // Held from here on, so that nobody opens what is about to be replaced.
        let held = isThere ? try hold() : nil
        defer { if let held { close(held) } }
        do throws(BackupError) {
            let file = try BackupFile(path: isThere ? partial + "-new" : path, partial: partial)
            defer { file.close() }
            if isThere { file.resemble(path) }
            let sequence = try StoreBackup(source: backup, busyWithin: .seconds(5)).copy(into: file)
            let summary = BackupSummary(byteCount: file.byteCount, sequence: sequence)
            if isThere {
                try file.sync()
                try replace(by: file)
            } else {
                for suffix in StoreRestore.companions { unlink(path + suffix) }
                try file.finish()
            }
            return summary
        } catch {
            throw StoreOpeningError("\(path) was left as it was: \(error.words)")
        }
    }

    /// What SQLite keeps beside a database.
    private static let companions = ["-wal", "-shm", "-journal"]

    /// Looks whether anything is in the way, before the backup is read.
    ///
    /// - Throws: one line that says what.
    package func look() throws(StoreOpeningError) {
        if try isToBeReplaced() { close(try hold()) }
    }

    /// Whether there is a database to replace.
    private func isToBeReplaced() throws(StoreOpeningError) -> Bool {
        let folder = FileSystem.folder(of: path)
        guard FileSystem.kind(of: folder) == .folder else {
            throw StoreOpeningError("there is no folder \(folder) for the database \(path)")
        }
        switch FileSystem.kind(of: path) {
        case .missing:
            guard isForced || !StoreRestore.companions.contains(where: { FileSystem.byteCount(of: path + $0) > 0 }) else {
                throw StoreOpeningError("beside \(path) lies a log of a database that is gone; --force removes it")
            }
            return false
        case .file:
            guard !FileSystem.isSame(path, backup) else { throw StoreOpeningError("\(path) is the backup itself; it was left alone") }
            guard isForced else { throw StoreOpeningError("\(path) exists; --force puts the backup in its place") }
            return true
        case .folder, .other: throw StoreOpeningError("\(path) is not a regular file")
        }
    }

    /// Takes the lock that keeps every connection of SQLite out (sqlite.org/lockingv3.html): whoever has the database open has a part.
    /// Asked for by the file's bytes, since a damaged database cannot be opened.
    private func hold() throws(StoreOpeningError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreOpeningError("\(path) cannot be written: errno \(errno)") }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0x4000_0000
        lock.l_len = 512
        guard fcntl(descriptor, F_SETLK, &lock) == 0 else {
            close(descriptor)
            throw StoreOpeningError("\(path) is open in another process: stop the server first")
        }
        return descriptor
    }

    /// A database and its log are one: the log must be gone before another file has the name, or it would be taken for that one's; and must
    /// not be gone from a database that stays. So both get another name first, under which they are whole at each moment.
    private func replace(by file: borrowing BackupFile) throws(BackupError) {
        let aside = StoreBackup.partialPath(for: path) + "-replaced"
        guard link(path, aside) == 0 else { throw BackupError(errno, "it cannot be set aside") }
        for suffix in StoreRestore.companions { rename(path + suffix, aside + suffix) }
        guard rename(file.partial, path) == 0 else {
            let number = errno
            for suffix in StoreRestore.companions { rename(aside + suffix, path + suffix) }
            unlink(aside)
            throw BackupError(number, "it cannot be named")
        }
        guard FileSystem.syncFolder(of: path) else { throw BackupError(errno, "its folder cannot be synced") }
        for suffix in [""] + StoreRestore.companions { unlink(aside + suffix) }
    }
}

extension BackupError {
    /// For whoever runs the program.
    package var words: String {
        switch self {
        case .exists: "the file exists"
        case .isRunning: "another backup runs"
        case .diskFull: "there is no room on the disk"
        case .unreadable(let text), .failed(let text): text
        }
    }
}
