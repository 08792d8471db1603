import Glibc
import Newsroom
import SQLite

/// A database file that comes about under another name, and gets its own when it is whole: what ends the program before leaves nothing
/// under that name. It may be read by its owner alone.
struct BackupFile {
    let path: String
    let partial: String
    /// Open all the while, for syncing. It is closed after SQLite's own descriptors: closing one gives up the locks of all.
    private let descriptor: Int32

    /// - Throws: `exists`, `diskFull`, `failed`.
    init(path: String, partial: String) throws(BackupError) {
        guard !FileSystem.isTaken(path) else { throw .exists }
        let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BackupError(errno, "it cannot be made") }
        self.path = path
        self.partial = partial
        self.descriptor = descriptor
    }

    /// Sees to it that what was written so far is on disk.
    func sync() throws(BackupError) {
        guard fdatasync(descriptor) == 0 else { throw BackupError(errno, "it cannot be synced") }
    }

    var byteCount: Int { FileSystem.byteCount(of: partial) }

    /// Takes another file's owner and mode.
    func resemble(_ other: String) {
        guard let status = FileSystem.status(of: other) else { return }
        if fchown(descriptor, status.st_uid, status.st_gid) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
    }

    /// Gives it its name, which must still be free. Both are on disk on return.
    func finish() throws(BackupError) {
        guard fsync(descriptor) == 0 else { throw BackupError(errno, "it cannot be synced") }
        // Unlike a rename, a link does not take the place of what has come there meanwhile.
        if link(partial, path) == 0 {
            unlink(partial)
        } else {
            guard errno != EEXIST, !FileSystem.isTaken(path) else { throw .exists }
            // Not every file system has links.
            guard rename(partial, path) == 0 else { throw BackupError(errno, "it cannot be named") }
        }
        guard FileSystem.syncFolder(of: path) else { throw BackupError(errno, "its folder cannot be synced") }
    }

    /// Lets go of it, and of what is not finished.
    func close() {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(partial + suffix) }
        _ = Glibc.close(descriptor)
    }
}

extension BackupError {
    init(_ number: Int32, _ doing: String) {
        switch number {
        case ENOSPC, EDQUOT, EFBIG: self = .diskFull
        case EEXIST: self = .exists
        default: self = .failed("\(doing): \(String(cString: strerror(number))) (\(number))")
        }
    }

    init(_ error: SQLiteError) {
        self = error.isOfFullDisk ? .diskFull : .failed(error.description)
    }
}
