/// The deadlines of one loop, the earliest first: a binary heap in which each slot stands at most once and knows its place, so that an
/// entry can be moved or taken out in O(log n) and nothing stale is left behind.
struct TimerHeap {
    private struct Entry {
        var moment: Moment
        var slot: Int
    }

    private var entries: [Entry] = []
    /// Where each slot stands in `entries`; -1 for those that do not.
    private var places: [Int] = []

    /// The earliest deadline; `.never` when there is none.
    var first: Moment { entries.first?.moment ?? .never }
    var count: Int { entries.count }

    /// Gives a slot its deadline, in place of the one that it has.
    mutating func set(_ slot: Int, to moment: Moment) {
        while places.count <= slot { places.append(-1) }
        let place = places[slot]
        guard place >= 0 else {
            places[slot] = entries.count
            entries.append(Entry(moment: moment, slot: slot))
            rise(from: entries.count - 1)
            return
        }
        let isEarlier = moment < entries[place].moment
        entries[place].moment = moment
        if isEarlier { rise(from: place) } else { sink(from: place) }
    }

    /// Takes a slot's deadline out; nothing happens to a slot that has none.
    mutating func remove(_ slot: Int) {
        guard slot < places.count, places[slot] >= 0 else { return }
        let place = places[slot]
        places[slot] = -1
        let last = entries.removeLast()
        guard place < entries.count else { return }
        let isEarlier = last.moment < entries[place].moment
        entries[place] = last
        places[last.slot] = place
        if isEarlier { rise(from: place) } else { sink(from: place) }
    }

    /// Takes out the earliest slot whose deadline has come, if there is one.
    mutating func popDue(at now: Moment) -> Int? {
        guard let entry = entries.first, entry.moment <= now else { return nil }
        remove(entry.slot)
        return entry.slot
    }

    private mutating func rise(from start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard entries[place].moment < entries[parent].moment else { return }
            exchange(place, parent)
            place = parent
        }
    }

    private mutating func sink(from start: Int) {
        var place = start
        while true {
            var least = place
            for child in (2 * place + 1)...(2 * place + 2) where child < entries.count {
                if entries[child].moment < entries[least].moment { least = child }
            }
            guard least != place else { return }
            exchange(place, least)
            place = least
        }
    }

    private mutating func exchange(_ one: Int, _ other: Int) {
        entries.swapAt(one, other)
        places[entries[one].slot] = one
        places[entries[other].slot] = other
    }
}
