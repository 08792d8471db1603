internal import HTTPServer
internal import NewsroomAPI
internal import Synchronization

/// Told of each request that has been answered: counts it, and logs it where requests are logged.
final class RequestObserver: ServerObserver {
    private let metrics = AtomicLazyReference<Metrics>()
    private let accessLog: AccessLog?

    /// - Parameter accessLog: nil where requests are not logged.
    init(accessLog: AccessLog?) {
        self.accessLog = accessLog
    }

    /// Counts from now on; requests while the database is opened are in the log alone.
    func count(in metrics: Metrics) {
        _ = self.metrics.storeIfNil(metrics)
    }

    func requestEnded(_ summary: RequestSummary) {
        metrics.load()?.record(
            route: summary.route, method: summary.method, status: summary.status, duration: summary.duration,
            bytes: summary.responseByteCount)
        accessLog?.requestEnded(summary)
    }
}
