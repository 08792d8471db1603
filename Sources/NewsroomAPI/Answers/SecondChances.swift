/// A dictionary that knows what to give up: whatever was not looked for since its last turn, as the clock algorithm of page replacement has
/// it (Corbató, 1968). Every operation takes constant time, over time.
struct SecondChances<Key: Hashable, Value> {
    private struct Slot {
        let key: Key
        let value: Value
        var wasFound = false
    }

    private var places: [Key: Int] = [:]
    /// In the order of their turns; nil: free.
    private var slots: [Slot?] = []
    private var free: [Int] = []
    private var hand = 0

    mutating func find(_ key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        slots[place]?.wasFound = true
        return slots[place]?.value
    }

    /// False when the key has a value already, which stays.
    mutating func insert(_ value: Value, for key: Key) -> Bool {
        guard places[key] == nil else { return false }
        let slot = Slot(key: key, value: value)
        if let place = free.popLast() {
            slots[place] = slot
            places[key] = place
        } else {
            places[key] = slots.count
            slots.append(slot)
        }
        return true
    }

    /// Gives up the next value that was not found since its last turn; nil when there are none at all.
    mutating func removeNext() -> Value? {
        while !places.isEmpty {
            let place = hand
            hand = hand + 1 < slots.count ? hand + 1 : 0
            guard let slot = slots[place] else { continue }
            if slot.wasFound {
                slots[place]?.wasFound = false
            } else {
                slots[place] = nil
                places[slot.key] = nil
                free.append(place)
                return slot.value
            }
        }
        return nil
    }
}
