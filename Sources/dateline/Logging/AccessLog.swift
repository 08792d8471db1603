import Addresses
internal import HTTP
internal import HTTPServer
internal import JSON

/// A line for each request: what was asked by its route's pattern, never by its path, and what came of it.
///
/// It runs on the loops' threads: rendering takes about half a microsecond, writing is another thread's.
struct AccessLog: Sendable {
    let writer: LogWriter
    /// The routes' patterns, by number.
    let patterns: [String]
    /// Whether the address of a request's client is told.
    let tellsClients: Bool

    func add(_ summary: RequestSummary) {
        var line = LogLine(level: "info", message: "request")
        line.writer.name("request_id")
        line.writer.string(summary.requestID.description)
        if tellsClients, let client = summary.client {
            line.writer.name("client")
            line.writer.string(client.description)
        }
        if let trace = summary.trace {
            line.writer.name("trace_id")
            line.writer.string(trace.traceID)
            line.writer.name("span_id")
            line.writer.string(trace.spanID)
            line.writer.name("parent_span_id")
            line.writer.string(trace.parentID)
        }
        line.writer.name("method")
        line.writer.string(summary.method.clipped(to: 32))
        line.writer.name("route")
        if let route = summary.route { line.writer.string(patterns[route]) } else { line.writer.null() }
        line.writer.name("status")
        line.writer.integer(Int64(summary.status))
        line.writer.name("request_bytes")
        line.writer.integer(Int64(summary.requestByteCount))
        line.writer.name("bytes")
        line.writer.integer(Int64(summary.responseByteCount))
        line.writer.name("duration_ms")
        line.writer.double(Double(summary.nanoseconds / 1_000) / 1_000)
        writer.append(line.finish())
    }
}
