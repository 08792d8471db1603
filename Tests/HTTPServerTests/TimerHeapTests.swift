import Testing
import Turns

@testable import HTTPServer

/// The heap of deadlines.
@Suite(.inTurn) struct TimerHeapTests {
    private func moment(_ nanoseconds: Int64) -> Moment { Moment(nanoseconds: nanoseconds) }

    @Test func `deadlines come out in their order, and none before its time`() {
        var heap = TimerHeap()
        #expect(heap.first == .never)
        for (slot, when) in [50, 10, 40, 20, 30].enumerated() { heap.set(slot, to: moment(Int64(when))) }
        #expect(heap.first == moment(10))
        #expect(heap.popDue(at: moment(9)) == nil)
        var slots: [Int] = []
        while let slot = heap.popDue(at: moment(45)) { slots.append(slot) }
        #expect(slots == [1, 3, 4, 2])
        #expect(heap.first == moment(50))
    }

    @Test func `a slot stands in it once, at the deadline that it was given last`() {
        var heap = TimerHeap()
        heap.set(0, to: moment(10))
        heap.set(1, to: moment(20))
        heap.set(0, to: moment(30))
        #expect(heap.count == 2)
        #expect(heap.popDue(at: moment(100)) == 1)
        #expect(heap.popDue(at: moment(100)) == 0)
        #expect(heap.popDue(at: moment(100)) == nil)
    }

    @Test func `it agrees with a sorted list whatever is done to it`() {
        var random = Xorshift(state: 88_172_645_463_325_252)
        var heap = TimerHeap()
        var model: [Int: Int64] = [:]
        for _ in 0..<4_000 {
            let slot = Int.random(in: 0..<200, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let when = Int64.random(in: 0..<1_000_000, using: &random)
                heap.set(slot, to: moment(when))
                model[slot] = when
            case 2:
                heap.remove(slot)
                model[slot] = nil
            default:
                let earliest = model.values.min()
                #expect(heap.first == earliest.map(moment) ?? .never)
                if let earliest, let popped = heap.popDue(at: moment(earliest)) {
                    #expect(model[popped] == earliest)
                    model[popped] = nil
                }
            }
            #expect(heap.count == model.count)
        }
    }
}

/// Marsaglia's generator: the same numbers in every run.
struct Xorshift: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
