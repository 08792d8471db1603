import Newsroom
import Testing

/// The life of an article: moves, corrections, and what never changes.
@Suite struct ArticleLifeTests {
    private let now = Instant(milliseconds: 1_711_562_700_000)
    private let later = Instant(milliseconds: 1_711_562_800_000)

    private func article(_ status: ArticleStatus) -> Article.Draft {
        var draft = Article.Draft()
        draft.headline = "Talks called off"
        draft.status = status
        if status == .retracted { draft.publishedAt = now }
        return draft.settled(after: nil, at: now).draft
    }

    @Test func `the table of moves is this one`() {
        let table: [ArticleStatus: [ArticleAction: ArticleStatus]] = [
            .draft: [.submit: .ready, .publish: .published], .ready: [.returnToDraft: .draft, .publish: .published],
            .published: [.retract: .retracted, .correct: .published], .retracted: [.publish: .published, .correct: .retracted],
        ]
        for status in ArticleStatus.allCases {
            #expect(Set(status.actions) == Set(table[status]?.keys ?? [:].keys))
            for action in ArticleAction.allCases {
                #expect(article(status).moved(by: ArticleMove(action), at: now)?.status == table[status]?[action])
            }
        }
    }

    @Test func `a retraction tells readers why, and publishing once more takes nothing back`() {
        let published = article(.published)
        let move = ArticleMove(.retract, notice: .init(.retraction, "The quote was made up."))
        let retracted = published.moved(by: move, at: later)?.settled(after: published, at: later)
        #expect(retracted?.failures == [])
        #expect(retracted?.draft.corrections == [Correction(.retraction, "The quote was made up.", issuedAt: later)])
        #expect(retracted?.draft.isTransition(from: published) == true)
        let again = retracted?.draft.moved(by: ArticleMove(.publish), at: later)?.settled(after: retracted?.draft, at: later).draft
        #expect(again?.status == .published && again?.publishedAt == now && again?.firstPublishedAt == now)
        #expect(again?.corrections.count == 1)
    }

    @Test func `publication may lie ahead, and an embargo be set or lifted with it`() {
        let ready = article(.ready)
        let planned = ready.moved(by: ArticleMove(.publish, publishedAt: later, embargo: later), at: now)
        #expect(planned?.publishedAt == later && planned?.embargoedUntil == later)
        #expect(planned?.moved(by: ArticleMove(.publish), at: now) == nil)
        var held = ready
        held.embargoedUntil = later
        #expect(held.moved(by: ArticleMove(.publish), at: now)?.embargoedUntil == later)
        #expect(held.moved(by: ArticleMove(.publish, embargo: .some(nil)), at: now)?.embargoedUntil == nil)
    }

    @Test func `what is wrong with a move is told by its members`() {
        func failures(_ move: ArticleMove, from status: ArticleStatus) -> [String] {
            var move = move
            return move.settle(from: status, at: now).map { "\($0.path) \($0.rule.rawValue)" }
        }
        #expect(failures(ArticleMove(.retract, notice: .init(.retraction, " ")), from: .published) == ["/reason required"])
        #expect(
            failures(ArticleMove(.correct, note: "\u{1}", notice: .init(.update, "", issuedAt: later)), from: .published)
                == ["/note invalid_value", "/text required", "/issued_at out_of_range"])
        #expect(failures(ArticleMove(.correct, notice: .init(.retraction, "Why.")), from: .published) == ["/kind invalid_value"])
        #expect(failures(ArticleMove(.correct, notice: .init(.retraction, "Why.")), from: .retracted) == [])
        var move = ArticleMove(.submit, note: "  for Tuesday ")
        #expect(move.settle(from: .draft, at: now) == [] && move.note == "for Tuesday")
    }

    @Test func `corrections are kept by whoever leaves them out, and never changed`() {
        var corrected = article(.published)
        corrected.corrections = [Correction(.correction, "It was Monday.", issuedAt: now)]
        func failures(_ change: (inout Article.Draft) -> Void) -> [String] {
            var draft = corrected
            change(&draft)
            return draft.settled(after: corrected, at: now).failures.map { "\($0.path) \($0.rule.rawValue)" }
        }
        var silent = corrected
        silent.corrections = []
        #expect(silent.settled(after: corrected, at: now) == Proposal(corrected))
        #expect(failures { $0.corrections[0].text = "It was Tuesday." } == ["/corrections read_only"])
        #expect(failures { $0.corrections.insert(Correction(.update, "First.", issuedAt: now), at: 0) } == ["/corrections read_only"])
        #expect(failures { $0.corrections.append(Correction(.update, "More.", issuedAt: now)) } == [])
        #expect(
            failures { $0.corrections.append(Correction(.update, "", issuedAt: later)) }
                == ["/corrections/1/text required", "/corrections/1/issued_at out_of_range"])
        #expect(failures { $0.corrections += (0..<200).map { Correction(.update, "\($0)", issuedAt: now) } } == ["/corrections too_many"])
        var draft = article(.draft)
        draft.corrections = [Correction(.update, "More.", issuedAt: now)]
        #expect(draft.settled(after: nil, at: now).failures.map(\.path) == ["/corrections"])
    }

    @Test func `an older version brings its words back, not its life`() {
        var old = article(.draft)
        old.headline = "Old words"
        var last = article(.published)
        last.corrections = [Correction(.correction, "It was Monday.", issuedAt: now)]
        last.embargoedUntil = later
        old.keepLife(of: last)
        #expect(old.headline == "Old words" && old.status == .published && old.firstPublishedAt == now)
        #expect(old.corrections == last.corrections && old.embargoedUntil == later)
    }
}
