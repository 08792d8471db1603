import Testing

@testable import JSON

struct CombiningMarksTests {
    /// Marks of two, three and four bytes, and vowel signs that are none but decompose to them.
    @Test(arguments: ["\u{301}", "\u{1DC5}", "\u{1D165}", "\u{344}", "\u{F73}", "\u{F81}"])
    func `128 marks in a row are read and 129 are not, wherever they stand`(_ mark: String) {
        for lead in [0, 1, 7, 126, 255, 256, 257, 700] {
            let before = String(repeating: "x", count: lead)
            for after in ["", "y", String(repeating: "\u{430}", count: 300)] {
                let most = before + String(repeating: mark, count: 128) + after
                #expect(outcome(of: "\"\(most)\"").value == .string(most))
                let tooMany = before + String(repeating: mark, count: 129) + after
                let error = outcome(of: "[\"\(tooMany)\"]").error
                #expect(error?.reason == .tooManyCombiningMarks)
                #expect(error?.offset == 1)
            }
        }
    }

    @Test func `marks count however they are written, in names too`() {
        let escaped = String(repeating: "\\u0301\\u0316", count: 65)
        #expect(outcome(of: "\"\(escaped)\"").error?.reason == .tooManyCombiningMarks)
        #expect(outcome(of: "{\"\(escaped)\":1}").error?.reason == .tooManyCombiningMarks)
        let mixed = String(repeating: "\u{301}\\u0316", count: 65)
        #expect(outcome(of: "\"a\(mixed)\"").error?.reason == .tooManyCombiningMarks)
    }

    @Test func `text that needs many marks, but not in a row, is read`() {
        for word in [
            "e\u{301}\u{323}", "\u{915}\u{94D}\u{937}", "\u{5E9}\u{5C1}\u{5B8}", "\u{AC00}\u{11A8}",
            "\u{1F469}\u{200D}",
        ] {
            let text = String(repeating: word, count: 2_000)
            #expect(outcome(of: "\"\(text)\"").value == .string(text))
        }
    }
}
