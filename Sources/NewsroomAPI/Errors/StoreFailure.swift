package import HTTP
internal import Newsroom

/// What kept the store from doing its work, for the log: whoever runs the server has to mend it, and the client is told nothing of it.
package struct StoreFailure: Sendable, Equatable {
    /// What the client got as `request_id`.
    package let requestID: RequestID
    package let reason: String

    package init(requestID: RequestID, reason: String) {
        self.requestID = requestID
        self.reason = reason
    }

    /// Nil for what is the client's own affair, or passes by itself.
    init?(_ error: StoreError, requestID: RequestID) {
        switch error {
        case .unavailable(let reason): self.init(requestID: requestID, reason: reason)
        case .diskFull: self.init(requestID: requestID, reason: "the disk is full")
        case .notFound, .gone, .staleVersion, .conflict, .invalid, .invalidQuery, .inUse, .moveNotAllowed, .merged, .mergeRefused,
            .aheadOfTime, .keyReused, .keysFull, .queueFull, .locked, .overloaded, .deadline:
            return nil
        }
    }
}

/// Where the API tells of the store's failures.
package typealias FailureReport = @Sendable (StoreFailure) -> Void

extension Problem {
    /// What a client is told of the store's error; what the log is to know of it goes to `report`.
    init(_ error: StoreError, requestID: RequestID, report: FailureReport) {
        if let failure = StoreFailure(error, requestID: requestID) { report(failure) }
        self.init(error)
    }
}
