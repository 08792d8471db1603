internal import HTTP
internal import HTTPTypes
internal import Newsroom

/// What the change feed was asked for with: `after`, `kind`, and for a page `limit`, `wait` and `pretty`.
struct ChangeParameters {
    /// Nil where none was given: a page begins with the first change, a stream with the next.
    let after: Int64?
    /// What says where to begin, for what is said when that lies ahead.
    let afterName: String
    let kinds: Set<Kind>?
    let limit: Int
    /// How long an answer waits for something to tell.
    let wait: Duration
    let isPretty: Bool
    /// Whether the answer is a stream of events.
    let isStream: Bool
    /// What the link to the next page repeats: all parameters but `after`.
    let repeated: [Parameters.Item]

    private static let limitDefault = 100
    private static let limitMax = 1_000
    private static let waitSecondsMax = 60

    /// - Throws: 400 with all that is wrong; 406 `not_acceptable`.
    init(of request: Request) throws(Problem) {
        isStream = try ChangeParameters.wantsStream(request)
        var parameters = try Parameters(of: request)
        repeated = parameters.items.filter { $0.name != "after" }
        kinds = parameters.kinds()
        var after = parameters.wholeNumber("after", "must be the number of a change, or 0").map { Int64($0) }
        var afterName = "after"
        if isStream {
            for name in ["limit", "wait", "pretty"] where parameters.take(name) != nil {
                parameters.fail(name, "cannot go with a stream of events")
            }
            // Empty where the client had no event yet.
            if let text = request.fields[ChangeParameters.lastEventID], !text.isEmpty {
                afterName = "Last-Event-ID"
                after = WholeNumber.value(of: text)
                if after == nil { parameters.fail(afterName, "must be the id of an event") }
            }
        }
        self.after = after
        self.afterName = afterName
        limit =
            parameters.wholeNumber("limit", in: 1...ChangeParameters.limitMax) ?? ChangeParameters.limitDefault
        wait = .seconds(parameters.wholeNumber("wait", in: 0...ChangeParameters.waitSecondsMax) ?? 0)
        isPretty = parameters.flag("pretty")
        try parameters.finish(known: isStream ? ["after", "kind"] : ["after", "limit", "kind", "wait", "pretty"])
    }

    /// Answers of both kinds are at one address: JSON, unless events are liked better.
    private static func wantsStream(_ request: Request) throws(Problem) -> Bool {
        guard let accept = request.head.fields[.accept], accept != "*/*", accept != "application/json" else { return false }
        return try request.negotiated([.json, EventStream.mediaType]) == EventStream.mediaType
    }

    /// What is said of a place that has not come yet: of another database, or of one that was restored to an earlier state.
    func liesAhead(of newest: Int64) -> Problem {
        let message = "lies ahead of the newest change, which is \(newest)"
        return Problem(
            .invalidParameter, detail: "The place where to begin lies ahead of the newest change, which is \(newest).",
            hint: "The database may have been restored to an earlier state: read everything anew, and follow the feed from there.",
            errors: [Problem.MemberError(path: afterName, code: "invalid_parameter", message: message)])
    }

    /// https://html.spec.whatwg.org/multipage/server-sent-events.html#last-event-id
    private static let lastEventID = HTTPField.Name.known("Last-Event-ID")
}

extension Parameters {
    fileprivate mutating func wholeNumber(_ name: String, _ rule: String) -> Int64? {
        guard let text = take(name) else { return nil }
        let number = WholeNumber.value(of: text)
        if number == nil { fail(name, rule) }
        return number
    }

    fileprivate mutating func kinds() -> Set<Kind>? {
        list("kind", of: Kind.allCases.map(\.rawValue)) { Kind(rawValue: $0) }.map { Set($0) }
    }
}
