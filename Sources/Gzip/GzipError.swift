/// Why bytes could not be put into the gzip format.
package enum GzipError: Error, Equatable {
    /// zlib found no memory for its state.
    case outOfMemory
    /// zlib answered with this code, which it never does for what is asked of it here (zlib.h).
    case failed(code: Int32)
}
