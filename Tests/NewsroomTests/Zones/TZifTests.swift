import Testing

@testable import Newsroom

/// Compiled time zones, and bytes that are none.
@Suite struct TZifTests {
    /// A block with its header.
    private static func block(
        _ version: UInt8, width: Int, changes: [(at: Int, type: UInt8)], offsets: [Int], leaps: Int = 0
    ) -> [UInt8] {
        func bytes(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
        var block = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
        for count in [0, 0, leaps, changes.count, offsets.count, 4] { block += bytes(count, 4) }
        for change in changes { block += bytes(change.at, width) }
        block += changes.map(\.type)
        for offset in offsets { block += bytes(offset, 4) + [0, 0] }
        block += Array("ABC\0".utf8)
        for leap in 0..<leaps { block += bytes(leap, width) + bytes(leap + 1, 4) }
        return block
    }

    private static func file(
        changes: [(at: Int, type: UInt8)] = [(-100, 1), (1_000, 0)], offsets: [Int] = [3_600, 7_200],
        rule: String = "AAA-1BBB,J60/0,J300/0",
        leaps: Int = 0
    ) -> [UInt8] {
        block(0x32, width: 4, changes: [], offsets: [0]) + block(0x32, width: 8, changes: changes, offsets: offsets, leaps: leaps)
            + Array("\n\(rule)\n".utf8)
    }

    @Test func `a file has a table of changes and a rule for what comes after`() throws {
        let rules = try #require(TZif.rules(Self.file()))
        #expect(rules.offset(at: -101) == 3_600 && rules.offset(at: -100) == 7_200 && rules.offset(at: 999) == 7_200)
        // Behind the table the rule counts: day 60 of 1970 is 1 March.
        #expect(rules.offset(at: 1_000) == 3_600 && rules.offset(at: 86_400 * 100) == 7_200)
        let without = try #require(TZif.rules(Self.file(rule: "")))
        #expect(without.rule == nil && without.offset(at: 86_400 * 100) == 3_600)
        #expect(without.fingerprint != rules.fingerprint && rules.fingerprint != 0)
    }

    @Test func `a file of the first version has a table alone`() throws {
        let rules = try #require(TZif.rules(Self.block(0, width: 4, changes: [(-5, 1)], offsets: [-3_600, 0])))
        #expect(rules.offset(at: -6) == -3_600 && rules.offset(at: -5) == 0 && rules.rule == nil)
    }

    @Test func `a file that is cut short anywhere is refused`() {
        let file = Self.file()
        for count in 0..<file.count { #expect(TZif.rules(Array(file.prefix(count))) == nil, "\(count) bytes") }
    }

    @Test func `a file that contradicts itself is refused`() {
        #expect(TZif.rules(Self.file(changes: [(5, 0), (5, 1)])) == nil)
        #expect(TZif.rules(Self.file(changes: [(5, 2)])) == nil)
        #expect(TZif.rules(Self.file(offsets: [100_000, 0])) == nil)
        #expect(TZif.rules(Self.file(rule: "nonsense")) == nil)
        #expect(TZif.rules(Self.file(leaps: 1)) == nil, "leap seconds")
        #expect(TZif.rules(Self.block(0, width: 4, changes: [], offsets: [])) == nil)
        var counts = Self.file()
        for index in 20..<44 { counts[index] = 0xFF }
        #expect(TZif.rules(counts) == nil)
    }

    @Test func `no bytes bring the reader down`() throws {
        var random = SeededRandomSource(seed: 16)
        let file = Self.file()
        for _ in 0..<20_000 {
            var damaged = file
            for _ in 0..<(1 + random.next() % 4) {
                damaged[Int(random.next() % UInt64(file.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            guard let rules = TZif.rules(damaged) else { continue }
            for local in [-1 << 40, -1_000, 0, 5_000_000, 1 << 40] {
                for moment in rules.moments(showing: local) { #expect(moment + rules.offset(at: moment) == local) }
                _ = rules.change(leavingOut: local)
            }
        }
    }
}
