import Newsroom
import Testing

/// Quotations found in texts.
@Suite struct QuotedTextTests {
    private func place(
        _ exact: String, _ prefix: String? = nil, _ suffix: String? = nil, in text: String, _ format: BodyFormat = .text
    ) -> String {
        let (state, stretch) = QuotedText(text, format).place(of: QuoteAnchor(exact: exact, prefix: prefix, suffix: suffix))
        guard let stretch else { return state.rawValue }
        let scalars = Array(text.unicodeScalars)[stretch.start..<stretch.end]
        return "\(state.rawValue) \(stretch.start) " + String(String.UnicodeScalarView(scalars))
    }

    @Test func `words are found where they stand`() {
        #expect(place("not a snub", in: "It was not a snub.") == "anchored 7 not a snub")
        #expect(place("not a snub", "was ", ".", in: "It was not a snub.") == "anchored 7 not a snub")
        #expect(place("not a snub", "is ", ".", in: "It was not a snub.") == "moved 7 not a snub")
        #expect(place("a snub to us", in: "It was not a snub.") == "orphaned")
        #expect(place("", in: "x") == "orphaned" && place("x", in: "") == "orphaned")
    }

    @Test func `of several places the surroundings decide`() {
        let text = "He said no. She said no. They said no!"
        #expect(place("said no", "She ", ".", in: text) == "anchored 16 said no")
        #expect(place("said no", "They ", "!", in: text) == "anchored 30 said no")
        #expect(place("said no", "And they ", "!", in: text) == "moved 30 said no")
        #expect(place("said no", in: text) == "anchored 3 said no")
        #expect(place("said no", "She ", ".", in: text.replacing("She", with: "Both")) == "moved 3 said no")
    }

    @Test func `how a text is set makes no other text of it`() {
        #expect(place("we don't - ever", in: "“We  said: we don’t —\n ever”") == "anchored 11 we don’t —\n ever")
        #expect(place("caf\u{E9} x", in: "cafe\u{301} x") == "anchored 0 cafe\u{301} x")
        #expect(place("cafe", in: "cafe\u{301}") == "orphaned")
        #expect(place("👩‍👩", in: "👩‍👩‍👧") == "orphaned")
        #expect(place("dele\u{AD}gation", in: "delegation") == "anchored 0 delegation")
    }

    @Test func `HTML counts without its tags`() {
        let text = "<p>He <em>said</em> it was &ldquo;off &amp; over&rdquo;, &#8217;twas &x; AT&T</p>"
        #expect(place("said it was \"off & over\"", in: text, .html) == "anchored 10 said</em> it was &ldquo;off &amp; over&rdquo;")
        #expect(place("'twas", in: text, .html) == "anchored 57 &#8217;twas")
        #expect(place("AT&T", in: text, .html) == "anchored 73 AT&T")
        #expect(QuotedText("<b", .html).holds("b") == false && QuotedText("&#xD800;&#99999999;&", .html).holds("x") == false)
    }

    @Test func `a quotation is verbatim with or without its marks`() {
        let body = QuotedText("The minister said: “It is not off.” Then he left.")
        #expect(body.holds("It is not off.") && body.holds("“It is not off.”") && body.holds("'It is not off.'"))
        #expect(!body.holds("It is off.") && !body.holds("\"\"") && !body.holds(""))
    }

    @Test func `a long text with many beginnings ends`() {
        let body = QuotedText(String(repeating: "a", count: 20_000))
        #expect(body.place(of: QuoteAnchor(exact: "aaab")).state == .orphaned)
        #expect(body.place(of: QuoteAnchor(exact: "aaa", prefix: "aa")).state == .anchored)
    }
}
