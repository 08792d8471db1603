import Glibc
import Testing
import Turns

@testable import HTTPServer

/// What the loops of a server share.
@Suite(.inTurn) struct ServiceTests {
    @Test func `places are taken up to their number, whoever takes them, and can be given back`() async {
        let places = Places(countMax: 3)
        let got = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { places.take() } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(got == 3)
        #expect(places.takenCount == 3)
        #expect(places.areAllTaken)
        places.giveBack()
        #expect(!places.areAllTaken)
        #expect(places.take())
        #expect(!places.take())
    }

    @Test(
        arguments: [
            // Enough for all.
            (20_000, 10_000, 64), (10_096, 10_000, 64),
            // What is reserved is not given away, and refusals count.
            (10_095, 9_999, 64), (1_032, 936, 64), (232, 150, 50), (132, 75, 25), (36, 3, 1),
            // There is always one of each.
            (34, 1, 1), (10, 1, 1), (-5, 1, 1),
        ] as [(Int, Int, Int)])
    func `connections and refusals share what the files leave`(_ free: Int, _ connectionCount: Int, _ refusalCount: Int) {
        var limits = ServerLimits.patient
        limits.descriptorCountReserved = 32
        let shares = DescriptorLimit.shares(ofFree: free, limits)
        #expect(shares.connectionCount == connectionCount)
        #expect(shares.refusalCount == refusalCount)
        if free > 34 { #expect(shares.connectionCount + shares.refusalCount + 32 <= free) }
    }

    @Test(arguments: [(10_000, 64, 42), (8, 64, 42), (4, 64, 37), (1, 64, 34), (8, 1, 41)] as [(Int, Int, Int)])
    func `descriptors must be enough for the files and a few connections`(_ connections: Int, _ refusals: Int, _ needed: Int) throws {
        var limits = ServerLimits.patient
        (limits.descriptorCountReserved, limits.connectionCountMax, limits.refusalCountMax) = (32, connections, refusals)
        try DescriptorLimit.check(free: needed, of: 100, limits)
        let shares = DescriptorLimit.shares(ofFree: needed, limits)
        #expect(shares.connectionCount == min(connections, 8))
        let thrown = #expect(throws: SystemError.self) { try DescriptorLimit.check(free: needed - 1, of: 100, limits) }
        #expect(thrown?.number == EMFILE)
        #expect(thrown?.description == "limit on open files: 100 are too few, these settings need 101 (ulimit -n)")
    }

    @Test func `limits below what the system allows hold`() {
        var limits = ServerLimits.patient
        (limits.connectionCountMax, limits.refusalCountMax) = (5, 2)
        let shares = DescriptorLimit.shares(ofFree: 1_000, limits)
        #expect(shares.connectionCount == 5)
        #expect(shares.refusalCount == 2)
    }

    @Test func `descriptors that are open are counted`() {
        let numbers = (0..<200).map { _ in dup(0) }
        defer { numbers.forEach { close($0) } }
        #expect(DescriptorLimit.openCount() >= 200)
    }
}
