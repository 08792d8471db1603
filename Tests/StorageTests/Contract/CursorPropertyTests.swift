import Newsroom
import Testing
import Turns

/// Lists that are read page by page while others write: at random, with seeds that are told.
@Suite(.inTurn) struct CursorPropertyTests {
    private static let seeds: [UInt64] = [1, 2, 3]

    @Test(arguments: StoreUnderTest.all, seeds)
    func `of articles what is left alone is seen once and in order, and nothing twice in its place`(
        _ kind: StoreUnderTest, _ seed: UInt64
    ) async throws {
        try await kind.withStore { store, clock in
            var random = Dice(seed: seed)
            let make: (inout Dice) -> Article.Draft = { dice in
                let (headline, day) = (["a", "B", "b"][dice.roll(3)], Int64(dice.roll(4)))
                return .sample(headline) {
                    $0.status = day == 0 ? .draft : .published
                    $0.publishedAt = day == 0 ? nil : Instant(milliseconds: day * 1_000)
                    $0.section = "s"
                    $0.summary = "ice road"
                }
            }
            let section: [Filter<Article.FilterMember>] = [Filter(.section, .equal, [.text("s")])]
            let searches = [nil, SearchExpression(parsing: "ice")]
            try await check(store.articles, clock, &random, filters: [[], section], searches: searches, make) { draft, dice in
                draft.headline = ["a", "B", "c"][dice]
                draft.publishedAt = draft.status == .published ? Instant(milliseconds: Int64(dice) * 1_500 + 500) : nil
            }
        }
    }

    @Test(arguments: StoreUnderTest.all, seeds)
    func `of the other kinds too`(_ kind: StoreUnderTest, _ seed: UInt64) async throws {
        try await kind.withStore { store, clock in
            var random = Dice(seed: seed)
            try await check(store.people, clock, &random, filters: [[]], { try .sample(["a x", "B x", "b y"][$0.roll(3)]) }) {
                draft, dice in
                draft.name = ["a x", "c y", "B y"][dice]
                draft.sortName = ["x", "Y", "a"][dice]
            }
            try await check(store.organizations, clock, &random, filters: [[]], { try .sample(["a", "B", "b"][$0.roll(3)]) }) {
                draft, dice in
                draft.name = ["A", "c", "b"][dice]
            }
            let windows = ["2024-04-01", "2024-04", nil, "../2024-05", "2024-04-01/.."].map { $0.flatMap { EDTF($0) } }
            let make: (inout Dice) -> Event.Draft = { dice in
                let edtf = windows[dice.roll(windows.count)]
                return .sample(["a", "B", "b"][dice.roll(3)]) { $0.window = edtf.map { Window(edtf: $0) } }
            }
            try await check(store.events, clock, &random, filters: [[]], make) { draft, dice in
                draft.title = ["A", "c", "b"][dice]
                draft.window = windows[dice].map { Window(edtf: $0) }
            }
        }
    }

    /// Walks along every sort, both ways, and between the pages makes, changes and deletes what comes.
    private func check<R: Resource>(
        _ resources: any ResourceStore<R>, _ clock: TestClock, _ random: inout Dice, filters: [[Filter<R.FilterMember>]],
        searches: [SearchExpression?] = [nil], _ make: (inout Dice) throws -> R.Draft,
        _ change: @escaping @Sendable (inout R.Draft, Int) -> Void
    ) async throws {
        for sort in R.SortMember.allCases {
            let lists = filters.flatMap { filters in searches.map { (filters, $0) } }
            for (descending, (filters, search)) in [false, true].flatMap({ descending in lists.map { (descending, $0) } }) {
                var live: [ID<R>] = []
                for _ in 0..<20 {
                    clock.advance(milliseconds: Int64(random.roll(2)))
                    live.append(try await resources.create(try make(&random)).record.id)
                }
                // Half of them are never touched; new ones come in besides.
                let untouched = Set(live.prefix(10))
                live.removeFirst(10)
                var query = ListQuery<R>(
                    filters: filters, search: search, sort: Sort(sort, descending: descending), limit: 1 + random.roll(4))
                let start = try await resources.walk(ListQuery(filters: filters, sort: query.sort, limit: 200)).map(\.record.id)
                var seen: [(id: ID<R>, version: Int)] = []
                repeat {
                    let page = try await resources.page(query, as: .newsroom)
                    seen += page.items.map { ($0.record.id, $0.record.version) }
                    query.after = page.next
                    for _ in 0..<2 {
                        clock.advance(milliseconds: Int64(random.roll(2)))
                        switch random.roll(3) {
                        case 0 where seen.count < 150: live.append(try await resources.create(try make(&random)).record.id)
                        case 1 where !live.isEmpty:
                            let id = live.remove(at: random.roll(live.count))
                            try await resources.delete(.id(id), if: .none, by: editor)
                        default:
                            guard !live.isEmpty else { continue }
                            let face = random.roll(3)
                            try await resources.change(live[random.roll(live.count)]) { change(&$0, face) }
                        }
                    }
                } while query.after != nil && seen.count < 2_000
                let ids = seen.map(\.id)
                // A resource may be seen again only where a change has moved it.
                #expect(Set(seen.map { "\($0.id) \($0.version)" }).count == seen.count, "\(sort) \(descending)")
                let left = start.filter { untouched.contains($0) }
                #expect(ids.filter { untouched.contains($0) } == left, "\(sort) \(descending)")
                #expect(left.count == 10)
            }
        }
    }
}

/// Small random numbers, the same for the same seed.
struct Dice {
    private var source: SeededRandomSource

    init(seed: UInt64) {
        source = SeededRandomSource(seed: seed)
    }

    /// 0 and up, below a bound.
    mutating func roll(_ bound: Int) -> Int {
        Int(source.next() % UInt64(bound))
    }
}
