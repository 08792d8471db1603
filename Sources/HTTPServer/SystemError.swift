internal import Glibc

/// A system call that failed, with what the kernel said: for the operator, never for a client.
package struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The call's name, such as `bind`.
    package let call: String
    /// The error number, such as `EADDRINUSE`.
    package let number: CInt
    /// What the number means where it is none of the kernel's; nil where it is.
    package let reason: String?

    package init(_ call: String, _ number: CInt, reason: String? = nil) {
        self.call = call
        self.number = number
        self.reason = reason
    }

    /// `bind: Address already in use (98)`
    package var description: String {
        if let reason { return "\(call): \(reason)" }
        var text = [CChar](repeating: 0, count: 256)
        guard strerror_r(number, &text, text.count) == 0 else { return "\(call): error \(number)" }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return "\(call): \(String(decoding: bytes, as: UTF8.self)) (\(number))"
    }

    /// The errno policy: a call that was interrupted is made again; any other failure is thrown with its name and number.
    ///
    /// Not for `close`, which frees the number even when it is interrupted, nor for calls whose `EAGAIN` is an outcome (`SystemCalls`).
    @discardableResult
    static func check<Result: SignedInteger>(_ call: String, _ body: () -> Result) throws(SystemError) -> Result {
        while true {
            let result = body()
            if result >= 0 { return result }
            let number = errno
            if number != EINTR { throw SystemError(call, number) }
        }
    }
}
