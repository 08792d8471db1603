import Newsroom
import Testing
import Turns

/// What an editor asks in the morning.
@Suite(.inTurn) struct DeskTests {
    @Test(arguments: StoreUnderTest.all)
    func `the desk tells what is due, overdue, and about to become public`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            func event(_ title: String, _ status: EventStatus, _ when: String?) async throws {
                try await store.events.create(
                    .sample(title) {
                        $0.status = status
                        $0.window = try when.map { Window(edtf: try edtf($0)) }
                    })
            }
            try await event("Past", .scheduled, "2024-03-20")
            try await event("Yesterday", .postponed, "2024-03-26")
            try await event("Happened", .happened, "2024-03-26")
            try await event("Some time", .scheduled, "2024-03-20/..")
            try await event("Today", .scheduled, "2024-03-27")
            try await event("Next week", .scheduled, "2024-04-02")
            try await event("Cancelled", .cancelled, "2024-04-02")
            try await event("Later", .scheduled, "2024-04-10")
            try await event("Unknown", .proposed, nil)
            for (headline, hours, status) in [
                ("Soon", 2, ArticleStatus.published), ("Sooner", 1, .ready), ("Far", 24 * 8, .published), ("Over", -1, .published),
            ] {
                try await store.articles.create(
                    .sample(headline) {
                        $0.status = status
                        $0.embargoedUntil = Instant(milliseconds: clock.now.milliseconds + Int64(hours) * 3_600_000)
                    })
            }
            let desk = try await store.desk(as: .newsroom)
            #expect(desk.now == clock.now)
            #expect(desk.due.items.map(\.draft.title) == ["Some time", "Today", "Next week"] && !desk.due.hasMore)
            #expect(desk.overdue.items.map(\.draft.title) == ["Yesterday", "Past"] && desk.overdue.items.allSatisfy { $0.isOverdue })
            #expect(desk.embargoes.items.map(\.draft.headline) == ["Sooner", "Soon"])
            #expect(desk.needsReview.items == [] && desk.singleSource.items == [])
            for number in 0..<20 { try await event("Old \(number)", .scheduled, "2023") }
            let fuller = try await store.desk(as: .reader)
            #expect(fuller.overdue.items.count == 20 && fuller.overdue.hasMore)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `it tells claims that one speaker alone makes, and what is to be reviewed`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let talks = try await store.events.create(.sample())
            let one = try await store.people.create(.sample("One"))
            let other = try await store.people.create(.sample("Other"))
            let article = try await store.articles.create(.sample("Report"))
            @discardableResult
            func claim(_ text: String, _ value: String, by speaker: Person) async throws -> Statement {
                clock.advance(milliseconds: 1)
                return try await store.statements.create(
                    .sample(text) {
                        $0.speaker = .person(.id(speaker.record.id))
                        $0.article = .id(article.record.id)
                        $0.claim = Claim(about: .id(talks.record.id), property: "approved", value: value)
                    })
            }
            try await claim("a", "yes", by: one)
            try await claim("b", "yes", by: one)
            try await claim("c", "no", by: one)
            let second = try await claim("d", "no", by: other)
            try await store.statements.create(.sample("no claim"))
            #expect(try await store.desk(as: .newsroom).singleSource.items.map(\.draft.text) == ["b"])
            try await store.statements.change(second.record.id) { $0.status = .withdrawn }
            let desk = try await store.desk(as: .newsroom)
            #expect(desk.singleSource.items.map(\.draft.text) == ["c", "b"])
            guard case .article(let marked)? = desk.needsReview.items.first else {
                Issue.record("the article is to be reviewed")
                return
            }
            #expect(marked.record.id == article.record.id && marked.review.count == 1 && desk.needsReview.items.count == 1)
        }
    }
}
