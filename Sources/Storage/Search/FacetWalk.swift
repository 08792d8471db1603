import Newsroom
import SQLite

/// Counts the values of members among all matches that may be seen, the newest first, until the time is over.
struct FacetWalk {
    let searcher: Searcher
    let query: SearchQuery
    let matches: Matches

    /// For all facets of a search together.
    private static let countingWithin = Duration.milliseconds(150)
    private static let valueCountMax = 50

    func counts() throws -> [FacetCounts] {
        let deadline = MonotonicTime.now + FacetWalk.countingWithin
        var counts: [[String: Int]] = query.facets.map { _ in [:] }
        var isComplete = true
        for kind in query.lookedThrough {
            let isWhole =
                switch kind {
                case .article: try countArticles(&counts, until: deadline)
                case .person: try count(Person.self, &counts, until: deadline)
                case .organization: try count(Organization.self, &counts, until: deadline)
                case .event: try count(Event.self, &counts, until: deadline)
                }
            isComplete = isComplete && isWhole
        }
        var facets: [FacetCounts] = []
        for (index, facet) in query.facets.enumerated() {
            var values = counts[index].map { FacetCounts.Value(value: $0.key, count: $0.value) }
            values.sort { ($1.count, $0.value) < ($0.count, $1.value) }
            values = Array(values.prefix(FacetWalk.valueCountMax))
            if let table = facet.referenced { try name(&values, table) }
            facets.append(FacetCounts(facet: facet, values: values, isComplete: isComplete))
        }
        return facets
    }

    private func count<R: StoredResource>(
        _: R.Type, _ counts: inout [[String: Int]], until deadline: MonotonicTime
    ) throws -> Bool {
        let places = query.facets.indices.filter { query.facets[$0] == .kind }
        guard !places.isEmpty else { return true }
        let walk = searcher.matchWalk(R.self, query, matches, [], after: nil)
        var count = 0
        let isWhole = try walk.each(searcher.database) { _ in
            count += 1
            return MonotonicTime.now < deadline
        }
        if count > 0 { for place in places { counts[place][R.kind.rawValue] = count } }
        return isWhole
    }

    private func countArticles(_ counts: inout [[String: Int]], until deadline: MonotonicTime) throws -> Bool {
        var walk = searcher.matchWalk(Article.self, query, matches, query.filters, after: nil)
        walk.publishedFrom = query.from
        walk.publishedTo = query.to
        walk.columns = query.facets.map { $0.column ?? "NULL" }
        let parts = query.facets.map(\.parts)
        let database = searcher.database
        var counted = counts
        let isWhole = try walk.eachRow(database) { _, row throws(SQLiteError) in
            for (index, facet) in query.facets.enumerated() {
                if facet == .kind {
                    counted[index][Kind.article.rawValue, default: 0] += 1
                } else if let part = parts[index] {
                    let key = row.integer(0)
                    try database.each(part) {
                        $0.add(key)
                    } _: { row throws(SQLiteError) in
                        counted[index][row.text(0), default: 0] += 1
                    }
                } else if let value = row.textOrNil(Int32(1 + index)) {
                    counted[index][value, default: 0] += 1
                }
            }
            return MonotonicTime.now < deadline
        }
        counts = counted
        return isWhole
    }

    private func name(_ values: inout [FacetCounts.Value], _ kind: Kind) throws(SQLiteError) {
        let caption = kind == .event ? "title" : "name"
        let query = Query<(String, String)>(SQL(assembled: "SELECT id, \(caption) FROM \(kind.rawValue) WHERE key = $1")) {
            row throws(SQLiteError) in (row.text(0), row.text(1))
        }
        for index in values.indices {
            guard let key = Int64(values[index].value),
                let (id, name) = try searcher.database.first(query, { $0.add(key) })
            else { continue }
            values[index].value = id
            values[index].name = name
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
