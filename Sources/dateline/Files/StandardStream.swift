internal import Glibc
internal import HTTPServer

/// Standard output and standard error, without a buffer between.
enum StandardStream {
    case output, error

    private var descriptor: CInt {
        switch self {
        case .output: STDOUT_FILENO
        case .error: STDERR_FILENO
        }
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// How many characters a line of the terminal holds; 80 where it does not say.
    var columnCount: Int {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        try Self.write(bytes, to: descriptor)
    }

    /// Writes a text and ends its line. There is nobody to tell when it cannot be written.
    func line(_ text: String) {
        try? write(Array(text.utf8) + [UInt8(ascii: "\n")])
    }

    /// Writes all of some bytes, however many calls it takes.
    static func write(_ bytes: [UInt8], to descriptor: CInt) throws(SystemError) {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start) }
            if count >= 0 {
                start += count
            } else if errno == EAGAIN {
                // Somebody made the terminal or pipe that we share non-blocking: wait until it takes more.
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            } else if errno != EINTR {
                throw SystemError("write", errno)
            }
        }
    }
}
