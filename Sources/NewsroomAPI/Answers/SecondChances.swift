/// A dictionary that knows what to give up: whatever was not looked for since its last turn, as the clock algorithm of page replacement has
/// it (Corbató, 1968). Every operation takes constant time, over time.
struct SecondChances<Key: Hashable, Value> {
    private final class Slot {
        let key: Key
        let value: Value
        var wasFound = false

        init(key: Key, value: Value) {
            self.key = key
            self.value = value
        }
    }

    private var slots: [Key: Slot] = [:]
    /// In the order of their turns; nil: free.
    private var ring: [Slot?] = []
    private var free: [Int] = []
    private var hand = 0

    func find(_ key: Key) -> Value? {
        guard let slot = slots[key] else { return nil }
        slot.wasFound = true
        return slot.value
    }

    /// False when the key has a value already, which stays.
    mutating func insert(_ value: Value, for key: Key) -> Bool {
        guard slots[key] == nil else { return false }
        let slot = Slot(key: key, value: value)
        slots[key] = slot
        if let place = free.popLast() { ring[place] = slot } else { ring.append(slot) }
        return true
    }

    /// Gives up the next value that was not found since its last turn; nil when there are none at all.
    mutating func removeNext() -> Value? {
        while !slots.isEmpty {
            let place = hand
            hand = hand + 1 < ring.count ? hand + 1 : 0
            guard let slot = ring[place] else { continue }
            if slot.wasFound {
                slot.wasFound = false
            } else {
                ring[place] = nil
                slots[slot.key] = nil
                free.append(place)
                return slot.value
            }
        }
        return nil
    }
}
