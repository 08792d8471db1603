package import HTTP

/// Every bound and clock of the server. None can be switched off: a field that is zero or negative is a mistake of the program.
///
/// Clocks run on the monotonic clock, so that a step of the wall clock moves none of them.
package struct ServerLimits: Sendable {
    /// Bounds on one request's head. Default 16 KiB (431), target 8 KiB (414), 100 fields (431).
    package var head = HeadLimits()

    /// How long a head may take from its first byte to its last. Default 10 s; then 408 `request_timeout`.
    package var headWithin: Duration = .seconds(10)

    /// How long a sender may send no byte of a body, or fewer than `bodyBytesPerSecondMin`. Default 10 s; then 408 `body_timeout`. Only
    /// the time that the server waits for the sender counts, never the time that a handler takes between two reads.
    package var bodyGrace: Duration = .seconds(10)

    /// The slowest body that is put up with, in bytes a second over each stretch of `bodyGrace`. Default 1,024; then 408 `body_timeout`.
    package var bodyBytesPerSecondMin = 1_024

    /// How long a reader may take no byte of an answer, or fewer than `answerBytesPerSecondMin`. Default 30 s; then the connection is cut.
    package var answerStall: Duration = .seconds(30)

    /// The slowest reader that is put up with, in bytes a second over each stretch of `answerStall`. Default 256; then it is cut.
    package var answerBytesPerSecondMin = 256

    /// How long a connection may stay open between two requests, or before its first. Default 75 s; then it is closed without a word.
    package var idle: Duration = .seconds(75)

    /// How many connections are served at a time, over all loops. Default 10,000; one more gets 503 `overloaded`. The server takes fewer
    /// when the process may not have that many descriptors: `Server.connectionCountMax`.
    package var connectionCountMax = 10_000

    /// How many connections that were turned away are seen off with 503 at a time, over all loops. Default 64, or a quarter of the
    /// descriptors that are left; with more of them accepting pauses.
    package var refusalCountMax = 64

    /// How many descriptors connections leave to what else the process will open, such as the files of a database; what is open when the
    /// server is made is counted beside that. Default 32.
    package var descriptorCountReserved = 32

    /// How long a connection that the server closes is read on, so that the client gets to read its answer (RFC 9112 §9.6). Default 2 s.
    package var lingerWithin: Duration = .seconds(2)

    /// How much is read and thrown away for that, and how much of a body that no handler wanted. Default 65,536 bytes; then it is closed.
    package var lingerByteCountMax = 65_536

    /// How many bytes of answers to pipelined requests are collected before they are sent in one go. Default 65,536.
    package var coalescedByteCountMax = 65_536

    /// How many bytes of answers may wait for slow readers in all. Default 256 MiB; beyond it, answers of more than 64 KiB are 503
    /// `overloaded`.
    package var unsentByteCountMax = 256 << 20

    /// How long requests in flight may take when the server drains. Default 10 s; then those whose head or body is still coming get 503
    /// `unavailable`, and a moment later what is left is cut.
    package var drainWithin: Duration = .seconds(10)

    /// How long idle connections and listeners stay open when the server drains, since a request may be on its way, or a connection half
    /// made. Default 100 ms.
    package var drainIdleGrace: Duration = .milliseconds(100)

    /// How long accepting pauses when descriptors or memory run out, at first; it doubles up to 500 ms. Default 100 ms.
    package var acceptPause: Duration = .milliseconds(100)

    /// How many connections the kernel keeps ready for `accept` on each listener (`listen`'s backlog). Default 4,096.
    package var backlogCountMax = 4_096

    package init() {}
}
