package import Documents

/// The bounds that the API keeps, beside those of the server. Each is a positive number; none can be switched off.
package struct APILimits: Sendable, Equatable {
    /// The longest body of one resource, in bytes. Default 1 MiB; then 413 `body_too_large`.
    package var bodyByteCountMax = 1 << 20

    /// The longest body of an import, in bytes. Default 256 MiB; then 413 `body_too_large`.
    package var importByteCountMax = 256 << 20

    /// How many items a page has unless the client says. Default 20.
    package var pageLimitDefault = 20

    /// How many items a page may have. Default 200; more is 400 `invalid_parameter`.
    package var pageLimitMax = 200

    /// At about how many bytes of items a page ends before it has `limit` of them. Default 4 MiB; a page has one item at the least.
    package var pageByteCountMax = 4 << 20

    /// How many conditions a list may have. Default 50; more is 400 `invalid_parameter`.
    package var filterCountMax = 50

    /// How many values a filter by `__in` may have. Default 100; more is 400 `invalid_parameter`.
    package var filterValueCountMax = 100

    /// How many whole resources `include` adds to an answer. Default 300; beyond that the answer says that some are missing.
    package var includedCountMax = 300

    /// How many values `facets` tells of a member. Default 20.
    package var facetValueCountMax = 20

    /// How long facets are counted for one answer. Default 500 ms; what has been counted by then is told, and that it is not all.
    package var facetsWithin = Duration.milliseconds(500)

    /// How many lists are streamed at a time. Default 64; beyond that the answer is 503 `overloaded`.
    package var streamCountMax = 64

    /// At about how many bytes of items a stream reads at a time. Default 512 KiB: that much each stream holds for a slow reader.
    package var streamByteCountMax = 512 << 10

    /// How many operations a batch may have. Default 500; more is 422 `validation_failed`.
    package var batchOperationCountMax = 500

    /// How many listen to the change feed at a time, or wait for a page of it. Default 5,000; beyond that the answer is 503 `overloaded`.
    package var listenerCountMax = 5_000

    /// How many bytes of events a listener may be behind. Default 1 MiB; then it is told to come back. That much is held once for everybody
    /// and once for the newsroom.
    package var listenerByteCountMax = 1 << 20

    /// After how long without an event a listener is given a sign of life. 15 s.
    package var heartbeat = Duration.seconds(15)

    /// How deeply documents may be nested. Default 64; deeper is 400 `json_too_complex`.
    package var depthMax = 64

    /// What an import may hold at a time: the longest line, the deepest nesting, the rows of a batch.
    package var importing = ImportLimits()

    /// How many problems the summary of an import tells in full; the others it counts. Default 100.
    package var importProblemCountMax = 100

    /// How many bytes of an import's result lines are held back while its body still comes. Default 4 MiB; beyond that the client has to
    /// read while it sends.
    package var importHeldByteCountMax = 4 << 20

    /// How many bytes of answers are kept in memory while nothing changes. Default 128 MiB.
    package var keptByteCountMax = 128 << 20

    /// From how many bytes on a body is compressed, for clients that take gzip. Default 1 KiB.
    package var gzipByteCountMin = 1_024

    package init() {}
}
