import Newsroom
import SQLite

/// Answers searches from one connection's snapshot.
struct Searcher {
    let database: Database
    let viewer: Viewer
    let now: Instant
    let state: SearchState

    /// How many of a kind's newest matches are ranked: those that are older are not among the best of what everybody writes about.
    static let candidateCountMax = 400

    init(_ database: Database, viewer: Viewer, now: Instant) throws(SQLiteError) {
        self.database = database
        self.viewer = viewer
        self.now = now
        state = try database.first(.searchState) ?? SearchState(sequence: 0, documentCount: 0, form: SearchWords.form)
    }

    struct Candidate {
        let key: Int64
        let resourceKey: Int64
        let score: Double
    }

    /// One page, with words corrected for which there is nothing.
    func page(_ query: SearchQuery) throws -> SearchPage {
        var page = try page(as: query)
        page.expression = query.expression
        guard page.hits.isEmpty, page.total == 0, page.isTotalExact else { return page }
        let (corrected, corrections) = try Spelling(searcher: self, query: query).corrected()
        guard !corrections.isEmpty else { return page }
        var again = query
        again.expression = corrected
        page = try self.page(as: again)
        page.expression = corrected
        page.corrections = corrections
        return page
    }

    private func page(as query: SearchQuery) throws -> SearchPage {
        var page = SearchPage()
        page.sequence = state.sequence
        let match = try MatchExpression(query.expression, in: database, documentCount: state.documentCount)
        page.isExpansionComplete = match.isExpansionComplete
        guard !match.text.isEmpty else {
            page.facets = query.facets.map { FacetCounts(facet: $0, values: [], isComplete: true) }
            return page
        }
        var found = try candidates(query, match, into: &page)
        let hasMore = found.count > query.limit
        found = Array(found.prefix(query.limit))
        let highlighter = Highlighter(sequences: match.sequences)
        for candidate in found {
            guard var hit = try hit(candidate, highlighter) else { continue }
            hit.score = (candidate.score * 1_000).rounded() / 1_000
            page.hits.append(hit)
        }
        if hasMore, let last = found.last { page.next = SearchPosition(score: last.score, key: last.key) }
        if !query.facets.isEmpty { page.facets = try FacetWalk(searcher: self, query: query, match: match).counts() }
        return page
    }

    /// What belongs on the page, and one more where there is one.
    private func candidates(
        _ query: SearchQuery, _ match: MatchExpression, into page: inout SearchPage
    ) throws -> [Candidate] {
        switch query.order {
        case .relevance:
            var all: [Candidate] = []
            let factors = RankingFactors(weights: Searcher.weights, telling: match.telling, usualLength: Searcher.usualLength)
            // Each row costs what it has phrases: the beginning of a word has many.
            let countMax = match.telling.count > 8 ? Searcher.candidateCountMax / 4 : Searcher.candidateCountMax
            for kind in query.lookedThrough {
                let (found, isWhole) = try walk(kind, query, match, ranking: factors, countMax: countMax, after: nil)
                all += found
                page.isTotalExact = page.isTotalExact && isWhole
            }
            page.total = all.count
            all.sort(by: Searcher.isBetter)
            if let after = query.after {
                let last = Candidate(key: after.key, resourceKey: 0, score: after.score)
                all.removeAll { !Searcher.isBetter(last, $0) }
            }
            return Array(all.prefix(query.limit + 1))
        case .newest:
            var all: [Candidate] = []
            for kind in query.lookedThrough {
                let (found, isWhole) = try walk(kind, query, match, ranking: nil, countMax: query.limit + 1, after: query.after)
                all += found
                page.isTotalExact = page.isTotalExact && isWhole
            }
            all.sort(by: Searcher.isNewer)
            page.total = all.count
            if query.after != nil { page.isTotalExact = false }
            return Array(all.prefix(query.limit + 1))
        }
    }

    /// A hit in a title, beside it, and in the text.
    static let weights: [Double] = [8, 4, 1]
    static let usualLength = 400.0

    private static func isBetter(_ one: Candidate, _ other: Candidate) -> Bool {
        one.score != other.score ? one.score > other.score : isNewer(one, other)
    }

    static func isNewer(_ one: Candidate, _ other: Candidate) -> Bool {
        (SearchKey.place(of: one.key), one.key) < (SearchKey.place(of: other.key), other.key)
    }

    /// The newest matches of a kind that may be seen, and whether these are all.
    func walk(
        _ kind: Kind, _ query: SearchQuery, _ match: MatchExpression, ranking factors: RankingFactors?, countMax: Int,
        after position: SearchPosition?
    ) throws -> (found: [Candidate], isWhole: Bool) {
        switch kind {
        case .article:
            var walk = matchWalk(Article.self, query, match, query.filters, after: position)
            walk.publishedFrom = query.from
            walk.publishedTo = query.to
            return try collect(walk, factors, countMax)
        case .person: return try collect(matchWalk(Person.self, query, match, [], after: position), factors, countMax)
        case .organization: return try collect(matchWalk(Organization.self, query, match, [], after: position), factors, countMax)
        case .event: return try collect(matchWalk(Event.self, query, match, [], after: position), factors, countMax)
        }
    }

    func matchWalk<R: StoredResource>(
        _: R.Type, _ query: SearchQuery, _ match: MatchExpression, _ filters: [Filter<R.FilterMember>], after position: SearchPosition?
    ) -> MatchWalk<R> {
        MatchWalk(
            match: match.text, keys: query.keys(of: R.kind, after: position), viewer: viewer, now: now, filters: filters)
    }

    private func collect<R>(
        _ walk: MatchWalk<R>, _ factors: RankingFactors?, _ countMax: Int
    ) throws -> (found: [Candidate], isWhole: Bool) {
        var found: [Candidate] = []
        let isWhole = try walk.each(database, ranking: factors) { row throws(SQLiteError) in
            guard found.count < countMax else { return false }
            found.append(Candidate(key: row.integer(0), resourceKey: row.integer(1), score: row.realOrNil(3) ?? 0))
            return true
        }
        return (found, isWhole)
    }
}

extension SearchQuery {
    /// The kinds that can have anything.
    var lookedThrough: [Kind] {
        filters.isEmpty && from == nil && to == nil ? kinds : kinds.filter { $0 == .article }
    }

    /// The keys of a kind behind a place in the order of time.
    fileprivate func keys(of kind: Kind, after position: SearchPosition?) -> ClosedRange<Int64> {
        let all = SearchKey.range(of: kind)
        var (low, high) = (all.lowerBound, all.upperBound)
        if kind == .article {
            if let to { low = max(low, SearchKey.first(0, to.milliseconds)) }
            // A document of a crowded second has a later key.
            if let from { high = min(high, SearchKey.first(0, from.milliseconds) + SearchKey.crowding) }
        }
        if let position {
            // Of one time the lesser key comes first, and so the kind of the lesser base.
            let last = SearchKey.base(of: kind) + SearchKey.place(of: position.key)
            low = max(low, last > position.key ? last : last + 1)
        }
        return low...max(low, high)
    }
}
