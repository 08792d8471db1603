internal import CLinux
internal import Glibc

/// Tells when the allocator keeps much memory that nothing uses, as after a burst of large answers to slow readers: it would keep it for
/// the next burst, and that is for the system.
struct SpareMemory {
    private var looksToPass = 0

    /// Takes a look, one each second; true when memory should go back. Then, and only then, it stays away for a while: under a load of
    /// large answers what is given back is soon wanted again.
    ///
    /// - Parameters:
    ///   - residentByteCount: what the process has in memory, files aside.
    ///   - usedByteCount: what of it is in use; not asked for when there is little in all.
    mutating func isMuch(residentByteCount: Int, usedByteCount: @autoclosure () -> Int) -> Bool {
        guard looksToPass == 0 else {
            looksToPass -= 1
            return false
        }
        guard residentByteCount >= Self.byteCountMin, residentByteCount - usedByteCount() >= Self.byteCountMin else { return false }
        looksToPass = 9
        return true
    }

    /// Looks at this process.
    mutating func isMuch() -> Bool {
        isMuch(residentByteCount: Self.residentByteCount(), usedByteCount: clinux_used_byte_count())
    }

    /// The second number of `/proc/self/statm` without the third, in pages (proc_pid_statm(5)); 0 where the system does not tell.
    private static func residentByteCount() -> Int {
        guard let file = fopen("/proc/self/statm", "re") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, CInt(line.count), file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let pageCounts = text.split(separator: " ").prefix(3).compactMap { Int($0) }
        guard pageCounts.count == 3 else { return 0 }
        return (pageCounts[1] - pageCounts[2]) * sysconf(CInt(_SC_PAGESIZE))
    }

    private static let byteCountMin = 64 << 20
}
