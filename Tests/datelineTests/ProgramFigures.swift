import Glibc

/// What the kernel tells of a running program.
extension Program {
    /// Whether it is built with a sanitizer, as its tests are: then the most of its memory is the sanitizer's, which keeps for a while what
    /// is given back, and no bound on it tells anything.
    static let isSanitized = dlsym(nil, "__tsan_init") != nil || dlsym(nil, "__asan_init") != nil

    /// Its memory in RAM, with the pages of its file.
    func residentByteCount() throws -> Int {
        for line in try Self.text(of: "/proc/\(processID)/status").split(separator: "\n") where line.hasPrefix("VmRSS:") {
            if let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }) {
                return kilobytes * 1_024
            }
        }
        throw Failed("no VmRSS")
    }

    /// The CPU time that it has used, user and system.
    func cpuMilliseconds() throws -> Int {
        // The name before the last bracket may hold anything.
        let fields = try Self.text(of: "/proc/\(processID)/stat").split(separator: ")").last.map { $0.split(separator: " ") } ?? []
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { throw Failed("no CPU time") }
        return (user + system) * 1_000 / sysconf(CInt(_SC_CLK_TCK))
    }

    /// The numbers of its descriptors.
    func descriptors() throws -> [Int] {
        guard let folder = opendir("/proc/\(processID)/fd") else { throw Failed("opendir: errno \(errno)") }
        defer { closedir(folder) }
        var numbers: [Int] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if let number = Int(name) { numbers.append(number) }
        }
        return numbers
    }

    private static func text(of path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Failed("\(path): errno \(errno)") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }
}

/// Waits until something holds, for ten minutes at the most, which only what hangs takes. Returns whether it did.
func eventually(_ holds: () throws -> Bool) throws -> Bool {
    let deadline = Clock.now + 600_000
    while Clock.now < deadline {
        if try holds() { return true }
        usleep(20_000)
    }
    return false
}
