internal import HTTPServer
internal import NewsroomAPI

/// Told of each request that has been answered: counts it, and logs it where requests are logged.
final class RequestObserver: ServerObserver {
    /// Nil while the database is opened: requests are in the log alone.
    let counts: RequestCounts?
    /// Nil where requests are not logged.
    let accessLog: AccessLog?

    init(counts: RequestCounts?, accessLog: AccessLog?) {
        self.counts = counts
        self.accessLog = accessLog
    }

    func requestEnded(_ summary: RequestSummary) {
        counts?.record(
            route: summary.route, method: summary.method, status: summary.status, nanoseconds: summary.nanoseconds,
            bytes: summary.responseByteCount)
        if summary.heldNanoseconds > LoopStatistics.stallMin { counts?.recordStall(route: summary.route) }
        accessLog?.add(summary)
    }

    var wantsClients: Bool { accessLog?.tellsClients ?? false }
}
