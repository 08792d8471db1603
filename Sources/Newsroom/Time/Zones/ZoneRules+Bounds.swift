// Which instants a local date or time can mean.
extension ZoneRules {
    /// The first instant of a day (counted since 1970): the first at which the clock shows midnight; where a change leaves midnight out,
    /// the change.
    func start(ofDay day: Int) -> Instant {
        let midnight = day * 86_400
        return Instant(seconds: moments(showing: midnight).first ?? change(leavingOut: midnight)?.at ?? midnight - offset(at: midnight))
    }

    /// The last millisecond of a day: the one before the clock shows the next midnight for the last time. Of a day that the zone left out
    /// whole (Pacific/Apia, 2011-12-30) the instant of the change.
    func end(ofDay day: Int) -> Instant {
        let midnight = (day + 1) * 86_400
        let end = moments(showing: midnight).last ?? change(leavingOut: midnight)?.at ?? midnight - offset(at: midnight)
        return max(start(ofDay: day), Instant(milliseconds: Int64(end) * 1_000 - 1))
    }

    /// The first instant that a local time (milliseconds since 1970 by the clock there) can mean, and the last: two where the clock is put
    /// back. A time that a change leaves out is counted by the offset before the change, as RFC 5545 §3.3.5 has it.
    func instants(of local: Int64) -> (first: Instant, last: Instant) {
        let seconds = Int(local / 1_000) - (local % 1_000 < 0 ? 1 : 0)
        let rest = local - Int64(seconds) * 1_000
        let found = moments(showing: seconds)
        guard let first = found.first, let last = found.last else {
            let offset = change(leavingOut: seconds)?.offsetBefore ?? offset(at: seconds)
            let instant = Instant(milliseconds: Int64(seconds - offset) * 1_000 + rest)
            return (instant, instant)
        }
        return (Instant(milliseconds: Int64(first) * 1_000 + rest), Instant(milliseconds: Int64(last) * 1_000 + rest))
    }
}

extension Instant {
    fileprivate init(seconds: Int) {
        self.init(milliseconds: Int64(seconds) * 1_000)
    }
}
