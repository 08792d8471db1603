import Newsroom
import SQLite

/// Answers searches from one connection's snapshot.
struct Searcher {
    let database: Database
    let viewer: Viewer
    let now: Instant
    let state: SearchState
    let index: IndexSnapshot

    /// How many of a kind's newest matches are ranked: those that are older are not among the best of what everybody writes about.
    static let candidateCountMax = 400

    /// Where fewer match, something else may have been meant.
    private static let fewCount = 3

    init(_ database: Database, viewer: Viewer, now: Instant) throws(SQLiteError) {
        self.database = database
        self.viewer = viewer
        self.now = now
        state = try database.first(.searchState) ?? SearchState(sequence: 0, documentCount: 0, form: SearchWords.form)
        index = try IndexSnapshot(database, documentCount: state.documentCount)
    }

    struct Candidate {
        let key: Int64
        var score: Double
    }

    /// One page, with words corrected for which there is nothing. For which there is little, others are named.
    func page(_ query: SearchQuery) throws -> SearchPage {
        var page = try page(as: query)
        page.expression = query.expression
        guard page.total < Searcher.fewCount, page.isTotalExact, query.after == nil else { return page }
        let spelling = Spelling(searcher: self, query: query)
        guard page.total == 0 else {
            page.alternatives = try spelling.alternatives(findingMoreThan: page.total)
            return page
        }
        let (corrected, corrections) = try spelling.corrected()
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
        let match = try MatchExpression(query.expression, in: index)
        page.isExpansionComplete = match.isExpansionComplete
        guard !match.clauses.isEmpty else {
            page.facets = query.facets.map { FacetCounts(facet: $0, values: [], isComplete: true) }
            return page
        }
        var found = try candidates(query, match, into: &page)
        let hasMore = found.count > query.limit
        found = Array(found.prefix(query.limit))
        let highlighter = Highlighter(match.sequences)
        for candidate in found {
            guard var hit = try hit(candidate, highlighter) else { continue }
            hit.score = (candidate.score * 1_000).rounded() / 1_000
            page.hits.append(hit)
        }
        if hasMore, let last = found.last { page.next = SearchPosition(score: last.score, key: last.key) }
        if !query.facets.isEmpty { page.facets = try FacetWalk(searcher: self, query: query, matches: Matches(match, index)).counts() }
        return page
    }

    /// What belongs on the page, and one more where there is one.
    private func candidates(
        _ query: SearchQuery, _ match: MatchExpression, into page: inout SearchPage
    ) throws -> [Candidate] {
        let matches = try Matches(match, index)
        let countMax: Int
        switch query.order {
        // Each match costs what the expression has phrases: the beginning of a word has many.
        case .relevance: countMax = match.alternativeCount > 8 ? Searcher.candidateCountMax / 4 : Searcher.candidateCountMax
        case .newest: countMax = query.limit + 1
        }
        var all: [Candidate] = []
        for kind in query.lookedThrough {
            let (found, isWhole) = try walk(kind, query, matches, countMax: countMax, after: query.order == .newest ? query.after : nil)
            all += found
            page.isTotalExact = page.isTotalExact && isWhole
        }
        page.total = all.count
        switch query.order {
        case .relevance:
            all.sort(by: Searcher.isBetter)
            if let after = query.after {
                let last = Candidate(key: after.key, score: after.score)
                all.removeAll { !Searcher.isBetter(last, $0) }
            }
        case .newest:
            all.sort(by: Searcher.isNewer)
            for index in all.indices { all[index].score = 0 }
            if query.after != nil { page.isTotalExact = false }
        }
        return Array(all.prefix(query.limit + 1))
    }

    private static func isBetter(_ one: Candidate, _ other: Candidate) -> Bool {
        one.score != other.score ? one.score > other.score : isNewer(one, other)
    }

    static func isNewer(_ one: Candidate, _ other: Candidate) -> Bool {
        (SearchKey.place(of: one.key), one.key) < (SearchKey.place(of: other.key), other.key)
    }

    /// The newest matches of a kind that may be seen, and whether these are all. Kinds are asked for in the order of their keys.
    func walk(
        _ kind: Kind, _ query: SearchQuery, _ matches: Matches, countMax: Int, after position: SearchPosition?
    ) throws -> (found: [Candidate], isWhole: Bool) {
        switch kind {
        case .article:
            var walk = matchWalk(Article.self, query, matches, query.filters, after: position)
            walk.publishedFrom = query.from
            walk.publishedTo = query.to
            return try collect(walk, countMax)
        case .organization: return try collect(matchWalk(Organization.self, query, matches, [], after: position), countMax)
        case .person: return try collect(matchWalk(Person.self, query, matches, [], after: position), countMax)
        case .event: return try collect(matchWalk(Event.self, query, matches, [], after: position), countMax)
        case .statement: return try collect(matchWalk(Statement.self, query, matches, [], after: position), countMax)
        }
    }

    func matchWalk<R: StoredResource>(
        _: R.Type, _ query: SearchQuery, _ matches: Matches, _ filters: [Filter<R.FilterMember>], after position: SearchPosition?
    ) -> MatchWalk<R> {
        MatchWalk(
            matches: matches, keys: query.keys(of: R.kind, after: position), sight: Sight(of: viewer, at: now), filters: filters)
    }

    private func collect<R>(_ walk: MatchWalk<R>, _ countMax: Int) throws -> (found: [Candidate], isWhole: Bool) {
        var found: [Candidate] = []
        let isWhole = try walk.each(database) { match in
            guard found.count < countMax else { return false }
            found.append(Candidate(key: match.key, score: match.score))
            return true
        }
        return (found, isWhole)
    }
}

extension SearchQuery {
    /// The kinds that can have anything, in the order of their keys.
    var lookedThrough: [Kind] {
        let all = filters.isEmpty && from == nil && to == nil ? kinds : kinds.filter { $0 == .article }
        return all.sorted { SearchKey.base(of: $0) < SearchKey.base(of: $1) }
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
