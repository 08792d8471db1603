internal import HTTP
internal import Newsroom

/// What a search was asked for, read from its parameters and checked.
struct SearchParameters {
    let query: SearchQuery
    let isPretty: Bool
    /// What the link to the next page repeats: all parameters but the cursor.
    let repeated: [Parameters.Item]

    /// The members of articles that a search can be narrowed by.
    static let filterMembers: [Article.FilterMember] = [
        .section, .tag, .type, .language, .source, .place, .author, .person, .organization, .event,
    ]

    /// Every parameter that there is.
    static let names =
        ["q", "kind", "from", "to", "sort", "facets", "limit", "cursor", "pretty"] + filterMembers.map(\.rawValue)

    /// As much as anybody types.
    static let textByteCountMax = 1_000

    /// - Throws: 400 `unknown_parameter`, `invalid_parameter` with all that is wrong, or `invalid_cursor`; 406 `not_acceptable`.
    init(of request: Request, limits: APILimits) throws(Problem) {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        repeated = parameters.items.filter { $0.name != "cursor" }
        let cursor = parameters.take("cursor")
        isPretty = parameters.flag("pretty")
        var query = SearchQuery(SearchExpression(parsing: parameters.searchText()))
        query.kinds = parameters.words("kind", of: Kind.self) ?? Kind.allCases
        query.facets = parameters.words("facets", of: SearchFacet.self) ?? []
        query.facetsWithin = limits.facetsWithin
        query.order = parameters.word("sort", of: SearchOrder.self) ?? .relevance
        query.limit = parameters.limit(limits)
        query.from = parameters.instant("from")
        query.to = parameters.lastInstant("to")
        for member in SearchParameters.filterMembers {
            guard let value = parameters.values(member.rawValue, member.valueType).first else { continue }
            query.filters.append(Filter(member, .equal, [value]))
        }
        try parameters.finish(known: SearchParameters.names)
        if let cursor { query.after = try SearchCursor.position(of: cursor, in: query) }
        self.query = query
    }
}

/// What completions were asked for.
struct SuggestParameters {
    let text: String
    let limit: Int
    let isPretty: Bool

    static let limitDefault = 10
    static let limitMax = 50

    /// - Throws: 400 `unknown_parameter`, `invalid_parameter`; 406 `not_acceptable`.
    init(of request: Request) throws(Problem) {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        text = parameters.searchText()
        limit = parameters.wholeNumber("limit", in: 1...SuggestParameters.limitMax) ?? SuggestParameters.limitDefault
        isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["q", "limit", "pretty"])
    }
}

extension Parameters {
    fileprivate mutating func searchText() -> String {
        guard let text = take("q") else {
            fail("q", "is needed: what is looked for")
            return ""
        }
        if text.utf8.count > SearchParameters.textByteCountMax { fail("q", "must not be longer than 1000 bytes") }
        return text
    }

    /// Words of a closed vocabulary with commas between them; nil where the parameter is not there.
    fileprivate mutating func words<Word: RawRepresentable<String> & CaseIterable & Equatable>(
        _ name: String, of _: Word.Type
    ) -> [Word]? {
        guard let text = take(name) else { return nil }
        let names = Word.allCases.map(\.rawValue)
        var words: [Word] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false).map({ String($0) }) {
            guard let word = Word(rawValue: part) else {
                let nearest = Nearest.name(to: part, in: names).map { "; did you mean \($0)?" } ?? ""
                fail(name, "must be some of \(names.joined(separator: ", "))\(nearest)")
                return nil
            }
            if !words.contains(word) { words.append(word) }
        }
        return words
    }
}
