internal import HTTP
internal import HTTPTypes
internal import Locks
internal import Newsroom

/// Bounds how much the holder of a token asks for, where the token says how much, and tells it what is left
/// (draft-ietf-httpapi-ratelimit-headers); and how many wrong tokens an address may show.
struct RateResponder<Inner: Responder>: Responder {
    private let inner: Inner
    private let access: Access
    private let rates: TokenRates

    init(inner: Inner, access: Access) {
        self.inner = inner
        self.access = access
        rates = TokenRates(now: access.clock)
    }

    func responseAtOnce(to request: Request) -> Response? {
        // What is taken must not be taken again where there is no answer at once: all is left to `respond`.
        guard access.boundedHolder(of: request) == nil else { return nil }
        return inner.responseAtOnce(to: request).map { counted($0, to: request) }
    }

    func respond(to request: Request) async -> Response {
        guard let holder = access.boundedHolder(of: request), let state = rates.take(by: holder) else {
            return counted(await inner.respond(to: request), to: request)
        }
        var response = state.isAllowed ? await inner.respond(to: request) : Self.refusal(state.refusal, to: request)
        state.tell(in: &response)
        return response
    }

    /// The answer, but for a wrong token of an address that has shown too many of them.
    private func counted(_ response: Response, to request: Request) -> Response {
        guard response.status == .unauthorized, request.head.fields.contains(.authorization),
            let seconds = access.attempts.add(from: request.client)
        else { return response }
        var refusal = Self.refusal(access.refusalOfMore(until: seconds), to: request)
        refusal.route = response.route
        return refusal
    }

    private static func refusal(_ problem: Problem, to request: Request) -> Response {
        problem.response(instance: request.target.path, requestID: request.id, isPretty: request.target.isPretty)
    }

    func refuse(_ request: Request, with problem: Problem) async -> Response {
        await inner.refuse(request, with: problem)
    }
}

/// What each bounded token has left.
private final class TokenRates: Sendable {
    private let buckets = Lock<[String: TokenBucket]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant

    init(now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.now = now
    }

    /// Takes one request of a token's; nil where it is not bounded.
    func take(by holder: AccessToken) -> RateState? {
        guard let perMinute = holder.requestsPerMinute else { return nil }
        let moment = now()
        return buckets.withLock { buckets in
            // A token that was made anew under the name may have another bound.
            let known = buckets[holder.name].flatMap { $0.perMinute == perMinute ? $0 : nil }
            var bucket = known ?? TokenBucket(perMinute: perMinute, at: moment)
            let isAllowed = bucket.take(at: moment)
            buckets[holder.name] = bucket
            return RateState(isAllowed: isAllowed, perMinute: perMinute, remaining: bucket.remaining, secondsToNext: bucket.secondsToNext)
        }
    }
}

private struct RateState: Sendable {
    let isAllowed: Bool
    let perMinute: Int
    let remaining: Int
    let secondsToNext: Int

    var refusal: Problem {
        Problem(
            .rateLimited, detail: "The token may make \(perMinute) requests a minute.",
            hint: "Wait as long as Retry-After says, and look at the field RateLimit.", fields: [.retryAfter: "\(secondsToNext)"])
    }

    func tell(in response: inout Response) {
        response.fields.set("RateLimit-Policy", "\"token\";q=\(perMinute);w=60")
        response.fields.set("RateLimit", "\"token\";r=\(remaining);t=\(secondsToNext)")
    }
}

extension HTTPFields {
    /// Sets a field whose name is a token, as those written down here are.
    fileprivate mutating func set(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { self[name] = value }
    }
}
