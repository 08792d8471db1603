package import Glibc

/// A value that one thread at a time can touch.
///
/// It does what `Synchronization.Mutex` does, and stands in its place for one reason: ThreadSanitizer sees POSIX mutexes, while
/// the other lies in a library that is not instrumented, so that every use of what it guards is reported as a race, and a true
/// one would not be noticed.
///
/// `@unchecked Sendable` is sound since the value is touched only between locking and unlocking, but for its beginning and its end, when
/// there is nobody else.
package struct Lock<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    /// A POSIX mutex must stay where it is.
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    @usableFromInline let value: UnsafeMutablePointer<Value>

    package init(_ value: consuming sending Value) {
        mutex = .allocate(capacity: 1)
        let code = pthread_mutex_init(mutex, nil)
        precondition(code == 0, "no mutex")
        self.value = .allocate(capacity: 1)
        self.value.initialize(to: value)
    }

    deinit {
        value.deinitialize(count: 1)
        value.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Reads or changes the value while nobody else does. Not to be called again from within.
    ///
    /// Inlinable, so that other targets get it for their own type and not through tables.
    @inlinable
    package borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value.pointee)
    }
}
