import Glibc
import Locks
import Testing

/// A run of the true program, as it stands beside the test binary. Ended and waited for at the latest when it is let go.
final class Program: Sendable {
    /// How it ended: its exit status, or 128 and the signal's number.
    struct Ending: Equatable {
        var status: Int
        var output: String
        var errors: String
    }

    let processID: pid_t
    private let input: CInt
    private let output: CInt
    private let errors: CInt
    private let state = Lock(State())
    /// Told what a sanitizer has reported.
    private let reported: @Sendable (String) -> Void

    private struct State {
        var status: Int?
        var errorBytes: [UInt8] = []
    }

    /// Starts it, or another program, in a folder, with nothing of our environment but the path. What a sanitizer reports is a failure.
    init(
        _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:], executable: String = Program.executable,
        reported: @escaping @Sendable (String) -> Void = { Issue.record("a sanitizer reports of the program: …\($0)") }
    ) throws {
        self.reported = reported
        // env(1) changes the folder, which posix_spawn as Swift sees it cannot, and becomes the program.
        let words = ["env", "-C", folder.path, executable] + arguments
        let variables = environment.merging(["PATH": "/usr/bin:/bin"]) { mine, _ in mine }.map { "\($0)=\($1)" }
        (processID, input, output, errors) = try Self.spawning.withLock { _ in try Self.spawn(words, variables) }
    }

    /// One at a time: a child that inherited an end of another's pipe would keep its reader waiting.
    private static let spawning = Lock(())

    private static func spawn(_ words: [String], _ variables: [String]) throws -> (pid_t, CInt, CInt, CInt) {
        let (input, output, errors) = (try pipe(), try pipe(), try pipe())
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors.write, STDERR_FILENO)
        // The threads of tests block signals, which a child would inherit.
        var attributes = posix_spawnattr_t()
        var noSignals = sigset_t()
        posix_spawnattr_init(&attributes)
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let (argv, envp) = (words.map { strdup($0) } + [nil], variables.map { strdup($0) } + [nil])
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
            for text in argv + envp { free(text) }
            for end in [input.read, output.write, errors.write] { close(end) }
        }
        var processID: pid_t = 0
        let result = posix_spawn(&processID, "/usr/bin/env", &actions, &attributes, argv, envp)
        guard result == 0 else {
            for end in [input.write, output.read, errors.read] { close(end) }
            throw Failed("posix_spawn: errno \(result)")
        }
        return (processID, input.write, output.read, errors.read)
    }

    deinit {
        if state.withLock({ $0.status }) == nil {
            kill(processID, SIGKILL)
            waitpid(processID, nil, 0)
            lookForReport()
        }
        for end in [input, output, errors] { close(end) }
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:], input text: String = ""
    ) throws -> Ending {
        let program = try Program(arguments, in: folder, environment: environment)
        program.send(text)
        return try program.ending()
    }

    /// Runs it to its end under a shell, which calls it `dateline`: for what only a shell can do to its streams.
    static func run(shell script: String, in folder: TemporaryFolder) throws -> Ending {
        try Program(["-c", "dateline() { '\(Self.executable)' \"$@\"; }; \(script)"], in: folder, executable: "/bin/sh").ending()
    }

    func signal(_ number: CInt) { kill(processID, number) }

    /// Sends a signal again and again until it has ended, for half a minute at the most.
    func signalUntilItEnds(_ number: CInt) {
        let deadline = Clock.now + 30_000
        // It stays a process until it is waited for, and its end is readable on the pipe that it held.
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        while Clock.now < deadline, poll(&waiting, 1, 50) == 0 { kill(processID, number) }
    }

    /// All of its standard input; to be less than a pipe holds.
    private func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
    }

    /// Waits for its end, reading what it still says. It has ten minutes, which only what hangs takes; then it is killed.
    func ending() throws -> Ending {
        // Standard input ends here: a reader of it must not wait for us.
        let null = open("/dev/null", O_RDONLY)
        dup2(null, input)
        close(null)
        var outputBytes: [UInt8] = []
        var isOpen = (output: true, errors: true)
        let deadline = Clock.now + 600_000
        while isOpen.output || isOpen.errors {
            var waiting = [
                pollfd(fd: isOpen.output ? output : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOpen.errors ? errors : -1, events: Int16(POLLIN), revents: 0),
            ]
            guard Clock.now < deadline, poll(&waiting, 2, 1_000) >= 0 else {
                kill(processID, SIGKILL)
                throw Failed("the program did not end within ten minutes")
            }
            if waiting[0].revents != 0 { isOpen.output = Self.read(output, into: &outputBytes) }
            if waiting[1].revents != 0 { isOpen.errors = state.withLock { Self.read(errors, into: &$0.errorBytes) } }
        }
        var status: CInt = 0
        guard waitpid(processID, &status, 0) == processID else { throw Failed("waitpid: errno \(errno)") }
        let code = status & 0x7F == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(status & 0x7F)
        let errorText = state.withLock { state in
            state.status = code
            return String(decoding: state.errorBytes, as: UTF8.self)
        }
        lookForReport()
        return Ending(status: code, output: String(decoding: outputBytes, as: UTF8.self), errors: errorText)
    }

    /// Waits for a line on standard error that something holds for; nil when the program ends without it, or within ten minutes.
    func errorLine(where holds: (Substring) -> Bool) -> String? {
        let deadline = Clock.now + 600_000
        while true {
            let text = state.withLock { String(decoding: $0.errorBytes, as: UTF8.self) }
            // The last piece may be half a line.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: holds) { return String(line) }
            var waiting = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
            guard Clock.now < deadline, poll(&waiting, 1, 1_000) >= 0 else { return nil }
            if waiting.revents != 0, !state.withLock({ Self.read(errors, into: &$0.errorBytes) }) { return nil }
        }
    }

    /// Whether there is something on standard output, within ten minutes.
    func hasSaid() -> Bool {
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 600_000) == 1 && waiting.revents & Int16(POLLIN) != 0
    }

    /// Looks for what a sanitizer has reported, however the program ended.
    private func lookForReport() {
        _ = fcntl(errors, F_SETFL, O_NONBLOCK)
        let text = state.withLock { state in
            while Self.read(errors, into: &state.errorBytes) {}
            return String(decoding: state.errorBytes, as: UTF8.self)
        }
        guard let report = text.firstRange(of: "Sanitizer:") else { return }
        reported(String(text[report.lowerBound...]))
    }

    /// What it has said on standard error so far, as far as it was waited for.
    var errorText: String { state.withLock { String(decoding: $0.errorBytes, as: UTF8.self) } }

    /// False at the end.
    private static func read(_ descriptor: CInt, into bytes: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return false }
        bytes += buffer[..<count]
        return true
    }

    /// A pipe whose ends a child has only where it is told to.
    private static func pipe() throws -> (read: CInt, write: CInt) {
        var ends: [CInt] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw Failed("pipe: errno \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    static let executable: String = {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/dateline"
    }()
}

struct Failed: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The monotonic clock in milliseconds, for bounds on waiting.
enum Clock {
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}
