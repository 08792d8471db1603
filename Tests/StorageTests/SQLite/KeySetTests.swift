import Testing
import Turns

@testable import Storage

@Suite(.inTurn) struct KeySetTests {
    private static let keys: [Int64] = [1, 2, 63, 64, 65_535, 65_536, 9_000_000, -1, -65_536, -65_537, .max, .min]

    @Test func `a set has what was put in, once, in order`() {
        var set = KeySet(Self.keys + Self.keys.reversed())
        #expect(set.keys == Self.keys.sorted())
        #expect(set.count == Self.keys.count)
        for key in Self.keys { #expect(set.contains(key)) }
        for key in [0, 3, 66, 131_072, -2] as [Int64] { #expect(!set.contains(key)) }
        set.insert(3)
        #expect(set.contains(3) && set.count == Self.keys.count + 1)
        #expect(KeySet().keys == [] && !KeySet().contains(0))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `an intersection is what both have`(_ seed: UInt64) {
        var dice = Dice(seed: seed)
        let sets = (0..<2).map { _ in Set((0..<3_000).map { _ in Int64(dice.roll(200_000)) - 100_000 }) }
        let common = KeySet(sets[0]).intersection(KeySet(sets[1]))
        #expect(common.keys == sets[0].intersection(sets[1]).sorted())
        #expect(common.count == common.keys.count && common.count > 0)
        #expect(common == KeySet(sets[1]).intersection(KeySet(sets[0])))
        #expect(KeySet([1]).intersection(KeySet([2])) == KeySet())
    }
}
