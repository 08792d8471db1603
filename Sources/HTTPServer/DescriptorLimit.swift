internal import Glibc

/// How many descriptors this process may have.
enum DescriptorLimit {
    /// Raises the limit to what the system allows. Returns how many of them connections may take: some are left for files and logs, since
    /// a database that cannot open its files fails in worse ways than a client that is turned away.
    static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 512 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = raised.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        let count = Int(clamping: limit.rlim_cur)
        return max(1, count - min(64, count / 4))
    }
}
