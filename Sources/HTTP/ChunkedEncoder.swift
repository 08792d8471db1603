/// Frames the parts of a body whose length is not known before its end (RFC 9112 §7.1).
package enum ChunkedEncoder {
    /// Appends one chunk; nothing for no bytes, since an empty chunk would be the end.
    package static func append(_ bytes: [UInt8], to out: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        out.reserveCapacity(out.count + bytes.count + 20)
        out.append(hexadecimal: bytes.count)
        out.appendLineEnd()
        out.append(contentsOf: bytes)
        out.appendLineEnd()
    }

    /// Appends the last chunk and an empty trailer section.
    package static func appendEnd(to out: inout [UInt8]) {
        out.append(text: "0\r\n\r\n")
    }
}
