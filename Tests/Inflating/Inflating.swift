internal import CZlib

/// What gzip bytes hold, as far as they go, and whether their end is there. Throws where they are not gzip.
package func inflated(_ bytes: [UInt8]) throws -> (bytes: [UInt8], isWhole: Bool) {
    struct Malformed: Error { let code: CInt }

    var stream = z_stream()
    // The size and the version that the macro would add; 16 more bits: the gzip format alone.
    let begun = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    guard begun == Z_OK else { throw Malformed(code: begun) }
    defer { inflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8]())
    var room = [UInt8](repeating: 0, count: 65_536)
    return try input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(input.count)
        while true {
            let code = room.withUnsafeMutableBufferPointer { room in
                stream.next_out = room.baseAddress
                stream.avail_out = uInt(room.count)
                return inflate(&stream, Z_SYNC_FLUSH)
            }
            output += room.dropLast(Int(stream.avail_out))
            if code == Z_STREAM_END {
                // Nothing may follow.
                guard stream.avail_in == 0 else { throw Malformed(code: code) }
                return (output, true)
            }
            if code == Z_BUF_ERROR || code == Z_OK && stream.avail_in == 0 && stream.avail_out > 0 { return (output, false) }
            guard code == Z_OK else { throw Malformed(code: code) }
        }
    }
}
