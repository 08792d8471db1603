import Testing

@testable import Newsroom

/// Questions on which statements contradict each other: whose word counts, how many sources stand behind it, and what settles it.
@Suite struct ConflictTests {
    private static let question = ConflictID(about: ID(ULID(bits: 7)), property: "departure_approved")
    private static let now = Instant(milliseconds: 9_000_000_000_000)

    private static func person(_ number: Int) -> Attribution { .person(.id(ID(ULID(bits: UInt128(number))))) }
    private static func outlet(_ number: Int) -> Attribution { .organization(.id(ID(ULID(bits: UInt128(number))))) }
    private static func source(_ number: Int) -> Attribution {
        .unnamed(UnnamedSource(id: SourceID(ULID(bits: UInt128(number))), description: "an official \(number)"))
    }

    /// A statement on the question, by default said by a person and reported by an article that everybody may see.
    private static func said(
        _ value: String, by speaker: Attribution, through chain: [Attribution] = [], on day: String? = nil, number: Int = 0,
        status: StatementStatus = .live, publicFrom: Int64? = 0
    ) -> Statement {
        var draft = Statement.Draft()
        draft.speaker = speaker
        draft.chain = chain
        draft.status = status
        draft.saidAt = day.flatMap { EDTF($0) }.map { Window(edtf: $0) }
        draft.claim = Claim(about: .id(question.about), property: question.property, value: value)
        let article = ID<Article>(ULID(bits: 77))
        draft.article = .id(article)
        var captions = Captions()
        var caption = Caption(name: "Talks")
        caption.publicFrom = publicFrom.map { Instant(milliseconds: $0) }
        captions[article] = caption
        let id = ID<Statement>(ULID(bits: UInt128(number)))
        let made = Instant(milliseconds: Int64(number))
        return Statement(
            record: Record(id: id, slug: Slug(of: id), version: 1, createdAt: made, updatedAt: made), draft: draft, captions: captions)
    }

    private static func conflict(
        _ statements: [Statement], _ resolutions: [ConflictResolution] = [], as viewer: Viewer = .newsroom, knownBy: String? = nil
    ) -> Conflict? {
        Conflict(
            question, Conflict.Evidence(statements: statements, resolutions: resolutions), for: viewer, at: now,
            knownBy: knownBy.flatMap { Instant(rfc3339: $0) })
    }

    private static func shape(_ conflict: Conflict?) -> [String] {
        (conflict?.sides ?? []).map { "\($0.value) \($0.speakers.count) \($0.statements.count) \($0.independentSourceCount)" }
    }

    @Test func `an id says the event and the property, and nothing else is one`() throws {
        let text = ConflictTests.question.text
        #expect(text == "con_00000000000000000000000007.departure_approved")
        #expect(ConflictID(text) == ConflictTests.question)
        #expect(ConflictID("con_00000000000000000000000007.a.b-c")?.property == "a.b-c")
        for other in [
            "", "con_", "con_00000000000000000000000007", "con_00000000000000000000000007.", "con_00000000000000000000000007.A",
            "evt_00000000000000000000000007.a", "con_0000000000000000000000000l.a", "con_00000000000000000000000007.a\u{0}",
            "con_00000000000000000000000007.\(String(repeating: "a", count: 101))",
        ] {
            #expect(ConflictID(other) == nil, "\(other)")
        }
    }

    @Test func `different speakers with different values make a conflict, whatever came of the statements otherwise`() {
        let (one, other) = (ConflictTests.person(1), ConflictTests.person(2))
        typealias T = ConflictTests
        #expect(T.conflict([]) == nil)
        #expect(T.conflict([T.said("no", by: one), T.said("no", by: other, number: 1)]) == nil)
        #expect(T.shape(T.conflict([T.said("no", by: one), T.said("yes", by: other, number: 1)])) == ["no 1 1 1", "yes 1 1 1"])
        for status in [StatementStatus.corrected, .withdrawn] {
            #expect(T.conflict([T.said("no", by: one), T.said("yes", by: other, number: 1, status: status)]) == nil)
        }
        var elsewhere = T.said("yes", by: other, number: 1)
        elsewhere.draft.claim?.property = "other"
        #expect(T.conflict([T.said("no", by: one), elsewhere]) == nil)
    }

    @Test func `whoever changed their position holds the last one`() {
        typealias T = ConflictTests
        let (one, other) = (T.person(1), T.person(2))
        // Written down in another order than said.
        let changed = [T.said("yes", by: one, on: "2024-03-28", number: 1), T.said("no", by: one, on: "2024-03-27", number: 2)]
        #expect(T.conflict(changed) == nil)
        #expect(T.conflict(changed + [T.said("yes", by: other, number: 3)]) == nil)
        #expect(T.shape(T.conflict(changed + [T.said("no", by: other, number: 3)])) == ["yes 1 1 1", "no 1 1 1"])
        // Twice the same, and something else in between.
        let back = changed + [T.said("no", by: one, on: "2024-03-29", number: 4), T.said("yes", by: other, number: 5)]
        #expect(T.shape(T.conflict(back)) == ["no 1 2 1", "yes 1 1 1"])
        // What was said at a time that nobody knows comes last.
        let late = [T.said("no", by: one, number: 1), T.said("yes", by: one, on: "2024-03-28", number: 2), T.said("yes", by: other)]
        #expect(T.shape(T.conflict(late)) == ["yes 1 1 1", "no 1 1 1"])
    }

    @Test func `sources count once that have anybody in common`() {
        typealias T = ConflictTests
        func count(_ statements: [Statement], tellsSourcesApart: Bool = true) -> Int {
            IndependentSources.count(statements, tellsSourcesApart: tellsSourcesApart)
        }
        let (axios, times, post) = (T.outlet(11), T.outlet(12), T.outlet(13))
        #expect(count([]) == 0)
        #expect(count([T.said("x", by: T.person(1)), T.said("x", by: T.person(2))]) == 2)
        #expect(count([T.said("x", by: T.person(1), through: [axios]), T.said("x", by: T.person(2), through: [times])]) == 2)
        // The same unnamed source, as a speaker and behind one; differently described.
        #expect(count([T.said("x", by: T.source(1)), T.said("x", by: T.person(2), through: [T.source(1)])]) == 1)
        #expect(count([T.said("x", by: T.source(1)), T.said("x", by: T.source(2))]) == 2)
        // One outlet quotes another.
        #expect(count([T.said("x", by: T.person(1), through: [axios]), T.said("x", by: T.person(2), through: [axios, times])]) == 1)
        #expect(count([T.said("x", by: axios), T.said("x", by: T.person(2), through: [axios])]) == 1)
        // Through others.
        let chained = [
            T.said("x", by: T.person(1), through: [axios]), T.said("x", by: T.person(2), through: [post]),
            T.said("x", by: T.person(3), through: [axios, post]), T.said("x", by: T.person(4), through: [times]),
        ]
        #expect(count(chained) == 2)
        #expect(count(chained.reversed()) == 2)
        // A person and an organization of one number are two.
        #expect(count([T.said("x", by: T.person(11)), T.said("x", by: axios)]) == 2)
        // Where nobody may know which source is which, there may be one.
        #expect(count([T.said("x", by: T.source(1)), T.said("x", by: T.source(2))], tellsSourcesApart: false) == 1)
        #expect(count([T.said("x", by: T.source(1)), T.said("x", by: T.person(2))], tellsSourcesApart: false) == 2)
    }

    @Test func `who may not see a statement does not see a conflict with it`() {
        typealias T = ConflictTests
        let statements = [T.said("no", by: T.person(1)), T.said("yes", by: T.person(2), number: 1, publicFrom: nil)]
        #expect(T.conflict(statements, as: .anonymous) == nil)
        #expect(T.conflict(statements, as: .reader)?.isContested == true)
        let later = [T.said("no", by: T.person(1)), T.said("yes", by: T.person(2), number: 1, publicFrom: 9_000_000_000_001)]
        #expect(T.conflict(later, as: .anonymous) == nil)
    }

    @Test func `nobody learns from a conflict which unnamed source is which`() throws {
        typealias T = ConflictTests
        for sources in [(1, 1), (1, 2)] {
            let unnamed = [
                T.said("no", by: T.source(sources.0), on: "2024-03-27"),
                T.said("yes", by: T.source(sources.1), on: "2024-03-28", number: 1),
            ]
            #expect(T.conflict(unnamed, as: .anonymous) == nil)
            #expect((T.conflict(unnamed) == nil) == (sources.0 == sources.1))
            let agreeing = [
                T.said("no", by: T.source(sources.0)), T.said("no", by: T.source(sources.1), number: 1),
                T.said("yes", by: T.person(1), number: 2),
            ]
            let seen = try #require(T.conflict(agreeing, as: .anonymous))
            #expect(T.shape(seen) == ["no 2 2 1", "yes 1 1 1"])
            #expect(seen.sides[0].speakers.allSatisfy { $0.attribution.source?.id == nil })
            #expect(seen.sides[0].statements.allSatisfy { $0.draft.speaker?.source?.id == nil })
            #expect(T.shape(T.conflict(agreeing)) == [sources.0 == sources.1 ? "no 1 2 1" : "no 2 2 2", "yes 1 1 1"])
        }
    }

    @Test func `known by an instant is what was said for certain, or published`() {
        typealias T = ConflictTests
        let published = Instant(rfc3339: "2024-03-28T06:00:00Z")?.milliseconds
        let statements = [
            T.said("no", by: T.person(1), on: "2024-03-27T10:00:00Z", publicFrom: nil),
            T.said("yes", by: T.person(2), on: "2024-03-27", number: 1, publicFrom: nil),
            T.said("maybe", by: T.person(3), number: 2, publicFrom: published),
        ]
        func known(_ instant: String) -> [String] { (T.conflict(statements, knownBy: instant)?.sides ?? []).map(\.value) }
        #expect(known("2024-03-27T12:00:00Z").isEmpty)
        #expect(known("2024-03-28T00:00:00Z") == ["yes", "no"])
        #expect(known("2024-03-28T06:00:00Z") == ["yes", "no", "maybe"])
    }

    private static func resolution(
        _ value: String?, _ statements: [Statement], basis: [ID<Statement>] = [], at milliseconds: Int64 = 5
    ) -> ConflictResolution {
        var settled: [ID<Statement>: String] = [:]
        for statement in statements { settled[statement.record.id] = statement.draft.claim?.value }
        return ConflictResolution(
            id: ResolutionID(ULID(bits: 3)), value: value, how: "asked both", basis: basis, actor: "editor",
            resolvedAt: Instant(milliseconds: milliseconds), settled: settled)
    }

    @Test func `what is said otherwise after it was settled opens a conflict again`() {
        typealias T = ConflictTests
        let statements = [T.said("no", by: T.person(1)), T.said("yes", by: T.person(2), number: 1)]
        let asNo = T.resolution("no", statements)
        #expect(T.conflict(statements, [asNo])?.status == .resolved)
        #expect(T.conflict(statements + [T.said("no", by: T.person(3), number: 2)], [asNo])?.status == .resolved)
        for value in ["yes", "perhaps"] {
            let reopened = T.conflict(statements + [T.said(value, by: T.person(3), number: 2)], [asNo])
            #expect(reopened?.status == .open && reopened?.resolutions.count == 1)
        }
        // The one whose word held says something else now.
        let turned = [T.said("perhaps", by: T.person(1)), T.said("yes", by: T.person(2), number: 1)]
        #expect(T.conflict(turned, [asNo])?.status == .open)
        // Where neither held, only a value that is new is news.
        let neither = T.resolution(nil, statements)
        #expect(T.conflict(statements + [T.said("yes", by: T.person(3), number: 2)], [neither])?.status == .resolved)
        #expect(T.conflict(statements + [T.said("perhaps", by: T.person(3), number: 2)], [neither])?.status == .open)
        // By its date, a resolution was not there yet.
        #expect(
            T.conflict(statements, [T.resolution("no", statements, at: 8_000_000_000_000)], knownBy: "2024-03-28T00:00:00Z")?.status
                == .open)
    }

    @Test func `a record stays where nobody contradicts any more, for the newsroom`() {
        typealias T = ConflictTests
        let statements = [T.said("no", by: T.person(1)), T.said("yes", by: T.person(2), number: 1)]
        let left = Array(statements.prefix(1))
        let kept = T.conflict(left, [T.resolution("no", statements)])
        #expect(kept?.isContested == false && kept?.status == .resolved && kept?.sides.count == 1)
        #expect(T.conflict(left, [T.resolution("no", statements)], as: .anonymous) == nil)
    }

    @Test func `others are told what holds, where they may see on whose word`() {
        typealias T = ConflictTests
        let hidden = T.said("perhaps", by: T.person(3), number: 2, publicFrom: nil)
        let statements = [T.said("no", by: T.person(1)), T.said("yes", by: T.person(2), number: 1), hidden]
        let told = T.conflict(statements, [T.resolution("no", statements)], as: .anonymous)
        #expect(told?.status == .resolved && told?.holding?.value == "no")
        #expect(told?.holding?.how == nil && told?.holding?.actor == nil)
        #expect(T.conflict(statements, [T.resolution("perhaps", statements)], as: .anonymous)?.resolutions.isEmpty == true)
        let onHidden = T.conflict(statements, [T.resolution("no", statements, basis: [hidden.record.id])], as: .anonymous)
        #expect(onHidden?.status == .open && onHidden?.resolutions.isEmpty == true)
    }

    @Test func `a resolution says how`() {
        var draft = ConflictResolution.Draft()
        draft.value = " no "
        #expect(draft.settle().map { "\($0.path) \($0.rule.rawValue)" } == ["/how required"])
        #expect(draft.value == "no")
        draft.how = String(repeating: "x", count: 2_001)
        draft.value = String(repeating: "y", count: 301)
        #expect(draft.settle().map { "\($0.path) \($0.rule.rawValue)" } == ["/value too_long", "/how too_long"])
    }
}
