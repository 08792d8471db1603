internal import Glibc

/// A descriptor with one owner, closed once when the owner lets it go.
package struct FileDescriptor: ~Copyable, Sendable {
    package let rawValue: CInt

    /// Takes ownership of a descriptor that nothing else will close.
    package init(owning rawValue: CInt) {
        precondition(rawValue >= 0, "a descriptor is never negative")
        self.rawValue = rawValue
    }

    /// Never closed again, not even after EINTR: on Linux the number is free by then and may be another thread's.
    deinit { _ = close(rawValue) }

    /// Takes ownership of what a C function returned: a descriptor, or the negative error number.
    init(_ call: String, _ result: CInt) throws(SystemError) {
        guard result >= 0 else { throw SystemError(call, -result) }
        self.init(owning: result)
    }
}
