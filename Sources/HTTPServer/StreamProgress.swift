/// Whether the client of a stream still takes something, for streams that are quiet for so long that their few bytes never fill the
/// system's buffers: the peer's system acknowledges what it gets, or it is not there any more.
struct StreamProgress {
    private var taken = Int.min
    private var takenAt = Moment.now

    /// - Parameters:
    ///   - count: bytes put out so far.
    ///   - untaken: how many of the last of them the peer's system has not acknowledged.
    ///   - length: how long none may be acknowledged while there are some.
    mutating func hasStalled(putOut count: Int, untaken: Int, at now: Moment, within length: Nanoseconds) -> Bool {
        guard untaken > 0, count - untaken <= taken else {
            (taken, takenAt) = (count - untaken, now)
            return false
        }
        return now - takenAt >= length
    }
}
