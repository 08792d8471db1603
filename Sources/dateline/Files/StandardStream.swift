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

    /// Writes a text as one line, its control characters escaped: what it repeats of a file must not speak to the terminal.
    ///
    /// - Throws: that the stream takes nothing, as the command's failure: it was asked for its lines.
    func line(_ text: String) throws(Failure) {
        try whole(Array(text.escapingControls.utf8) + [UInt8(ascii: "\n")])
    }

    /// Writes bytes as they are; throws as `line` does.
    func whole(_ bytes: [UInt8]) throws(Failure) {
        do throws(SystemError) {
            try write(bytes)
        } catch {
            throw Failure("\(name) cannot be written: \(error)", status: .cannotWrite)
        }
    }

    private var name: String {
        switch self {
        case .output: "standard output"
        case .error: "standard error"
        }
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

extension StandardStream {
    /// Opens what the program was started without (`>&-`), so that no file of its own becomes its standard output. Used the way that its
    /// number is meant for, it still fails.
    static func openMissing() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is taken, which is this one.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}

extension String {
    /// The text with C0, DEL and C1 (U+0080 to U+009F) as JSON would escape them: `\u001B`.
    var escapingControls: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            guard scalar.isControl else { return text.unicodeScalars.append(scalar) }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }
}
