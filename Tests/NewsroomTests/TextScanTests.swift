import Testing

@testable import Newsroom

struct TextScanTests {
    @Test(arguments: [
        ("\u{0}", true, false), ("\u{1F}", true, false), ("\u{7F}", true, false), ("\u{80}", true, false), ("\u{9F}", true, false),
        ("\t", false, true), ("\n", false, true), ("\r", false, true), ("\u{2028}", false, true), ("\u{2029}", false, true),
        ("~", false, false), ("\u{A0}", false, false), ("é", false, false), ("\u{2027}", false, false), ("😀", false, false),
    ])
    func `what a text must not hold is found wherever it stands`(_ sign: String, _ isControl: Bool, _ needsShaping: Bool) {
        for length in 0...20 {
            let text = String(repeating: "x", count: length) + sign + String(repeating: "y", count: 20 - length)
            let scan = TextScan(text.utf8.span)
            #expect(scan.hasControl == isControl && scan.needsShapingAsLine == needsShaping, "behind \(length)")
        }
    }
}
