import Newsroom
import Testing

struct SlugTests {
    @Test(arguments: ["a", "0", "gaza-talks", "a-1-b", String(repeating: "a", count: 100)])
    func `letters, digits and single hyphens make a slug`(_ text: String) {
        #expect(Slug(text)?.text == text)
    }

    @Test(arguments: [
        "", "-", "a-", "-a", "a--b", "A", "a b", "a_b", "ä", "a.b", "a/b", "art_01HT1WZ3R014HMASW9NF6YY093",
        String(repeating: "a", count: 101),
    ])
    func `anything else does not`(_ text: String) {
        #expect(Slug(text) == nil)
    }

    @Test(arguments: [
        ("Gaza talks called off", "gaza-talks-called-off"),
        ("  U.S. Treasury's Baker: \"No\"  ", "u-s-treasurys-baker-no"),
        ("It’s 5–4, and that’s final", "its-5-4-and-thats-final"),
        ("Ärger über Öl in Straße", "arger-uber-ol-in-strasse"),
        ("Çağrı ve İstanbul, ısı", "cagri-ve-istanbul-isi"),
        ("Ørsted, Ærø, Århus, Łódź, España, Erdő", "orsted-aero-arhus-lodz-espana-erdo"),
        ("Đorđe Þór ŒUVRE ſtaat ẞ", "dorde-thor-oeuvre-staat-ss"),
        ("Tô Lâm gặp Phạm Minh Chính", "to-lam-gap-pham-minh-chinh"),
        ("nai\u{308}ve cafe\u{301}", "naive-cafe"),
        ("Привет, world", "world"),
        ("100% -- sure", "100-sure"),
        ("Ștefan Țuțea ǅ ǧ", "stefan-tutea-dz-g"),
    ])
    func `a caption's Latin letters are folded`(_ caption: String, _ slug: String) {
        #expect(Slug.from(caption: caption).text == slug)
    }

    @Test func `a caption without Latin letters leaves the kind's name`() {
        #expect(Slug.from(caption: "Привет", kind: .article).text == "article")
        #expect(Slug.from(caption: "…", kind: .person).text == "person")
        #expect(Slug.from(caption: "").text == "untitled")
    }

    @Test func `a long caption is cut at a word's end`() {
        let words = Array(repeating: "seven77", count: 20).joined(separator: " ")
        let slug = Slug.from(caption: words)
        #expect(slug.text.utf8.count == 79)
        #expect(slug.text.hasSuffix("seven77"))
        #expect(Slug.from(caption: String(repeating: "x", count: 300)).text == String(repeating: "x", count: 80))
    }

    @Test func `a caption of just the greatest length is not cut`() {
        let caption = String(repeating: "a", count: 39) + " " + String(repeating: "b", count: 40)
        #expect(Slug.from(caption: caption).text.utf8.count == 80)
        #expect(Slug.from(caption: caption + " c").text.utf8.count == 80)
        #expect(Slug.from(caption: caption + "c").text.utf8.count == 39)
    }

    @Test func `what is made is always a slug`() {
        var randomness = SeededRandomSource(seed: 11)
        for _ in 0..<300 {
            var caption = ""
            for _ in 0..<Int(randomness.next() % 120) {
                if let scalar = Unicode.Scalar(UInt32(randomness.next() % 0x2100)) { caption.unicodeScalars.append(scalar) }
            }
            let slug = Slug.from(caption: caption)
            #expect(Slug(slug.text) == slug)
            #expect(slug.text.utf8.count <= Slug.madeLengthMax)
        }
    }

    @Test func `a number goes behind, within the length`() throws {
        let slug = try #require(Slug("talks"))
        #expect(slug.numbered(1).text == "talks")
        #expect(slug.numbered(2).text == "talks-2")
        #expect(slug.numbered(12_345).text == "talks-12345")
        let long = try #require(Slug(String(repeating: "a", count: 60) + "-" + String(repeating: "b", count: 39)))
        #expect(long.numbered(2).text == String(repeating: "a", count: 60) + "-2")
        #expect(Slug(long.numbered(2).text) != nil)
    }
}
