@testable import Newsroom

/// Compiled time zones and POSIX rules: whatever the bytes are, rules that are read hold together at every instant.
@_cdecl("LLVMFuzzerTestOneInput") public func oneInput(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> CInt {
    let input = Input(start: start, count: byteCount)
    let bytes = Array(input)
    if let rules = TZif.rules(bytes) {
        promise(rules.fingerprint != 0, "rules have a hash")
        check(rules)
    }
    // As they lie in the input, so that a look beyond its end is seen.
    let rule = input.withFirst(byteCount) { ZoneRule($0) }
    if let rule {
        check(ZoneRules(firstOffset: rule.standardOffset, rule: rule))
        check(ZoneRules(firstOffset: 0, changes: [ZoneChange(at: 1_000_000_000, offset: 3_600)], rule: rule))
    }
    return 0
}

private func check(_ rules: ZoneRules) {
    let edges = rules.changes.prefix(20).map(\.at) + rules.changes.suffix(20).map(\.at)
    let far = [-9_000_000_000_000_000, -62_135_596_800, -1, 0, 1_711_540_800, 1_730_613_600, 253_402_300_799, 9_000_000_000_000_000]
    for instant in edges.filter({ abs($0) < 9_000_000_000_000_000 }) + far {
        for near in [instant - 3_600, instant - 1, instant, instant + 1, instant + 7_200] {
            let local = near + rules.offset(at: near)
            let moments = rules.moments(showing: local)
            promise(moments.contains(near), "\(near) does not show \(local)")
            promise(moments == moments.sorted(), "\(moments) are in order")
            for moment in moments { promise(moment + rules.offset(at: moment) == local, "\(moment) does not show \(local)") }
        }
        let day = dayNumber(instant)
        promise(rules.start(ofDay: day) <= rules.end(ofDay: day), "day \(day) ends before it begins")
        let instants = rules.instants(of: Int64(instant) * 1_000 + 7)
        promise(instants.first <= instants.last, "the second is not before the first")
    }
}
