internal import HTTP
internal import HTTPTypes
internal import Locks

/// How many streams of some kind there are at a time: each holds some memory for as long as its reader likes.
final class StreamPlaces: Sendable {
    private let taken = Lock(0)
    private let countMax: Int
    private let detail: String
    private let hint: String

    /// - Parameters:
    ///   - detail: what is said when all are taken.
    ///   - hint: what to do then.
    init(countMax: Int, _ detail: String, hint: String) {
        self.countMax = countMax
        self.detail = detail
        self.hint = hint
    }

    var takenCount: Int { taken.withLock { $0 } }

    /// A place, good as long as it is held.
    ///
    /// - Throws: 503 `overloaded` when all are taken.
    func take() throws(Problem) -> Place {
        let isFree = taken.withLock { taken in
            guard taken < countMax else { return false }
            taken += 1
            return true
        }
        guard isFree else {
            throw Problem(.overloaded, detail: detail, hint: hint, fields: [.retryAfter: "1"])
        }
        return Place(places: self)
    }

    final class Place: Sendable {
        private let places: StreamPlaces

        init(places: StreamPlaces) {
            self.places = places
        }

        deinit { places.taken.withLock { $0 -= 1 } }
    }
}
