import Newsroom
import Testing

@Suite struct SearchExpressionTests {
    @Test(arguments: [
        ("Gaza ceasefire", "gaza ceasefire"), ("\"early as next week\"", "\"early as next week\""), ("neta*", "neta*"),
        ("rafah -hamas", "rafah -hamas"), ("rafah NOT hamas", "rafah -hamas"), ("headline:Rafah", "title:rafah"),
        ("name:\"Yoav Gallant\"", "title:\"yoav gallant\""), ("gaza OR rafah talks", "gaza OR rafah talks"), ("a AND b", "a b"),
        ("\"unclosed phrase", "\"unclosed phrase\""), ("co-operate", "\"co operate\""), ("10:30", "\"10 30\""), ("-", ""), ("*", ""),
        ("foo:bar", "\"foo bar\""), ("headline:", "headline"), ("-headline:rafah", "-title:rafah"), ("OR", "or"), ("a OR", "a"),
        ("“curly quotes”", "\"curly quotes\""), ("x\"y z\"w", "x \"y z\" w"), ("((a) AND (b))", "a b"), ("NEAR(a b, 5)", "\"near a\" b 5"),
        ("\"Éva\"*", "\"eva\"*"), ("a OR -b", "a -b"), ("", ""), ("  \t\n ", ""), ("'; DROP TABLE x; --", "drop table x"),
    ])
    func `what is typed is understood`(_ typed: String, _ understood: String) {
        #expect(SearchExpression(parsing: typed).text == understood)
    }

    @Test func `more terms than are looked for are cut off, and that is told`() {
        let expression = SearchExpression(parsing: (0..<40).map { "w\($0)" }.joined(separator: " "))
        #expect(expression.clauses.count == SearchExpression.termCountMax)
        #expect(expression.isCut)
    }

    @Test func `of any text the understanding understands itself, and holds nothing but words`() {
        var randomness = SeededRandomSource(seed: 5)
        let pieces = [
            "a", "Éva", "\"", "*", "-", ":", " ", "OR", "NOT", "AND", "(", ")", "headline:", "{", "^", "+", "'", "\0", "東", "«", "~",
        ]
        for _ in 0..<2_000 {
            let count = Int(randomness.next() % 12)
            let text = (0..<count).map { _ in pieces[Int(randomness.next() % UInt64(pieces.count))] }.joined()
            let expression = SearchExpression(parsing: text)
            for term in expression.terms + expression.excluded {
                #expect(!term.words.isEmpty)
                for word in term.words { #expect(SearchWords.words(in: word) == [word], "\(text)") }
            }
            let again = SearchExpression(parsing: expression.text)
            #expect(again.text == expression.text, "\(text)")
        }
    }
}
