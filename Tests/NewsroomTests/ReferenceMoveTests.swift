import Newsroom
import Testing

/// How references move with a merge and go back.
@Suite struct ReferenceMoveTests {
    private static func ids() -> (from: ID<Person>, into: ID<Person>, third: ID<Person>) {
        var randomness = SeededRandomSource(seed: 3)
        func id(_ number: Int64) -> ID<Person> { .make(at: Instant(milliseconds: number), randomness: &randomness) }
        return (id(1), id(2), id(3))
    }

    private func draft(_ people: [(ID<Person>, String?)]) -> Article.Draft {
        var draft = Article.Draft()
        draft.people = people.map { RoleReference(target: .id($0.0), role: $0.1) }
        return draft
    }

    @Test func `of references to both the first stays, with its role`() {
        let (from, into, third) = Self.ids()
        var moved = draft([(third, "a"), (from, "b"), (into, "c"), (from, "d")])
        moved.moveReferences(by: ReferenceMove(from: from, into: into))
        #expect(moved == draft([(third, "a"), (into, "b")]))
        var twice = draft([(from, "a"), (from, "b")])
        twice.moveReferences(by: ReferenceMove(from: from, into: into))
        #expect(twice == draft([(into, "a"), (into, "b")]))
        var untouched = draft([(into, "a"), (into, "b")])
        untouched.moveReferences(by: ReferenceMove(from: from, into: into))
        #expect(untouched == draft([(into, "a"), (into, "b")]))
    }

    @Test func `they go back where they came from, around what was changed since`() {
        let (from, into, third) = Self.ids()
        let move = ReferenceMove(from: from, into: into)
        func returned(_ before: [(ID<Person>, String?)], _ now: [(ID<Person>, String?)]) -> Article.Draft {
            let was = draft(before)
            var after = was
            after.moveReferences(by: move)
            var current = draft(now)
            current.returnReferences(by: move, before: was, after: after)
            return current
        }
        // As it was left: exactly what it was.
        #expect(
            returned([(into, "a"), (third, nil), (from, "b")], [(into, "a"), (third, nil)])
                == draft([(into, "a"), (third, nil), (from, "b")]))
        // Another was added, and the role changed.
        #expect(returned([(from, "a")], [(third, nil), (into, "x")]) == draft([(third, nil), (from, "x")]))
        #expect(returned([(from, "a"), (into, "b")], [(third, nil), (into, "a")]) == draft([(third, nil), (from, "a"), (into, "b")]))
        // It was taken away.
        #expect(returned([(from, "a")], [(third, nil)]) == draft([(third, nil)]))
        // It never was there.
        #expect(returned([(into, "a")], [(into, "b")]) == draft([(into, "b")]))
    }

    @Test func `references of another kind stay`() {
        let (from, into, _) = Self.ids()
        var organization = Organization.Draft()
        organization.parent = .id(ID<Organization>(from.ulid))
        organization.moveReferences(by: ReferenceMove(from: from, into: into))
        #expect(organization.parent == .id(ID<Organization>(from.ulid)))
    }

    @Test func `what a survivor gained it gives back, and keeps what came since`() {
        let (from, into, _) = Self.ids()
        var (survivor, other) = (Person.Draft(), Person.Draft())
        (survivor.name, other.name) = ("Ada North", "Ada Nord")
        survivor.identifiers["wikidata"] = "Q1"
        other.description = "d"
        other.identifiers["isni"] = "5"
        let (united, failures) = survivor.united(with: other, by: ReferenceMove(from: from, into: into), keeping: KeptValues())
        #expect(failures == [] && united.aliases.map(\.name) == ["Ada Nord"] && united.description == "d")
        var now = united
        now.description = "e"
        now.aliases.append(Alias(name: "A."))
        now.giveBack(after: united, before: survivor)
        #expect(now.description == "e" && now.aliases.map(\.name) == ["A."] && now.identifiers == survivor.identifiers)
    }
}
