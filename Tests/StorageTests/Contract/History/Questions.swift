import Newsroom
import Testing

/// Questions about every member of every kind, with values that some resource has and values that none has.
struct Questions {
    private var texts: [String] = [
        "world", "World", "wor", "us", "gaza", "GAZA", "ga", "usa", "en", "pt-BR", "Wire 1", "wire", "US", "IL", "1958", "1958-11-08",
        "Minister", "minister", "of x", "Talks", "talks", "100%", "_", "\\", "É", "é", "zzz",
    ]
    private var instants: [Instant] = [2_000, 2_001, 11_000].map { Instant(milliseconds: $0) }
    private var names: [Kind: [FilterValue]] = [:]
    private let seed: UInt64

    init(_ store: any NewsroomStore, seed: UInt64) async throws {
        self.seed = seed
        try await add(store.articles, .createdAt)
        try await add(store.people, .createdAt)
        try await add(store.organizations, .createdAt)
        try await add(store.events, .createdAt)
        try await add(store.statements, .createdAt)
    }

    private mutating func add<R: Resource>(_ shelf: any ResourceStore<R>, _ sort: R.SortMember) async throws {
        names[R.kind] = [.slug(try slug("nothing-of-that-name")), .externalID(try externalID("none:1"))]
        for resource in try await shelf.walk(ListQuery(sort: Sort(sort))) {
            let (record, caption) = (resource.record, resource.draft.caption)
            texts += [record.id.text, record.slug.text, caption, caption.uppercased(), String(caption.prefix(2))]
            instants += [record.createdAt, record.updatedAt, Instant(milliseconds: record.updatedAt.milliseconds + 1)]
            names[R.kind, default: []] +=
                [.id(record.id.text), .slug(record.slug)] + resource.draft.externalIDs.all.map { .externalID($0) }
        }
    }

    private func values(_ type: ListValueType, of kind: Kind) -> [FilterValue] {
        switch type {
        case .text: texts.map { .text($0) }
        case .word(let words): words.map { .text($0) }
        case .mark: [.text("true")]
        case .integer: (0...9).map { .integer($0) }
        case .instant, .lastInstant: instants.map { .instant($0) }
        case .window: ["2024", "2024-04-01", "2024-04-30/..", "../2024-03-31", "1999"].compactMap { EDTF($0) }.map { .window($0) }
        case .date: ["2022-12-29", "2023", "2024-03-27T12:00:00Z", "../2000"].compactMap { EDTF($0) }.map { .window($0) }
        case .flag: [.integer(0), .integer(1)]
        case .reference(let target): names[target] ?? []
        case .party: (names[.person] ?? []) + (names[.organization] ?? [])
        case .externalID:
            (names[kind] ?? []).filter { name in
                if case .externalID = name { return true }
                return false
            }
        }
    }

    private func queries<R: Resource>(_: R.Type) -> [ListQuery<R>] {
        var random = SeededRandomSource(seed: seed)
        func pick<Value>(_ values: [Value]) -> Value { values[Int(random.next() % UInt64(values.count))] }
        var queries: [ListQuery<R>] = []
        for member in R.FilterMember.allCases where !member.isInternal {
            let values = values(member.valueType, of: R.kind)
            for comparison in member.valueType.allComparisons {
                for _ in 0..<6 {
                    let wanted: [FilterValue] =
                        switch comparison {
                        case .isNull: [.integer(Int64(random.next() % 2))]
                        case .oneOf: (0..<3).map { _ in pick(values) }
                        default: [pick(values)]
                        }
                    let sort = Sort(pick(Array(R.SortMember.allCases)), descending: random.next() % 2 == 0)
                    queries.append(ListQuery(filters: [Filter(member, comparison, wanted)], sort: sort, limit: 200, counts: true))
                }
            }
        }
        return queries
    }

    func ask<R: Resource>(_ shelf: any ResourceStore<R>) async -> [(ListQuery<R>, Result<Page<R>, StoreError>)] {
        var answers: [(ListQuery<R>, Result<Page<R>, StoreError>)] = []
        for query in queries(R.self) { answers.append((query, await answer(query, shelf))) }
        return answers
    }

    func check<R: Resource>(
        _ shelf: any ResourceStore<R>, _ answers: [(ListQuery<R>, Result<Page<R>, StoreError>)], asOf then: Instant
    ) async {
        #expect(answers.contains { if case .success(let page) = $0.1 { !page.items.isEmpty } else { false } })
        for (query, answer) in answers {
            var past = query
            past.asOf = then
            #expect(await self.answer(past, shelf) == answer, "\(query.filters) \(query.sort)")
        }
    }

    private func answer<R: Resource>(_ query: ListQuery<R>, _ shelf: any ResourceStore<R>) async -> Result<Page<R>, StoreError> {
        do {
            return .success(try await shelf.page(query, as: .newsroom))
        } catch {
            return .failure(error)
        }
    }
}

extension ListValueType {
    /// Those that mean something for such values.
    fileprivate var allComparisons: [Comparison] {
        switch self {
        case .text, .word, .integer, .instant, .lastInstant, .mark: Comparison.allCases.filter { $0 != .overlaps }
        case .window: [.overlaps, .less, .lessOrEqual, .greater, .greaterOrEqual, .isNull]
        case .date, .flag: [.equal]
        case .reference, .party, .externalID: [.equal, .notEqual, .oneOf, .isNull]
        }
    }
}
