import Newsroom
import Testing

/// How much two names look like one.
@Suite struct LikenessTests {
    private func likeness(_ one: String, _ other: String, _ change: (inout Person.Draft) -> Void = { _ in }) throws -> Likeness {
        var (first, second) = (Person.Draft(), Person.Draft())
        (first.name, second.name) = (one, other)
        change(&second)
        return Likeness(of: try #require(first.likeness), and: try #require(second.likeness))
    }

    private func meet(_ one: String, _ other: String) throws -> Bool {
        var (first, second) = (Person.Draft(), Person.Draft())
        (first.name, second.name) = (one, other)
        let blocks = try #require(first.likeness).blocks.map(\.text)
        return try !Set(#require(second.likeness).blocks.map(\.text)).isDisjoint(with: blocks)
    }

    @Test(arguments: [
        ("netanyahu", "netanjahu"), ("gallant", "galant"), ("zelensky", "selenskyj"), ("qaddafi", "gadhafi"), ("yeltsin", "jelzin"),
        ("putin", "poutine"), ("hanegbi", "hanegby"),
    ])
    func `transliterations of one name have one skeleton`(_ one: String, _ other: String) {
        #expect(NameWords.skeleton(of: one) == NameWords.skeleton(of: other))
    }

    @Test(arguments: [("smith", "jones"), ("miller", "weber"), ("ahmed", "omar"), ("Борис", "Мария")])
    func `other names have others`(_ one: String, _ other: String) {
        #expect(NameWords.skeleton(of: one) != NameWords.skeleton(of: other))
    }

    @Test(arguments: [
        ("Yoav Gallant", "Gallant, Yoav", Likeness.Reason.sameName), ("Benjamin Netanyahu", "Binyamin Netanjahu", .similarName),
        ("Benjamin Netanyahu", "B. Netanyahu", .initials), ("J. R. Smith", "John Robert Smith", .initials),
        ("Łukasz Żak", "Lukasz Zak", .sameName), ("Ron Dermer", "ron  DERMER", .sameName),
    ])
    func `what may be the same is found, and stands in one block`(_ one: String, _ other: String, _ reason: Likeness.Reason) throws {
        let found = try likeness(one, other)
        #expect(found.reasons == [reason] && found.score >= 0.6)
        #expect(try meet(one, other))
        #expect(try likeness(other, one) == found)
    }

    @Test(arguments: [
        ("Yoav Gallant", "Ron Dermer"), ("John Smith", "Joan Smith"), ("John Smith", "John Smythe Brown"), ("", "Ron Dermer"),
        ("Anna Kim", "Anna Kam"),
    ])
    func `what is different is not`(_ one: String, _ other: String) throws {
        #expect(try likeness(one, other).score == 0)
    }

    @Test func `identifiers and dates speak for it or against it`() throws {
        var (one, other) = (Person.Draft(), Person.Draft())
        (one.name, other.name) = ("Robert Smith", "Robert Smith")
        func compared() throws -> Likeness { Likeness(of: try #require(one.likeness), and: try #require(other.likeness)) }
        #expect(try compared().score == 0.9)
        (one.born, other.born) = (PartialDate("1950"), PartialDate("1950-05-01"))
        #expect(try compared().reasons == [.sameName, .sameBorn] && compared().score > 0.9)
        other.born = PartialDate("1980")
        #expect(try compared().reasons == [.sameName, .otherBorn] && compared().score < 0.5)
        (one.identifiers["wikidata"], other.identifiers["wikidata"]) = ("Q1", "Q2")
        #expect(try compared().reasons == [.sameName, .otherBorn, .otherIdentifier] && compared().score < 0.2)
        other.identifiers["wikidata"] = "Q1"
        #expect(try compared().reasons.first == .sharedIdentifier)
    }
}
