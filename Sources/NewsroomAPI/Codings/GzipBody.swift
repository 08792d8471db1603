internal import Gzip

/// A body in memory, compressed whole.
///
/// It gives way between pieces: a page of 4 MiB takes 40 ms, in which the others on the event loop would wait.
enum GzipBody {
    /// What is compressed at a time: about 0.4 ms.
    private static let pieceByteCount = 32_768

    /// The coded bytes; nil when they would not be fewer than `byteCountMax`, or there is no memory for the coding.
    static func bytes(of bytes: [UInt8], upTo byteCountMax: Int) async -> [UInt8]? {
        guard var encoder = try? GzipEncoder(byteCount: bytes.count) else { return nil }
        var coded: [UInt8] = []
        coded.reserveCapacity(bytes.count / 2 + 64)
        var start = 0
        repeat {
            let end = min(start + pieceByteCount, bytes.count)
            do {
                try encoder.append(bytes.span.extracting(start..<end), end == bytes.count ? .end : .whenDue, to: &coded)
            } catch {
                return nil
            }
            guard coded.count < byteCountMax else { return nil }
            start = end
            if start < bytes.count { await Task.yield() }
        } while start < bytes.count
        return coded
    }
}
