import Newsroom
import Testing

/// The rules of statements, without a store.
@Suite struct StatementSettlingTests {
    private let now = Instant(milliseconds: 1_711_540_800_000)
    private let event = Reference<Event>.id(ID(ULID(bits: 4)))

    private func draft(_ change: (inout Statement.Draft) -> Void = { _ in }) -> Statement.Draft {
        var draft = Statement.Draft()
        draft.speaker = .unnamed(UnnamedSource(description: "an official"))
        draft.text = "It is off."
        change(&draft)
        return draft
    }

    private func failures(_ change: (inout Statement.Draft) -> Void) -> [String] {
        draft(change).settled(after: nil, at: now).failures.map { "\($0.path) \($0.rule.rawValue)" }
    }

    @Test func `a statement needs a speaker and words`() {
        #expect(Statement.Draft().settled(after: nil, at: now).failures.map(\.path) == ["/speaker", "/text"])
        #expect(failures { _ in } == [])
        #expect(failures { $0.text = " \n" } == ["/text required"])
    }

    @Test func `an unnamed source is described, in the chain too`() {
        #expect(failures { $0.speaker = .unnamed(UnnamedSource()) } == ["/speaker/unnamed/description required"])
        #expect(
            failures { $0.chain = [.unnamed(UnnamedSource(description: "x")), .unnamed(UnnamedSource(description: "a\u{7}"))] }
                == ["/chain/1/unnamed/description invalid_value"])
        let shaped = draft { $0.speaker = .unnamed(UnnamedSource(description: "  a senior\tofficial ")) }.settled(after: nil, at: now)
        #expect(shaped.draft.speaker?.source?.description == "a senior official")
        #expect(failures { $0.chain = Array(repeating: .unnamed(UnnamedSource(description: "x")), count: 21) } == ["/chain too_many"])
    }

    @Test func `a claim has a property that can be compared, and a value`() {
        for property in ["", "Departure", "1st", "a b", "é", String(repeating: "a", count: 101)] {
            let failed = failures { $0.claim = Claim(about: event, property: property, value: "no") }
            #expect(failed == ["/claim/property invalid_value"], "\(property)")
        }
        #expect(failures { $0.claim = Claim(about: event, property: "a", value: " ") } == ["/claim/value required"])
        #expect(failures { $0.claim = Claim(about: event, property: "departure_approved.by-pm_2", value: "no") } == [])
    }

    @Test func `an anchor is a place in an article`() {
        #expect(failures { $0.anchor = QuoteAnchor(exact: "x") } == ["/article required"])
        let article = Reference<Article>.id(ID(ULID(bits: 6)))
        #expect(
            failures {
                $0.article = article
                $0.anchor = QuoteAnchor(exact: "")
            } == ["/anchor/exact required"])
        let kept = draft {
            $0.article = article
            $0.anchor = QuoteAnchor(exact: "x", prefix: " he ", suffix: "")
        }
        .settled(after: nil, at: now)
        #expect(kept.failures.isEmpty && kept.draft.anchor == QuoteAnchor(exact: "x", prefix: " he "))
    }

    @Test func `what is withdrawn stays so, and what is corrected is not live again by being written`() throws {
        let withdrawn = try #require(draft().withdrawn)
        #expect(withdrawn.withdrawn == nil && withdrawn.isTransition(from: draft()))
        #expect(draft().settled(after: withdrawn, at: now).draft.status == .withdrawn)
        let corrected = draft { $0.status = .corrected }
        #expect(draft().settled(after: corrected, at: now).draft.status == .corrected)
        #expect(!corrected.isTransition(from: draft()))
        #expect(draft { $0.status = .withdrawn }.settled(after: corrected, at: now).draft.status == .withdrawn)
        var restored = draft()
        restored.keepLife(of: withdrawn)
        #expect(restored.status == .withdrawn)
    }

    @Test func `an event is named once`() {
        #expect(draft { $0.events = [event, event] }.settled(after: nil, at: now).draft.events == [event])
    }

    @Test func `a source that is revealed is a person wherever it stood`() {
        let source = SourceID(ULID(bits: 1))
        let other = Attribution.unnamed(UnnamedSource(id: SourceID(ULID(bits: 2)), description: "y"))
        let unnamed = Attribution.unnamed(UnnamedSource(id: source, description: "x"))
        let person = Reference<Person>.id(ID(ULID(bits: 3)))
        let revealed = draft {
            $0.speaker = unnamed
            $0.chain = [other, unnamed]
        }
        .revealing(source, as: person)
        #expect(revealed.speaker == .person(person) && revealed.chain == [other, .person(person)])
    }

    @Test func `the id of a source is a text of one form`() throws {
        let id = SourceID(ULID(bits: 77))
        #expect(SourceID(id.text) == id && id.text.hasPrefix("src_") && id.text.utf8.count == 30)
        for text in ["", "src_", "src_x", "sta_" + id.text.dropFirst(4), id.text.lowercased(), id.text + "0"] {
            #expect(SourceID(text) == nil)
        }
        let statement = ID<Statement>(ULID(bits: 77))
        #expect(Slug(Slug(of: statement).text) == Slug(of: statement))
    }

    @Test func `everybody may see it from when on they may see its article`() throws {
        let article = ID<Article>(ULID(bits: 5))
        var statement = Statement(
            record: Record(id: ID(ULID(bits: 1)), slug: Slug(of: ID<Statement>(ULID(bits: 1))), version: 1, createdAt: now, updatedAt: now),
            draft: draft {
                $0.speaker = .unnamed(UnnamedSource(id: SourceID(ULID(bits: 9)), description: "x"))
                $0.article = .id(article)
            }, captions: Captions())
        #expect(statement.publicFrom == nil)
        statement.captions[article] = Caption(name: "h")
        #expect(statement.publicFrom == nil)
        statement.captions[article]?.publicFrom = now
        #expect(statement.publicFrom == now)
        let before = Instant(milliseconds: now.milliseconds - 1)
        #expect(statement.seen(by: .anonymous, at: now).captions[article] != nil)
        #expect(statement.seen(by: .anonymous, at: before).captions[article] == nil)
        #expect(statement.seen(by: .anonymous, at: now).draft.speaker?.source?.id == nil)
        #expect(statement.seen(by: .newsroom, at: before) == statement)
    }
}
