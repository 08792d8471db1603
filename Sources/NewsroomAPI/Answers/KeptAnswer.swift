internal import HTTP
internal import HTTPTypes

/// One answer of status 200 with all of its body, and how much memory it takes with its question.
struct KeptAnswer: Sendable {
    private let response: Response
    let byteCount: Int

    /// What its fields and the table around it take, about.
    private static let overheadByteCount = 1_024

    /// Nil for what is not to be kept: no success, no body in memory, or what says so itself because it may be another at once.
    ///
    /// - Parameter question: kept with it; a client may have made it long.
    init?(_ response: Response, to question: KeptAnswers.Question) {
        guard response.status == .ok, case .bytes(let bytes) = response.body,
            response.fields[.cacheControl] != "no-store"
        else { return nil }
        self.response = response
        byteCount = bytes.count + question.byteCount + KeptAnswer.overheadByteCount
    }

    /// The answer again, or 304 when the client has these very bytes already (RFC 9110 §13.1.2).
    func shown(to request: Request) throws(Problem) -> Response {
        try response.conditional(for: request)
    }
}
