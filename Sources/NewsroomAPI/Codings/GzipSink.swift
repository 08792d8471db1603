internal import Gzip
internal import HTTP
internal import Locks

/// Compresses a streamed body on its way: whatever is written can be read at the other end before more is written, and a slow reader slows
/// the producer as it does without.
///
/// A producer should write parts of some size: each costs five bytes, and what spans two parts is compressed less well.
final class GzipSink: ResponseBodySink {
    /// What is compressed at a time: about 0.4 ms.
    private static let pieceByteCount = 32_768

    /// Locked because a producer may write from any thread; it writes one part after the other.
    private let encoder: Lock<GzipEncoder>
    private let sink: any ResponseBodySink

    /// There may be many streams for a long time: theirs is the encoder that takes little memory.
    private init(_ sink: any ResponseBodySink) throws(GzipError) {
        encoder = Lock(try GzipEncoder(byteCount: 0))
        self.sink = sink
    }

    /// Has a body produced into `sink`, to its end.
    ///
    /// - Throws: what the producer throws, and `ConnectionLost`; the coded body then has no end, so that nobody takes it for the whole.
    static func run(_ produce: @Sendable (any ResponseBodySink) async throws -> Void, to sink: any ResponseBodySink) async throws {
        let gzip = try GzipSink(sink)
        try await produce(gzip)
        try await sink.write(gzip.coded([], 0..<0, .end))
    }

    func write(_ bytes: [UInt8]) async throws(ConnectionLost) {
        var start = 0
        while start < bytes.count {
            let end = min(start + GzipSink.pieceByteCount, bytes.count)
            let coded = try coded(bytes, start..<end, end == bytes.count ? .part : .whenDue)
            if !coded.isEmpty { try await sink.write(coded) }
            start = end
            if start < bytes.count { await Task.yield() }
        }
    }

    /// Each part that was written is coded to its end already.
    func flush() async throws(ConnectionLost) { try await sink.flush() }

    /// zlib refuses nothing that comes in order; if it did, the answer could only be cut off.
    private func coded(_ bytes: [UInt8], _ range: Range<Int>, _ flush: GzipEncoder.Flush) throws(ConnectionLost) -> [UInt8] {
        do {
            return try encoder.withLock { encoder throws(GzipError) in
                var coded: [UInt8] = []
                try encoder.append(bytes.span.extracting(range), flush, to: &coded)
                return coded
            }
        } catch {
            throw ConnectionLost()
        }
    }
}
