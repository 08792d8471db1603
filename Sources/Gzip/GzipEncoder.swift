internal import CZlib

/// Puts bytes into the gzip format (RFC 1952), part by part.
///
/// It owns zlib's state and gives it back when it goes. What comes out depends on the bytes and on how they were flushed, not on the time.
package struct GzipEncoder: ~Copyable {
    /// What is to come out with a part.
    package enum Flush {
        /// What zlib thinks fit.
        case whenDue
        /// Everything so far, so that a reader can read to the end of the part; costs about five bytes.
        case part
        /// Everything, and the end of the format. Nothing can follow.
        case end
    }

    /// Of zlib's levels 1 to 9 the one that is worth its time on articles; `docs/decisions.md` has the figures.
    package static let levelStandard = 1

    /// On the heap, since zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameters:
    ///   - level: 1 (fast) to 9 (small).
    ///   - byteCount: how many bytes there will be, if that is known: for few of them zlib needs less memory.
    /// - Throws: `outOfMemory`.
    package init(level: Int = levelStandard, byteCount: Int? = nil) throws(GzipError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let (windowBits, memoryLevel) = GzipEncoder.sizes(for: byteCount)
        let code = czlib_begin_gzip(stream, CInt(level), windowBits, memoryLevel)
        guard code == Z_OK else {
            stream.deallocate()
            throw GzipError(code)
        }
        self.stream = stream
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes a part, and appends what comes of it to `output`.
    ///
    /// `output` grows by no more than the part in its worst form, and what was held back of earlier parts.
    /// - Throws: `failed`, never for parts that come in order: nothing after `.end`.
    package mutating func append(_ part: Span<UInt8>, _ flush: Flush, to output: inout [UInt8]) throws(GzipError) {
        guard let count = uInt(exactly: part.count) else { throw .failed(code: Z_BUF_ERROR) }
        let stream = stream
        let mode = GzipEncoder.mode(flush)
        let code = part.withUnsafeBufferPointer { bytes in
            // zlib reads through this pointer and never writes.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
            stream.pointee.avail_in = count
            defer { stream.pointee.next_in = nil }
            var code = Z_OK
            repeat {
                let room = GzipEncoder.roomByteCount(for: Int(stream.pointee.avail_in))
                output.append(addingCapacity: room) { span in
                    span.withUnsafeMutableBufferPointer { free, taken in
                        stream.pointee.next_out = free.baseAddress
                        stream.pointee.avail_out = uInt(clamping: room)
                        code = deflate(stream, mode)
                        taken = room - Int(stream.pointee.avail_out)
                    }
                }
            } while code == Z_OK && stream.pointee.avail_out == 0
            return code
        }
        // Z_BUF_ERROR says that there was nothing to do any more, which is what the loop ends with now and then.
        let isDone = flush == .end ? code == Z_STREAM_END : code == Z_OK || code == Z_BUF_ERROR
        guard isDone else { throw GzipError(code) }
    }

    /// About a third of the part, at least a little: most of what is written here is text.
    private static func roomByteCount(for byteCount: Int) -> Int { min(byteCount / 3 + 512, 1 << 20) }

    private static func mode(_ flush: Flush) -> CInt {
        switch flush {
        case .whenDue: Z_NO_FLUSH
        case .part: Z_SYNC_FLUSH
        case .end: Z_FINISH
        }
    }

    /// The window and the table of matches are in keeping with the bytes: 64 KiB in all for an article, 256 KiB for the largest. To get
    /// and to clear them is half of what a small body costs.
    private static func sizes(for byteCount: Int?) -> (windowBits: CInt, memoryLevel: CInt) {
        switch byteCount ?? .max {
        case ...8_192: (13, 6)
        case ...32_768: (14, 7)
        default: (15, 8)
        }
    }
}

extension GzipError {
    fileprivate init(_ code: CInt) {
        self = code == Z_MEM_ERROR ? .outOfMemory : .failed(code: code)
    }
}

@available(*, unavailable)
extension GzipEncoder: Sendable {}
