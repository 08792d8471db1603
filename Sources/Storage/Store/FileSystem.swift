import Glibc

/// The little that storage asks of the file system itself.
enum FileSystem {
    enum Kind {
        case file, folder, other, missing
    }

    static func kind(of path: String) -> Kind {
        guard let status = status(of: path) else { return .missing }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// 0 for a file that is not there.
    static func byteCount(of path: String) -> Int {
        status(of: path).map { Int($0.st_size) } ?? 0
    }

    static func isWritable(_ path: String) -> Bool {
        access(path, W_OK) == 0
    }

    static func isReadable(_ path: String) -> Bool {
        access(path, R_OK) == 0
    }

    /// Makes an empty file that only its owner may read, and makes sure that its name is on disk too. Leaves one that is there alone.
    static func createFile(_ path: String) -> Bool {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return errno == EEXIST }
        close(descriptor)
        _ = syncFolder(of: path)
        return true
    }

    /// Sees to it that the names in a path's folder are on disk.
    static func syncFolder(of path: String) -> Bool {
        let folder = open(FileSystem.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    /// Whether something has a name, a link that leads nowhere too.
    static func isTaken(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Whether two names are of one file.
    static func isSame(_ path: String, _ other: String) -> Bool {
        guard let one = status(of: path), let two = status(of: other) else { return false }
        return one.st_dev == two.st_dev && one.st_ino == two.st_ino
    }

    static func removeIfEmpty(_ path: String) {
        if kind(of: path) == .file, byteCount(of: path) == 0 { unlink(path) }
    }

    /// The folder that a path lies in, `.` for a bare name.
    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    }

    static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }
}
