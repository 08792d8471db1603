internal import Glibc
internal import HTTPServer

/// A file that is read from its beginning to its end, or standard input.
struct InputFile: ~Copyable {
    private let descriptor: FileDescriptor
    /// Its size when it was opened; nil for what is no regular file.
    let byteCount: Int?

    /// - Throws: what `open` says: no such file, no permission, a folder.
    init(path: String) throws(SystemError) {
        let rawValue = open(path, O_RDONLY | O_CLOEXEC)
        guard rawValue >= 0 else { throw SystemError("open", errno) }
        try self.init(FileDescriptor(owning: rawValue))
    }

    /// What comes through standard input.
    static func standardInput() throws(SystemError) -> InputFile {
        let rawValue = dup(STDIN_FILENO)
        guard rawValue >= 0 else { throw SystemError("dup", errno) }
        return try InputFile(FileDescriptor(owning: rawValue))
    }

    private init(_ descriptor: consuming FileDescriptor) throws(SystemError) {
        var status = stat()
        guard fstat(descriptor.rawValue, &status) == 0 else { throw SystemError("fstat", errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw SystemError("open", EISDIR) }
        self.byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        self.descriptor = descriptor
    }

    /// The next bytes, as many as the buffer holds or fewer.
    ///
    /// - Returns: how many there are; 0 at the end.
    func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor.rawValue, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            if errno != EINTR { throw SystemError("read", errno) }
        }
    }

    /// All of it.
    ///
    /// - Throws: `EFBIG` when there is more than so many bytes.
    consuming func readAll(upTo byteCountMax: Int) throws(SystemError) -> [UInt8] {
        var whole: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = try read(into: &buffer)
            if count == 0 { return whole }
            guard whole.count + count <= byteCountMax else { throw SystemError("read", EFBIG) }
            whole += buffer[..<count]
        }
    }
}

extension SystemError {
    var isNoSuchFile: Bool { number == ENOENT }
}
