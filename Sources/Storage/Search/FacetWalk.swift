import Newsroom
import SQLite

/// Counts the values of members among all matches that may be seen, the newest first, until the time is over.
struct FacetWalk {
    let searcher: Searcher
    let query: SearchQuery
    let matches: Matches

    private static let valueCountMax = 50

    func counts() throws -> [FacetCounts] {
        let deadline = MonotonicTime.now + query.facetsWithin
        var tallies = query.facets.map { FacetTally(of: $0.referenced) }
        var isComplete = true
        for kind in query.lookedThrough {
            let isWhole =
                switch kind {
                case .article: try countArticles(&tallies, until: deadline)
                case .person: try count(Person.self, &tallies, until: deadline)
                case .organization: try count(Organization.self, &tallies, until: deadline)
                case .event: try count(Event.self, &tallies, until: deadline)
                case .statement: try count(Statement.self, &tallies, until: deadline)
                }
            isComplete = isComplete && isWhole
        }
        var facets: [FacetCounts] = []
        for (index, facet) in query.facets.enumerated() {
            let values = try tallies[index].values(FacetWalk.valueCountMax, from: searcher.database)
            facets.append(
                FacetCounts(
                    facet: facet, values: values.map(FacetCounts.Value.init), isComplete: isComplete && !tallies[index].isFull))
        }
        return facets
    }

    private func count<R: StoredResource>(
        _: R.Type, _ tallies: inout [FacetTally], until deadline: MonotonicTime
    ) throws -> Bool {
        let places = query.facets.indices.filter { query.facets[$0] == .kind }
        guard !places.isEmpty else { return true }
        let walk = searcher.matchWalk(R.self, query, matches, [], after: nil)
        var count = 0
        let isWhole = try walk.each(searcher.database) { _ in
            count += 1
            return MonotonicTime.now < deadline
        }
        if count > 0 { for place in places { _ = tallies[place].add(R.kind.rawValue, count: count) } }
        return isWhole
    }

    private func countArticles(_ tallies: inout [FacetTally], until deadline: MonotonicTime) throws -> Bool {
        var walk = searcher.matchWalk(Article.self, query, matches, query.filters, after: nil)
        walk.publishedFrom = query.from
        walk.publishedTo = query.to
        walk.columns = query.facets.map { $0.column ?? "NULL" }
        let parts = query.facets.map(\.parts)
        let database = searcher.database
        var counted = tallies
        let isWhole = try walk.eachRow(database) { _, row throws(SQLiteError) in
            for (index, facet) in query.facets.enumerated() {
                if facet == .kind {
                    _ = counted[index].add(Kind.article.rawValue)
                } else if let part = parts[index] {
                    let key = row.integer(0)
                    try database.each(part) {
                        $0.add(key)
                    } _: { row throws(SQLiteError) in
                        _ = facet.referenced == nil ? counted[index].add(row.text(0)) : counted[index].add(row.integer(0))
                    }
                } else if let value = row.textOrNil(Int32(1 + index)) {
                    _ = counted[index].add(value)
                }
            }
            return MonotonicTime.now < deadline
        }
        tallies = counted
        return isWhole
    }
}

extension FacetCounts.Value {
    fileprivate init(_ value: FacetValue) {
        switch value.value {
        case .text(let text): self.init(value: text, count: value.count)
        case .integer(let number): self.init(value: "\(number)", count: value.count)
        case .reference(let id, let caption): self.init(value: id, name: caption, count: value.count)
        }
    }
}

extension SearchFacet {
    /// The kind whose resources are its values.
    fileprivate var referenced: Kind? {
        switch self {
        case .person: .person
        case .organization: .organization
        case .event: .event
        case .kind, .section, .type, .language, .source, .tag, .place: nil
        }
    }

    fileprivate var column: String? {
        switch self {
        case .section, .type, .language, .source: "article.\(rawValue)"
        case .kind, .tag, .place, .person, .organization, .event: nil
        }
    }

    /// The values of one article, each once.
    fileprivate var parts: SQL? {
        switch self {
        case .tag: .searchedTags
        case .place: .searchedPlaces
        case .person: .searchedPeople
        case .organization: .searchedOrganizations
        case .event: .searchedEvents
        case .kind, .section, .type, .language, .source: nil
        }
    }
}

extension SQL {
    fileprivate static let searchedTags = SQL("SELECT DISTINCT tag FROM article_tag WHERE article_key = $1")
    fileprivate static let searchedPlaces = SQL("SELECT DISTINCT place FROM article_place WHERE article_key = $1")
    fileprivate static let searchedPeople = SQL("SELECT DISTINCT person_key FROM article_person WHERE article_key = $1")
    fileprivate static let searchedOrganizations = SQL(
        "SELECT DISTINCT organization_key FROM article_organization WHERE article_key = $1")
    fileprivate static let searchedEvents = SQL("SELECT DISTINCT event_key FROM article_event WHERE article_key = $1")
}
