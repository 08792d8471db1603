internal import Glibc

/// How many descriptors this process may have, and what the server makes of them.
enum DescriptorLimit {
    /// Raises the limit to what the system allows, and returns it.
    static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = raised.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// How many this process has open. Where the system does not tell, as many as a small program has.
    static func openCount() -> Int {
        guard let folder = opendir("/proc/self/fd") else { return 32 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Its two dots, and the descriptor that reads it.
        return max(0, count - 3)
    }

    /// How the descriptors that are free are shared out: what the limits reserve for files first, since a database that cannot open its
    /// own fails in worse ways than a client that is turned away; then refusals, at most a quarter, and connections. One each at the least.
    static func shares(ofFree count: Int, _ limits: ServerLimits) -> (connectionCount: Int, refusalCount: Int) {
        let count = max(2, count - limits.descriptorCountReserved)
        let refusalCount = min(limits.refusalCountMax, max(1, count / 4))
        return (min(limits.connectionCountMax, count - refusalCount), refusalCount)
    }

    /// Sees to it that the descriptors that are free are enough to serve: for the files that are reserved, and for a few connections.
    ///
    /// - Parameter limit: how many the process may have in all, free or not.
    /// - Throws: `EMFILE`, with what would be enough.
    static func check(free count: Int, of limit: Int, _ limits: ServerLimits) throws(SystemError) {
        let connectionCount = min(limits.connectionCountMax, connectionCountMin)
        let refusalCount = min(limits.refusalCountMax, max(1, connectionCount / 3))
        let missing = limits.descriptorCountReserved + connectionCount + refusalCount - count
        guard missing > 0 else { return }
        throw SystemError(
            "limit on open files", EMFILE, reason: "\(limit) are too few, these settings need \(limit + missing) (ulimit -n)")
    }

    /// With fewer connections than these, a probe and what is being closed would leave no place for a client.
    private static let connectionCountMin = 8
}
