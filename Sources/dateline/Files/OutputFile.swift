internal import CLinux
internal import Glibc
internal import HTTPServer
internal import Synchronization

/// What a command writes to a path that it was given. A regular file appears under its name only when it is whole: it is written beside it
/// under another name, synced, and renamed.
///
/// A file of that name that was there before stays as it was until then, and for good when this one is let go unfinished or a signal ends
/// the program; the new one has its owner and mode. A new file may be read by its owner alone, as the database may. What is no regular
/// file, a pipe or a device, is written to as it is. A link is followed, and stays.
final class OutputFile: Sendable {
    private let descriptor: FileDescriptor
    /// Where it is written and what it is to be called; nil for what is no regular file.
    private let names: (partial: String, final: String)?
    private let isFinished = Atomic(false)

    /// - Throws: what `open` says, `EISDIR` for a folder.
    init(path: String) throws(SystemError) {
        let earlier = FileStatus(of: path)
        guard earlier?.isFolder != true else { throw SystemError("open", EISDIR) }
        if let earlier, !earlier.isRegular {
            descriptor = try Self.open(path, O_WRONLY)
            names = nil
            return
        }
        // Renaming would pass over the permissions of the file, which say that it is to stay.
        if earlier != nil, access(path, W_OK) != 0 { throw SystemError("open", errno) }
        let final = try Self.target(of: path)
        let suffix = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        let partial = "\(Self.folder(of: final))/.dateline-\(suffix).partial"
        clinux_unlink_at_signal(partial)
        do throws(SystemError) {
            descriptor = try Self.open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
        } catch {
            clinux_unlink_at_signal(nil)
            throw error
        }
        names = (partial, final)
        // Another's group must not come to read what only the old file's group may.
        if let earlier, fchown(descriptor.rawValue, earlier.owner, earlier.group) == 0 { fchmod(descriptor.rawValue, earlier.mode) }
    }

    /// Whether a path leads to the file of another path, by whatever name and links; or would, if that were there.
    static func leads(_ path: String, to other: String) -> Bool {
        let (one, two) = (FileStatus(of: path), FileStatus(of: other))
        if one != nil || two != nil { return one?.identity == two?.identity }
        guard let one = try? target(of: path), let two = try? target(of: other), name(of: one) == name(of: two) else { return false }
        guard let folder = FileStatus(of: folder(of: one)) else { return false }
        return folder.identity == FileStatus(of: Self.folder(of: two))?.identity
    }

    private static func name(of path: String) -> Substring { path.split(separator: "/").last ?? "" }

    deinit {
        guard let names, !isFinished.load(ordering: .relaxed) else { return }
        unlink(names.partial)
        clinux_unlink_at_signal(nil)
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        try StandardStream.write(bytes, to: descriptor.rawValue)
    }

    /// Gives it its name. Both are on disk on return.
    func finish() throws(SystemError) {
        guard let names else { return }
        guard fsync(descriptor.rawValue) == 0 else { throw SystemError("fsync", errno) }
        guard rename(names.partial, names.final) == 0 else { throw SystemError("rename", errno) }
        clinux_unlink_at_signal(nil)
        isFinished.store(true, ordering: .relaxed)
        let folder = try Self.open(Self.folder(of: names.final), O_RDONLY)
        guard fsync(folder.rawValue) == 0 else { throw SystemError("fsync", errno) }
    }

    private static func open(_ path: String, _ flags: CInt) throws(SystemError) -> FileDescriptor {
        let rawValue = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard rawValue >= 0 else { throw SystemError("open", errno) }
        return FileDescriptor(owning: rawValue)
    }

    /// Where a path leads once its last part is no link any more, be there a file or not.
    private static func target(of path: String) throws(SystemError) -> String {
        var path = path
        // As many links as the kernel follows (path_resolution(7)).
        for _ in 0..<40 {
            guard let link = linkText(of: path) else { return path }
            path = link.hasPrefix("/") ? link : "\(folder(of: path))/\(link)"
        }
        throw SystemError("open", ELOOP)
    }

    private static func linkText(of path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        return count < 0 ? nil : String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The folder that a path lies in, `.` for a bare name.
    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    }
}

/// What stat(2) tells of a path, links followed.
private struct FileStatus {
    let isFolder: Bool
    let isRegular: Bool
    /// Which file it is, whatever it is called.
    let identity: [UInt64]
    let owner: uid_t
    let group: gid_t
    /// The nine bits of permissions.
    let mode: mode_t

    /// Nil where nothing is.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        isRegular = status.st_mode & S_IFMT == S_IFREG
        identity = [UInt64(status.st_dev), UInt64(status.st_ino)]
        owner = status.st_uid
        group = status.st_gid
        mode = status.st_mode & 0o777
    }
}
