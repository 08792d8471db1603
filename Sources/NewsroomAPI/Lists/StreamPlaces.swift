internal import HTTP
internal import HTTPTypes
internal import Locks

/// How many streams there are at a time: each holds some memory for as long as its reader likes.
final class StreamPlaces: Sendable {
    private let taken = Lock(0)
    private let countMax: Int

    init(countMax: Int) {
        self.countMax = countMax
    }

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
            throw Problem(
                .overloaded, detail: "Too many lists are streamed at once.", hint: "Try again in a moment, or ask for pages.",
                fields: [.retryAfter: "1"])
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
