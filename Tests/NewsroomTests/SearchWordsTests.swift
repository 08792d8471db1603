import Newsroom
import Testing

@Suite struct SearchWordsTests {
    @Test(arguments: [
        ("Benjamin Netanyahu's", ["benjamin", "netanyahu", "s"]), ("Łódź, Straße; ÇA VA?", ["lodz", "strasse", "ca", "va"]),
        ("e\u{301}t\u{e9}", ["ete"]), ("co-operate 10:30", ["co", "operate", "10", "30"]), ("Ελλάς Αθήνα", ["ελλασ", "αθηνα"]),
        ("Москва", ["москва"]), ("שָׁלוֹם", ["שלום"]), ("東京とParis", ["東", "京", "と", "paris"]), ("", []), ("—…!", []),
        ("soft\u{ad}ened zero\u{200b}width", ["softened", "zerowidth"]), ("O’Brien", ["o", "brien"]),
    ])
    func `a text becomes folded words`(_ text: String, _ words: [String]) {
        #expect(SearchWords.words(in: text) == words)
    }

    @Test func `folding twice gives the same`() {
        for text in ["Łódź Straße", "Ελλάς", "שָׁלוֹם", "東京", "ﬁne Ǆ İstanbul"] {
            let words = SearchWords.words(in: text)
            #expect(SearchWords.words(in: words.joined(separator: " ")) == words)
        }
    }

    @Test func `in HTML tags and references part words and are none`() {
        let html = "<p class=\"lead\">One&nbsp;two<br>three</p> a&b <unclosed four"
        #expect(SearchWords.words(in: html, isHTML: true) == ["one", "two", "three", "a", "b"])
    }

    @Test func `a word is where it stands, and its hash is that of its letters`() {
        let text = "«Éva» is"
        let found = SearchWords.occurrences(in: text.utf8.span)
        #expect(found.map { String(decoding: Array(text.utf8)[$0.start..<$0.end], as: UTF8.self) } == ["Éva", "is"])
        #expect(found.map(\.hash) == ["eva", "is"].map { SearchWords.hash($0.utf8) })
    }

    @Test func `a run without end is cut to a text`() {
        let words = SearchWords.words(in: String(repeating: "ш", count: 500))
        #expect(words == [String(repeating: "ш", count: 30)])
    }

    @Test func `bytes that are no text part words`() {
        let bytes: [UInt8] = [0x61, 0xFF, 0x62, 0xE2, 0x82]
        #expect(SearchWords.occurrences(in: bytes.span).count == 2)
    }
}
