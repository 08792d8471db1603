import Newsroom
import Testing
import Turns

/// What happened, what was said and what was printed, in one order.
@Suite(.inTurn) struct TimelineTests {
    private static let noon: Int64 = 1_711_540_800_000

    private struct Story {
        let talks: Event
        let part: Event
        let speaker: Person
        let hidden: Article
    }

    private static func at(_ minutes: Int64) -> Instant { Instant(milliseconds: noon + minutes * 60_000) }

    /// Before noon: a move at -50, words at -40, an article at -30, another move, of the part, at -20. An article in the works, and what
    /// it reports, said at -10; and what has nothing to do with any of it.
    private func tell(_ store: any NewsroomStore, _ clock: TestClock) async throws -> Story {
        let speaker = try await store.people.create(.sample())
        let moves = { (minutes: Int64) in
            [
                EventTransition(
                    action: .cancel, from: .scheduled, to: .cancelled, reason: "at \(minutes)", effectiveAt: Self.at(minutes),
                    recordedAt: Self.at(minutes))
            ]
        }
        let talks = try await store.events.create(
            .sample("Talks") {
                $0.status = .cancelled
                $0.window = Window(edtf: try edtf("2024-04-01"))
                $0.participants = [Event.Participant(target: .person(.id(speaker.record.id)))]
                $0.transitions = moves(-50)
            })
        let part = try await store.events.create(
            .sample("First day") {
                $0.status = .cancelled
                $0.window = Window(edtf: try edtf("2024-04-01"))
                $0.partOf = .id(talks.record.id)
                $0.transitions = moves(-20)
            })
        let printed = try await store.articles.create(
            .sample("Printed") {
                $0.publishedAt = Self.at(-30)
                $0.events = [RoleReference(target: .id(talks.record.id))]
                $0.people = [RoleReference(target: .id(speaker.record.id))]
            })
        let hidden = try await store.articles.create(
            .sample("Hidden") {
                $0.publishedAt = Self.at(-5)
                $0.embargoedUntil = Self.at(60)
                $0.events = [RoleReference(target: .id(part.record.id))]
                $0.people = [RoleReference(target: .id(speaker.record.id))]
            })
        for (text, when, article) in [("Said", "2024-03-27T11:20:00Z", printed), ("Secret", "2024-03-27T11:50:00Z", hidden)] {
            clock.advance(milliseconds: 1)
            try await store.statements.create(
                .sample(text) {
                    $0.speaker = .person(.id(speaker.record.id))
                    $0.saidAt = Window(edtf: try edtf(when))
                    $0.article = .id(article.record.id)
                    $0.events = [.id(talks.record.id)]
                })
        }
        try await store.statements.create(.sample("Work in progress") { $0.events = [.id(part.record.id)] })
        try await store.articles.create(.sample("Elsewhere") { $0.publishedAt = Self.at(-45) })
        try await store.articles.create(.sample("Draft") { $0.status = .draft })
        return Story(talks: talks, part: part, speaker: speaker, hidden: hidden)
    }

    private func name(_ entry: TimelineEntry) -> String {
        switch entry.content {
        case .transition(let transition, let event, let captions): "\(captions[event]?.name ?? "") \(transition.reason ?? "")"
        case .statement(let statement): statement.draft.text
        case .publication(let publication): publication.headline
        }
    }

    /// All of a timeline, by pages of every length, which must say the same.
    private func names(
        _ store: any NewsroomStore, _ subject: TimelineQuery.Subject = .all, as viewer: Viewer = .newsroom,
        _ change: (inout TimelineQuery) -> Void = { _ in }
    ) async throws -> [String] {
        var query = TimelineQuery(of: subject, limit: 200)
        change(&query)
        let whole = try await store.timeline(query, as: viewer)
        #expect(whole.next == nil)
        for limit in [1, 2, 3] {
            query.limit = limit
            query.after = nil
            var entries: [TimelineEntry] = []
            repeat {
                let page = try await store.timeline(query, as: viewer)
                #expect(page.entries.count <= limit)
                entries += page.entries
                query.after = page.next
            } while query.after != nil && entries.count < 100
            #expect(entries == whole.entries, "pages of \(limit)")
        }
        return whole.entries.map(name)
    }

    @Test(arguments: StoreUnderTest.all)
    func `an event's has its moves and those of its parts, what was said of it and what was printed`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let story = try await tell(store, clock)
            let talks = TimelineQuery.Subject.event(.id(story.talks.record.id))
            let all = ["Talks at -50", "Said", "Printed", "First day at -20", "Secret", "Hidden"]
            #expect(try await names(store, talks) == all)
            #expect(try await names(store, talks) { $0.isDescending = true } == all.reversed())
            #expect(try await names(store, talks, as: .anonymous) == ["Talks at -50", "Said", "Printed", "First day at -20"])
            #expect(try await names(store, .event(.slug(story.talks.record.slug)), as: .reader) == all)
            #expect(try await names(store, .event(.id(story.part.record.id))) == ["First day at -20", "Hidden"])
            #expect(try await names(store, talks) { $0.kinds = [.statement, .publication] } == ["Said", "Printed", "Secret", "Hidden"])
            #expect(try await names(store, talks) { ($0.from, $0.to) = (Self.at(-40), Self.at(-20)) } == Array(all[1...3]))
            #expect(try await names(store, talks) { $0.clock = .said } == ["Said", "Secret"])
            #expect(try await names(store, talks) { $0.clock = .published } == ["Said", "Printed", "Secret", "Hidden"])
            let recorded = try await names(store, talks) { $0.clock = .recorded }
            #expect(recorded.suffix(3) == ["Said", "Secret", "Work in progress"] && recorded.count == 7)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was known by an instant leaves out what was said or printed later`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let story = try await tell(store, clock)
            let talks = TimelineQuery.Subject.event(.id(story.talks.record.id))
            func known(_ minutes: Int64, _ clock: TimelineClock = .occurred) async throws -> [String] {
                try await names(store, talks) { ($0.knownBy, $0.clock) = (Self.at(minutes), clock) }
            }
            #expect(try await known(-51) == [])
            #expect(try await known(-40) == ["Talks at -50", "Said"])
            #expect(try await known(-30) == ["Talks at -50", "Said", "Printed"])
            // It was recorded later; that it was known then is what is asked.
            #expect(try await known(-40, .recorded).contains("Said"))
            // Nobody could read it before its embargo ended.
            #expect(try await !known(59).contains("Hidden"))
            #expect(try await known(60).contains("Hidden"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a person's has what was said by them, what names them, and the moves of what they take part in`(
        _ kind: StoreUnderTest
    ) async throws {
        try await kind.withStore { store, clock in
            let story = try await tell(store, clock)
            let speaker = TimelineQuery.Subject.person(.id(story.speaker.record.id))
            #expect(try await names(store, speaker) == ["Talks at -50", "Said", "Printed", "Secret", "Hidden"])
            #expect(try await names(store, speaker, as: .anonymous) == ["Talks at -50", "Said", "Printed"])
            let other = try await store.people.create(.sample("Ron Dermer"))
            #expect(try await names(store, .person(.slug(other.record.slug))) == [])
            let nobody = TimelineQuery(of: .person(.slug(try slug("nobody"))))
            let error = await storeError { _ = try await store.timeline(nobody, as: .newsroom) }
            #expect(error == .notFound)
            try await store.people.delete(.id(other.record.id), if: .none, by: editor)
            let gone = await storeError { _ = try await store.timeline(TimelineQuery(of: .person(.id(other.record.id))), as: .newsroom) }
            #expect(gone == .gone)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `that of all has everything that may be seen`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            _ = try await tell(store, clock)
            let seen = ["Talks at -50", "Elsewhere", "Said", "Printed", "First day at -20"]
            #expect(try await names(store) == seen + ["Secret", "Hidden"])
            #expect(try await names(store, as: .anonymous) == seen)
            #expect(try await names(store, as: .anonymous) { $0.isDescending = true } == seen.reversed())
            for viewer in [Viewer.anonymous, .newsroom] {
                let printed = try await names(store, as: viewer) { $0.clock = .published }
                #expect(printed == ["Elsewhere", "Said", "Printed"] + (viewer == .newsroom ? ["Secret", "Hidden"] : []))
            }
            let recorded = try await names(store, as: .anonymous) { $0.clock = .recorded }
            #expect(Set(recorded) == Set(seen))
            clock.advance(milliseconds: 3_600_000)
            #expect(try await names(store, as: .anonymous) == seen + ["Secret", "Hidden"])
        }
    }
}
