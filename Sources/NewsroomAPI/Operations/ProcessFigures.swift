internal import Glibc

/// What the kernel tells of this process. A figure that cannot be read is nil, and metrics leave it out.
struct ProcessFigures: Sendable, Equatable {
    var residentByteCount: Int?
    /// User and system time of all threads.
    var cpuNanoseconds: UInt64?
    var openDescriptorCount: Int?
    var descriptorCountMax: Int?

    static func current() -> ProcessFigures {
        ProcessFigures(
            residentByteCount: residentByteCount(), cpuNanoseconds: cpuNanoseconds(), openDescriptorCount: openDescriptorCount(),
            descriptorCountMax: descriptorCountMax())
    }

    /// The second number of `/proc/self/statm`, in pages (proc_pid_statm(5)).
    private static func residentByteCount() -> Int? {
        let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let byteCount = read(descriptor, &bytes, bytes.count)
        guard byteCount > 0 else { return nil }
        let numbers = String(decoding: bytes[..<byteCount], as: UTF8.self).split(separator: " ")
        guard numbers.count > 1, let pageCount = Int(numbers[1]) else { return nil }
        return pageCount * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func cpuNanoseconds() -> UInt64? {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// As many as `/proc/self/fd` has entries, without the two dots and the descriptor that reads them.
    private static func openDescriptorCount() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { _ = closedir(folder) }
        var count = -3
        while readdir(folder) != nil { count += 1 }
        return max(count, 0)
    }

    private static func descriptorCountMax() -> Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Int(clamping: limit.rlim_cur)
    }
}
