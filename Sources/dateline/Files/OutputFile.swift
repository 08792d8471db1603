internal import Glibc
internal import HTTPServer
internal import Synchronization

/// A file that appears under its name only when it is whole: written beside it, synced, and renamed.
///
/// A file of that name that was there before stays as it was until then, and for good when this one is let go unfinished.
final class OutputFile: Sendable {
    private let path: String
    private let partialPath: String
    private let descriptor: FileDescriptor
    private let isFinished = Atomic(false)

    init(path: String) throws(SystemError) {
        let partialPath = "\(path).\(getpid()).partial"
        let rawValue = open(partialPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard rawValue >= 0 else { throw SystemError("open", errno) }
        self.path = path
        self.partialPath = partialPath
        descriptor = FileDescriptor(owning: rawValue)
    }

    deinit {
        if !isFinished.load(ordering: .relaxed) { unlink(partialPath) }
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        try StandardStream.write(bytes, to: descriptor.rawValue)
    }

    /// Gives it its name. Both are on disk on return.
    func finish() throws(SystemError) {
        guard fsync(descriptor.rawValue) == 0 else { throw SystemError("fsync", errno) }
        guard rename(partialPath, path) == 0 else { throw SystemError("rename", errno) }
        isFinished.store(true, ordering: .relaxed)
        let folderPath = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let rawValue = open(folderPath, O_RDONLY | O_CLOEXEC)
        guard rawValue >= 0 else { throw SystemError("open", errno) }
        let folder = FileDescriptor(owning: rawValue)
        guard fsync(folder.rawValue) == 0 else { throw SystemError("fsync", errno) }
    }
}
