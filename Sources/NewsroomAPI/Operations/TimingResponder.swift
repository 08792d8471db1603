internal import HTTP
internal import HTTPTypes
internal import Newsroom

/// Tells with each answer how long it took in all and in the store (https://www.w3.org/TR/server-timing/), where that is asked for: it
/// helps whoever builds a frontend, and tells strangers what is cheap and what is not.
struct TimingResponder<Inner: Responder>: Responder {
    let inner: Inner
    let isOn: Bool

    func responseAtOnce(to request: Request) -> Response? {
        guard isOn else { return inner.responseAtOnce(to: request) }
        let watch = StoreWatch()
        let start = ContinuousClock.now
        return StoreWatch.$current.withValue(watch) { inner.responseAtOnce(to: request) }.map { Self.timed($0, since: start, watch) }
    }

    func respond(to request: Request) async -> Response {
        guard isOn else { return await inner.respond(to: request) }
        let watch = StoreWatch()
        let start = ContinuousClock.now
        let response = await StoreWatch.$current.withValue(watch) { await inner.respond(to: request) }
        return Self.timed(response, since: start, watch)
    }

    func refuse(_ request: Request, with problem: Problem) async -> Response {
        await inner.refuse(request, with: problem)
    }

    /// Durations are in milliseconds.
    private static func timed(_ response: Response, since start: ContinuousClock.Instant, _ watch: StoreWatch) -> Response {
        var response = response
        let microseconds = Int64((ContinuousClock.now - start) / .microseconds(1))
        let store = Int64(watch.nanoseconds / 1_000)
        response.fields[.serverTiming] = "total;dur=\(milliseconds(microseconds)), store;dur=\(milliseconds(store))"
        return response
    }

    private static func milliseconds(_ microseconds: Int64) -> String {
        let rest = String(microseconds % 1_000)
        return "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }
}

extension HTTPField.Name {
    static let serverTiming = known("Server-Timing")
}
