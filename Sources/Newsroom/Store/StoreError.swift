/// Why the store did not do as asked.
package enum StoreError: Error, Sendable, Equatable {
    case notFound
    case gone
    /// The precondition names another version than the stored one.
    case staleVersion(current: Int)
    /// Values that must be unique are taken: all of them.
    case conflict([MemberFailure])
    case invalid(ValidationFailure)
    /// A query asks by a member what cannot be asked: no document is wrong.
    case invalidQuery(member: String, message: String)
    /// It cannot be deleted while others refer to it; `count` of them are of `kind`.
    case inUse(kind: Kind, count: Int)
    /// The status of the resource does not allow the action; these are the actions that it does.
    case moveNotAllowed(status: String, allowed: [String])
    /// It was merged into another one, whose id this is.
    case merged(into: String)
    /// Two resources cannot be made one, or told apart, as they are: all that is in the way.
    case mergeRefused([MemberFailure])
    /// What is asked for as of an instant that has not come yet.
    case aheadOfTime
    /// The idempotency key stands for another write already.
    case keyReused
    /// As many answers are kept as there may be, and the oldest is too young to go; nothing was written.
    case keysFull
    /// Too many writes wait already; nothing was written.
    case queueFull
    /// Another process has held the file for longer than a write waits; nothing was written.
    case locked
    /// Too many queries are asked at once.
    case overloaded
    /// The query ran into its deadline.
    case deadline
    case diskFull
    /// The file cannot be read or written; the text is for the log, never for a client.
    case unavailable(String)
}
