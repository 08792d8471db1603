/// What a try to deliver came to.
package enum DeliveryOutcome: Sendable, Equatable {
    /// 200…299.
    case taken
    /// The receiver does not want this one: 400…499, but for those that ask for another try.
    case refused
    /// Nobody can tell whether it was taken, or it is to be tried again; `after` is what the receiver asks for, in milliseconds.
    case failed(after: Int64?)
    /// The receiver wants no more at all: 410.
    case gone

    /// By the status of an answer (RFC 9110 §15).
    ///
    /// - Parameter retryAfter: what Retry-After says, in milliseconds.
    package init(status: Int, retryAfter: Int64? = nil) {
        switch status {
        case 200...299: self = .taken
        case 410: self = .gone
        // Request Timeout, Too Early, Too Many Requests.
        case 408, 425, 429: self = .failed(after: retryAfter)
        case 400...499: self = .refused
        default: self = .failed(after: retryAfter)
        }
    }
}
