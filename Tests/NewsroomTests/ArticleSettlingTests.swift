import Newsroom
import Testing

struct ArticleSettlingTests {
    private let now = Instant(milliseconds: 1_711_562_700_000)
    private let earlier = Instant(milliseconds: 1_711_000_000_000)

    private func draft(_ status: ArticleStatus? = nil, publishedAt: Instant? = nil) -> Article.Draft {
        var draft = Article.Draft()
        draft.headline = "Talks called off"
        draft.status = status
        draft.publishedAt = publishedAt
        return draft
    }

    private func settle(_ draft: Article.Draft, after previous: Article.Draft? = nil) -> Proposal<Article.Draft> {
        draft.settled(after: previous, at: now)
    }

    private func failures(_ change: (inout Article.Draft) -> Void) -> [String] {
        var draft = draft()
        change(&draft)
        return settle(draft).failures.map { "\($0.path) \($0.rule.rawValue)" }
    }

    @Test func `a new article is a draft, or published where it says when`() {
        #expect(settle(draft()).draft.status == .draft)
        #expect(settle(draft()).draft.publishedAt == nil)
        #expect(settle(draft(publishedAt: earlier)).draft.status == .published)
        #expect(settle(draft(.draft, publishedAt: earlier)).draft.status == .draft)
        #expect(settle(draft(.draft, publishedAt: earlier)).draft.firstPublishedAt == nil)
    }

    @Test func `publication sets both instants once`() {
        let published = settle(draft(.published)).draft
        #expect(published.publishedAt == now)
        #expect(published.firstPublishedAt == now)
        let backdated = settle(draft(.published, publishedAt: earlier)).draft
        #expect(backdated.publishedAt == earlier)
        #expect(backdated.firstPublishedAt == earlier)
    }

    @Test func `the first publication never changes again`() {
        let first = settle(draft(.published, publishedAt: earlier)).draft
        var moved = first
        moved.publishedAt = now
        moved.firstPublishedAt = nil
        #expect(settle(moved, after: first).draft.publishedAt == now)
        #expect(settle(moved, after: first).draft.firstPublishedAt == earlier)
        moved.firstPublishedAt = now
        #expect(settle(moved, after: first).draft.firstPublishedAt == earlier)
    }

    @Test func `an import may say when the first publication was`() {
        var imported = draft(.published, publishedAt: now)
        imported.firstPublishedAt = earlier
        #expect(settle(imported).draft.firstPublishedAt == earlier)
    }

    @Test func `what is not said stays as it was`() {
        let first = settle(draft(.published, publishedAt: earlier)).draft
        let again = settle(draft(), after: first)
        #expect(again.draft.status == .published)
        #expect(again.draft.publishedAt == earlier)
        #expect(again.failures.isEmpty)
    }

    static let moves: [ArticleStatus: Set<ArticleStatus>] = [
        .draft: [.draft, .ready, .published], .ready: [.draft, .ready, .published], .published: [.published, .retracted],
        .retracted: [.published, .retracted],
    ]

    @Test(arguments: ArticleStatus.allCases, ArticleStatus.allCases)
    func `an article moves only along its life`(_ from: ArticleStatus, _ to: ArticleStatus) {
        let before = settle(draft(from, publishedAt: earlier)).draft
        var after = before
        after.status = to
        let rules = settle(after, after: before).failures.map(\.rule)
        #expect(rules == (ArticleSettlingTests.moves[from]?.contains(to) == true ? [] : [.transition]))
    }

    @Test func `a refused move names what is allowed`() {
        let before = settle(draft(.published)).draft
        var after = before
        after.status = .draft
        #expect(
            settle(after, after: before).failures == [
                MemberFailure(path: "/status", rule: .transition, message: "cannot go from `published` to `draft`, only to `retracted`")
            ])
    }

    @Test func `a retracted article keeps its instants and needs one when it comes from elsewhere`() {
        let published = settle(draft(.published, publishedAt: earlier)).draft
        var retracted = published
        retracted.status = .retracted
        #expect(settle(retracted, after: published) == Proposal(retracted))
        #expect(settle(draft(.retracted)).failures.map(\.path) == ["/published_at"])
        #expect(settle(draft(.retracted, publishedAt: earlier)).draft.firstPublishedAt == earlier)
    }

    @Test func `an embargo is allowed in any state`() {
        for status in ArticleStatus.allCases {
            var embargoed = draft(status, publishedAt: earlier)
            embargoed.embargoedUntil = now
            #expect(settle(embargoed).failures.isEmpty)
        }
    }

    @Test func `settling twice gives the same`() {
        var first = draft(.published)
        first.headline = " Talks\n called off "
        first.tags = ["gaza", " un ", "gaza"]
        first.subheadline = " "
        first.section = " world"
        let settled = settle(first)
        #expect(settle(settled.draft) == settled)
        #expect(settle(settled.draft, after: settled.draft) == settled)
        let later = settled.draft.settled(after: settled.draft, at: Instant(milliseconds: now.milliseconds + 5))
        #expect(later == settled)
    }

    @Test func `a headline must be there`() {
        #expect(failures { $0.headline = "" } == ["/headline required"])
        #expect(failures { $0.headline = " \t\r\n " } == ["/headline required"])
        for blank in ["\u{A0}", "\u{3000}", "\u{200B}", "\u{FEFF}", " \u{2028}\u{2003} ", "\u{202E}\u{2060}"] {
            #expect(failures { $0.headline = blank } == ["/headline required"], "\(blank.unicodeScalars.map(\.value))")
            #expect(failures { $0.tags = ["ok", blank] } == ["/tags/1 required"])
            var article = draft()
            article.byline = blank
            #expect(settle(article).draft.byline == nil)
        }
        let noncharacters = [0xFDD0, 0xFFFE].compactMap { Unicode.Scalar($0 as UInt32) }.map { String($0) }
        for text in ["\u{A0}a", "\u{301}"] + noncharacters { #expect(failures { $0.headline = text } == []) }
    }

    @Test func `a line is one line`() {
        var article = draft()
        article.headline = "  TREASURY'S BAKER SAYS\n IADB  REFORMS\tTODAY\r\n"
        article.byline = "\n"
        article.subheadline = "\u{2028}Äh\u{2028}\u{2029} so\u{A0}“x”\u{2029}"
        article.section = " world "
        article.body = "  One\n\tline\r\n"
        let settled = settle(article).draft
        #expect(settled.headline == "TREASURY'S BAKER SAYS IADB  REFORMS TODAY")
        #expect(settled.byline == nil)
        #expect(settled.subheadline == "Äh so\u{A0}“x”")
        #expect(settled.section == "world")
        #expect(settled.body == "  One\n\tline\r\n")
    }

    @Test(arguments: ["\u{0}", "\u{1}", "\u{8}", "\u{B}", "\u{1B}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}"])
    func `control characters are refused`(_ control: String) {
        #expect(failures { $0.headline = "a\(control)b" } == ["/headline invalid_value"])
        #expect(failures { $0.body = "a\(control)b" } == ["/body invalid_value"])
        #expect(failures { $0.tags = ["ok", "a\(control)b"] } == ["/tags/1 invalid_value"])
    }

    @Test func `texts beyond ASCII are no control characters`() {
        #expect(failures { $0.headline = "Ära: À\u{A0}la — “carte” 🗞 \u{2028}" } == [])
        #expect(failures { $0.body = "\u{C0}\u{80C0}\u{10FFFF}" } == [])
    }

    @Test func `lengths are counted in scalars and the greatest is allowed`() {
        #expect(failures { $0.headline = String(repeating: "ä", count: 500) } == [])
        #expect(failures { $0.headline = String(repeating: "ä", count: 501) } == ["/headline too_long"])
        #expect(failures { $0.subheadline = String(repeating: "a", count: 1_001) } == ["/subheadline too_long"])
        #expect(failures { $0.summary = String(repeating: "a", count: 10_001) } == ["/summary too_long"])
        #expect(failures { $0.byline = String(repeating: "a", count: 501) } == ["/byline too_long"])
        #expect(failures { $0.dateline = String(repeating: "a", count: 301) } == ["/dateline too_long"])
        #expect(failures { $0.section = String(repeating: "a", count: 101) } == ["/section too_long"])
        #expect(failures { $0.source = String(repeating: "a", count: 301) } == ["/source too_long"])
        #expect(failures { $0.usageTerms = String(repeating: "a", count: 2_001) } == ["/usage_terms too_long"])
        #expect(failures { $0.body = String(repeating: "a", count: 1_048_577) } == ["/body too_long"])
    }

    @Test func `tags and places are folded, not blank, and not too many`() {
        var article = draft()
        article.tags = ["gaza", "un", "gaza"]
        article.places = ["usa", "uk", "usa"]
        #expect(settle(article).draft.tags == ["gaza", "un"])
        #expect(settle(article).draft.places == ["usa", "uk"])
        // Two Unicode forms of one text are two, as they are to filters.
        article.tags = ["caf\u{E9}", "cafe\u{301}", "caf\u{E9}", "cafe\u{301}"]
        #expect(settle(article).draft.tags.map { Array($0.utf8) } == ["caf\u{E9}", "cafe\u{301}"].map { Array($0.utf8) })
        #expect(failures { $0.tags = ["a", " "] } == ["/tags/1 required"])
        #expect(failures { $0.tags = [String(repeating: "a", count: 101)] } == ["/tags/0 too_long"])
        #expect(failures { $0.places = [String(repeating: "a", count: 201)] } == ["/places/0 too_long"])
        #expect(failures { $0.tags = (0..<100).map { "t\($0)" } } == [])
        #expect(failures { $0.tags = (0..<101).map { "t\($0)" } } == ["/tags too_many"])
        #expect(failures { $0.places = (0..<101).map { "t\($0)" } } == ["/places too_many"])
    }

    @Test func `a reference that stands twice in one role is kept once`() throws {
        let one = ID<Person>(ULID(bits: 1))
        let other = ID<Person>(ULID(bits: 2))
        var article = draft()
        article.people = [
            .init(target: .id(one)), .init(target: .id(other)), .init(target: .id(one), role: "subject"), .init(target: .id(one)),
        ]
        article.authors = [.init(target: .id(one), role: "a"), .init(target: .id(one), role: " a ")]
        let event = Reference.id(ID<Event>(ULID(bits: 1)))
        article.events = [.init(target: event), .init(target: event)]
        let settled = settle(article)
        #expect(settled.failures == [])
        #expect(settled.draft.people == Array(article.people.prefix(3)))
        #expect(settled.draft.authors == Array(article.authors.prefix(1)))
        #expect(settled.draft.events == Array(article.events.prefix(1)))
        #expect(failures { $0.people = (0..<501).map { .init(target: .id(ID(ULID(bits: $0)))) } } == ["/people too_many"])
        #expect(failures { $0.people = [.init(target: .id(one), role: String(repeating: "r", count: 101))] } == ["/people/0/role too_long"])
    }

    @Test func `external ids are not too many`() {
        let ids = (0..<51).compactMap { ExternalID(source: "s\($0)", value: "1") }
        #expect(failures { $0.externalIDs = ExternalIDs(ids) } == ["/external_ids too_many"])
    }

    @Test func `all failing members are told at once`() {
        let found = failures {
            $0.headline = ""
            $0.byline = "\u{1}"
            $0.tags = [""]
            $0.status = .retracted
        }
        #expect(found == ["/headline required", "/byline invalid_value", "/tags/0 required", "/published_at required"])
    }

    @Test func `anonymous readers see what is published by now and no longer embargoed`() {
        let later = Instant(milliseconds: now.milliseconds + 1)
        for status in ArticleStatus.allCases {
            for embargo in [nil, earlier, now, later] {
                for publication in [earlier, now, later] {
                    var article = draft(status, publishedAt: publication)
                    article.embargoedUntil = embargo
                    let expected = status == .published && embargo != later && publication != later
                    #expect(Article.isVisible(article, to: .anonymous, at: now) == expected)
                    #expect(Article.isVisible(article, to: .newsroom, at: now))
                    let from = max(publication, embargo ?? earlier)
                    #expect(Article.publicFrom(article) == (status == .published ? from : nil))
                }
            }
        }
    }

    @Test func `a first publication that lies ahead follows the date until it has come`() {
        let soon = Instant(milliseconds: now.milliseconds + 1_000)
        let later = Instant(milliseconds: now.milliseconds + 2_000)
        let planned = settle(draft(.published, publishedAt: soon)).draft
        #expect(planned.firstPublishedAt == soon)
        var moved = planned
        moved.publishedAt = later
        #expect(settle(moved, after: planned).draft.firstPublishedAt == later)
        #expect(moved.settled(after: planned, at: soon).draft.firstPublishedAt == soon)
        #expect(moved.settled(after: planned, at: Instant(milliseconds: soon.milliseconds - 1)).draft.firstPublishedAt == later)
        moved.publishedAt = earlier
        #expect(settle(moved, after: planned).draft.firstPublishedAt == earlier)
        #expect(settle(planned, after: planned) == Proposal(planned))
    }
}
