import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct PageTests {
    /// Articles with ties in every sort member, and with none in `published_at`.
    private func fill(_ store: any NewsroomStore, _ clock: TestClock) async throws -> [Article] {
        var articles: [Article] = []
        let headlines = ["b", "A", "a", "B", "Ä", "a b", "a", "", "z", "A"]
        for number in 0..<40 {
            if number % 3 == 0 { clock.advance(milliseconds: 1) }
            articles.append(
                try await store.articles.create(
                    .sample("x" + headlines[number % headlines.count]) {
                        $0.status = number % 4 == 0 ? .draft : .published
                        $0.publishedAt = number % 4 == 0 ? nil : Instant(milliseconds: Int64(number / 7) * 1_000 - 2_000)
                    }))
        }
        for number in [3, 17, 18] {
            clock.advance(milliseconds: 1)
            articles[number] = try await store.articles.change(articles[number].record.id) { $0.section = "changed" }
        }
        return articles
    }

    private func isBefore(_ one: Article, _ other: Article, by sort: Article.SortMember) -> Bool? {
        func compare<Key: Comparable>(_ one: Key?, _ other: Key?) -> Bool? {
            guard one != other else { return nil }
            guard let one, let other else { return one == nil }
            return one < other
        }
        switch sort {
        case .publishedAt: return compare(one.draft.publishedAt, other.draft.publishedAt)
        case .createdAt: return compare(one.record.createdAt, other.record.createdAt)
        case .updatedAt: return compare(one.record.updatedAt, other.record.updatedAt)
        case .headline: return compare(Folded(one.draft.headline), Folded(other.draft.headline))
        }
    }

    @Test(arguments: StoreUnderTest.all, [1, 3, 20, 200])
    func `every sort in both directions gives everything once and in order`(_ kind: StoreUnderTest, _ limit: Int) async throws {
        try await kind.withStore { store, clock in
            let made = try await fill(store, clock)
            for sort in Article.SortMember.allCases {
                for descending in [false, true] {
                    // Ids were made in order, as the unique numbers that decide between equals were.
                    let expected = made.sorted { one, other in
                        let isBefore = isBefore(one, other, by: sort) ?? (one.record.id < other.record.id)
                        return isBefore != descending && one.record.id != other.record.id
                    }
                    let query = ListQuery<Article>(sort: Sort(sort, descending: descending), limit: limit)
                    let walked = try await store.articles.walk(query)
                    #expect(walked.map(\.record.id) == expected.map(\.record.id), "\(sort) \(descending)")
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the other kinds are sorted too, nothing missing and nothing twice`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            for number in 0..<15 {
                if number % 2 == 0 { clock.advance(milliseconds: 3) }
                let name = "\(["b", "A", "a"][number % 3]) Name"
                try await store.people.create(.sample(name))
                try await store.organizations.create(.sample(name))
                let edtf = ["2024-04-01", "2024-04", "2024", "2024-04-01/..", "../2024-05", nil, "-0100", "2024-04-01"][number % 8].flatMap
                { EDTF($0) }
                try await store.events.create(.sample(name) { $0.window = edtf.map { Window(edtf: $0) } })
            }
            for descending in [false, true] {
                for sort in Person.SortMember.allCases {
                    try await checkWalk(store.people, Sort(sort, descending: descending)) { person in
                        switch sort {
                        case .name: .text(Folded(person.draft.name))
                        case .sortName: .text(Folded(person.draft.sortName ?? ""))
                        case .createdAt: .number(person.record.createdAt.milliseconds)
                        case .updatedAt: .number(person.record.updatedAt.milliseconds)
                        }
                    }
                }
                for sort in Organization.SortMember.allCases {
                    try await checkWalk(store.organizations, Sort(sort, descending: descending)) { organization in
                        switch sort {
                        case .name: .text(Folded(organization.draft.name))
                        case .createdAt: .number(organization.record.createdAt.milliseconds)
                        case .updatedAt: .number(organization.record.updatedAt.milliseconds)
                        }
                    }
                }
                for sort in Event.SortMember.allCases {
                    try await checkWalk(store.events, Sort(sort, descending: descending)) { event in
                        switch sort {
                        case .title: .text(Folded(event.draft.title))
                        case .earliest: event.draft.window.flatMap { $0.first == nil ? nil : Key.window($0.sortKey) } ?? .null
                        case .createdAt: .number(event.record.createdAt.milliseconds)
                        case .updatedAt: .number(event.record.updatedAt.milliseconds)
                        }
                    }
                }
            }
        }
    }

    private enum Key: Comparable {
        case null
        case number(Int64)
        case text(Folded)
        case window(Window.SortKey)
    }

    private func checkWalk<R: Resource>(
        _ resources: any ResourceStore<R>, _ sort: Sort<R.SortMember>, key: (R) -> Key
    ) async throws {
        let all = try await resources.walk(ListQuery(sort: sort, limit: 200))
        let walked = try await resources.walk(ListQuery(sort: sort, limit: 2))
        #expect(walked == all)
        #expect(all.count == 15 && Set(all.map(\.record.id)).count == 15)
        for (one, other) in zip(all, all.dropFirst()) {
            let keys = (key(one), key(other))
            #expect(sort.isDescending ? keys.0 >= keys.1 : keys.0 <= keys.1, "\(sort): \(keys)")
        }
    }

    @Test(arguments: StoreUnderTest.all, [false, true])
    func `nothing is skipped or seen twice while others write`(_ kind: StoreUnderTest, _ descending: Bool) async throws {
        try await kind.withStore { store, clock in
            let made = try await fill(store, clock)
            let doomed = Set([made[5], made[20], made[33]].map(\.record.id))
            for sort in Article.SortMember.allCases where sort != .updatedAt {
                var left = doomed
                var number = 0
                let walked = try await store.articles.walk(ListQuery(sort: Sort(sort, descending: descending), limit: 3)) {
                    number += 1
                    let round = number
                    try await store.articles.create(
                        .sample(["xa", "xB", "x0"][round % 3]) { $0.publishedAt = Instant(milliseconds: Int64(round % 4) * 1_000 - 2_000) })
                    if sort == .headline, let id = left.popFirst() { try await store.articles.delete(.id(id), if: .none, by: editor) }
                    try await store.articles.change(made[10].record.id) { $0.section = "\(sort) \(round)" }
                }
                let ids = walked.map(\.record.id)
                #expect(Set(ids).count == ids.count, "\(sort)")
                let untouched = made.map(\.record.id).filter { !doomed.contains($0) }
                #expect(Set(untouched).isSubset(of: ids), "\(sort)")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a page tells whether there is another, and the total when asked`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let empty = try await store.articles.page(ListQuery(sort: Sort(.createdAt), counts: true), as: .newsroom)
            #expect(empty == Page(items: [], next: nil, total: 0))
            _ = try await fill(store, clock)
            let exact = try await store.articles.page(ListQuery(sort: Sort(.createdAt), limit: 40, counts: true), as: .newsroom)
            #expect(exact.items.count == 40 && exact.next == nil && exact.total == 40)
            let more = try await store.articles.page(ListQuery(sort: Sort(.createdAt), limit: 39, counts: true), as: .newsroom)
            #expect(more.items.count == 39 && more.next != nil && more.total == 40)
            #expect(try await store.articles.page(ListQuery(sort: Sort(.createdAt), limit: 39), as: .newsroom).total == nil)
            #expect(try await store.articles.page(ListQuery(sort: Sort(.createdAt), limit: 1, counts: true), as: .anonymous).total == 30)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a page ends where its bytes do, what references are shown with among them, and has one item at least`(
        _ kind: StoreUnderTest
    ) async throws {
        try await kind.withStore { store, _ in
            var organizations: [RoleReference<Organization>] = []
            for number in 0..<10 {
                let name = "\(number)" + String(repeating: "x", count: 299)
                organizations.append(RoleReference(target: .id(try await store.organizations.create(.sample(name)).record.id)))
            }
            for number in 0..<7 {
                let named = number % 2 == 0 ? organizations : []
                try await store.articles.create(
                    .sample("\(number)") {
                        $0.organizations = named
                        $0.body = String(repeating: "x", count: named.isEmpty ? 5_000 : 10)
                    })
            }
            for (byteCountMax, counts) in [(12_000, [3, 3, 1]), (1, Array(repeating: 1, count: 7)), (1_000_000, [7])] {
                for descending in [false, true] {
                    var query = ListQuery<Article>(
                        sort: Sort(.createdAt, descending: descending), isWhole: true, byteCountMax: byteCountMax)
                    var pages: [[String]] = []
                    repeat {
                        let page = try await store.articles.page(query, as: .newsroom)
                        pages.append(page.items.map(\.draft.headline))
                        query.after = page.next
                    } while query.after != nil && pages.count < 10
                    #expect(pages.map(\.count) == counts)
                    #expect(pages.joined().elementsEqual((0..<7).map { "\(descending ? 6 - $0 : $0)" }))
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `lists leave out the body unless it is wanted, and count its words all the same`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.articles.create(.sample())
            let short = try await store.articles.page(ListQuery(sort: Sort(.createdAt)), as: .newsroom).items
            #expect(short.map(\.draft.body) == [""] && short.map(\.wordCount) == [5])
            let whole = try await store.articles.page(ListQuery(sort: Sort(.createdAt), isWhole: true), as: .newsroom).items
            #expect(whole == [made])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `somebody in two parts of an article is listed once`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample()).record.id
            for number in 0..<9 {
                try await store.articles.create(
                    .sample("\(number)") { $0.people = ["a", "b", nil].map { RoleReference(target: .id(person), role: $0) } })
            }
            let filters: [Filter<Article.FilterMember>] = [Filter(.person, .equal, [.id(person.text)])]
            for sort in Article.SortMember.allCases {
                for descending in [false, true] {
                    let query = ListQuery<Article>(filters: filters, sort: Sort(sort, descending: descending), limit: 2, counts: true)
                    let walked = try await store.articles.walk(query)
                    #expect(walked.count == 9 && Set(walked.map(\.record.id)).count == 9)
                    #expect(try await store.articles.page(query, as: .newsroom).total == 9)
                }
            }
        }
    }
}

/// A text as sorts and ranges compare it: by code point, ASCII letters in lower case.
struct Folded: Comparable {
    let bytes: [UInt8]

    init(_ text: String) {
        bytes = text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }

    static func < (one: Folded, other: Folded) -> Bool {
        one.bytes.lexicographicallyPrecedes(other.bytes)
    }
}
