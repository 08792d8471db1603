/// A dictionary that knows what to give up: whatever was not looked for since its last turn, as the clock algorithm of page replacement has
/// it (Corbató, 1968). Every operation takes constant time, over time.
struct SecondChances<Key: Hashable, Value> {
    private final class Slot {
        let key: Key
        let value: Value
        let place: Int
        var wasFound = false

        init(key: Key, value: Value, place: Int) {
            self.key = key
            self.value = value
            self.place = place
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
        if free.isEmpty {
            free.append(ring.count)
            ring.append(nil)
        }
        let slot = Slot(key: key, value: value, place: free.removeLast())
        slots[key] = slot
        ring[slot.place] = slot
        return true
    }

    /// The value that the key had.
    mutating func remove(_ key: Key) -> Value? {
        guard let slot = slots.removeValue(forKey: key) else { return nil }
        ring[slot.place] = nil
        free.append(slot.place)
        return slot.value
    }

    /// Gives up the next value that was not found since its last turn, or is not worth another; nil when there are none at all.
    mutating func removeNext(sparing isWorthIt: (Value) -> Bool = { _ in true }) -> Value? {
        while !slots.isEmpty {
            let place = hand
            hand = hand + 1 < ring.count ? hand + 1 : 0
            guard let slot = ring[place] else { continue }
            guard slot.wasFound, isWorthIt(slot.value) else { return remove(slot.key) }
            slot.wasFound = false
        }
        return nil
    }
}
