internal import Documents
internal import HTTP
internal import Newsroom

/// What a list was asked for, read from its parameters and checked.
struct ListParameters<Document: ServedDocument> {
    let query: ListQuery<Document.R>
    let selection: FieldSelection?
    let isPretty: Bool
    let shape: ListShape
    /// The columns of a table, in the order in which they were asked for.
    let columns: [String]
    /// How many items a stream has at the most; nil: all.
    let itemCountMax: Int?
    /// The references that are shown as whole resources too; nil: that was not asked for.
    let relations: [Document.R.Relation]?
    /// The members whose values are counted; nil: that was not asked for.
    let facets: [Document.R.FilterMember]?
    /// Where the list is: `/v1/articles`, `/v1/people/ada-north/articles`.
    let path: String
    /// Whether the items are shown as stores keep them: all members of a list of now, without line breaks, and nothing of what they
    /// refer to.
    var isUsual: Bool { selection == nil && !isPretty && relations == nil && query.asOf == nil && query.search == nil }
    /// What the link to the next page repeats: all parameters but the cursor.
    let repeated: [Parameters.Item]

    /// - Throws: 400 `unknown_parameter`, `invalid_parameter` with all that is wrong, or `invalid_cursor`; 406 `not_acceptable`.
    init(
        of request: Request, _ vocabulary: ListVocabulary<Document>, at path: String = Document.path,
        among own: Filter<Document.R.FilterMember>? = nil, sortedBy sort: Sort<Document.R.SortMember> = Document.sortDefault,
        limits: APILimits
    ) throws(Problem) {
        self.path = path
        var parameters = try Parameters(of: request)
        shape = try parameters.shape(for: request)
        repeated = parameters.items.filter { $0.name != "cursor" }
        let cursor = parameters.take("cursor")
        parameters.refuse(["include", "facets", "count", "pretty"] + (shape == .ids ? ["fields"] : []), in: shape)
        isPretty = parameters.flag("pretty")
        columns = parameters.columns(of: Document.self)
        selection = parameters.fields(of: Document.self)
        relations = parameters.relations(of: Document.R.self)
        facets = parameters.facets(of: Document.R.self)
        itemCountMax = shape == .page ? nil : parameters.itemCountMax()
        var query = ListQuery<Document.R>(
            sort: parameters.sort(vocabulary) ?? sort, limit: parameters.limit(limits), counts: parameters.counts())
        query.byteCountMax = limits.pageByteCountMax
        query.asOf = parameters.instant("as_of")
        query.filters = parameters.filters(vocabulary, limits)
        if let own { query.filters.append(own) }
        if let selection { query.isWhole = Document.longMemberNames.contains { selection.includes($0, of: Document.self) } }
        query.search = parameters.search(asOf: query.asOf)
        try parameters.finish(known: vocabulary.names)
        if let cursor { query.after = try ListParameters.position(cursor, in: query) }
        self.query = query
    }

    private static func position(_ cursor: String, in query: ListQuery<Document.R>) throws(Problem) -> Position {
        do {
            return try Cursor.position(of: cursor, in: query)
        } catch {
            let detail =
                switch error {
                case .malformed: "The cursor is not one that was given out here."
                case .foreign: "The cursor belongs to another list: to another sort, or other filters, or as of another instant."
                }
            throw Problem(.invalidCursor, detail: detail, hint: "Follow `next` as it is, or begin again without a cursor.")
        }
    }
}

extension Parameters {
    fileprivate mutating func sort<D: ServedDocument>(_ vocabulary: ListVocabulary<D>) -> Sort<D.R.SortMember>? {
        guard let text = take("sort") else { return nil }
        if let sort = ListVocabulary<D>.sort(text) { return sort }
        let nearest = Nearest.name(to: text, in: vocabulary.sortNames).map { "; did you mean \($0)?" } ?? ""
        fail("sort", "must be one of \(vocabulary.sortNames.joined(separator: ", "))\(nearest)")
        return nil
    }

    fileprivate mutating func counts() -> Bool {
        switch take("count") {
        case nil: return false
        case "exact": return true
        default:
            fail("count", "can only be exact")
            return false
        }
    }

    /// Takes every parameter that is a filter of this list.
    fileprivate mutating func filters<D: ServedDocument>(
        _ vocabulary: ListVocabulary<D>, _ limits: APILimits
    ) -> [Filter<D.R.FilterMember>] {
        var filters: [Filter<D.R.FilterMember>] = []
        for (name, text) in items {
            guard let condition = vocabulary.conditions[name] else { continue }
            _ = take(name)
            let reader = FilterReader(
                valueType: condition.member.valueType, comparison: condition.comparison, valueCountMax: limits.filterValueCountMax,
                hintOfEmpty: condition.member.valueType.comparisons.contains(.isNull)
                    ? "; __isnull=true asks for what has no value" : "")
            do {
                filters.append(Filter(reading: condition.member, condition.comparison, try reader.values(of: text)))
            } catch {
                fail(name, error.message)
            }
            if filters.count == limits.filterCountMax + 1 {
                fail(name, "is one filter too many: \(limits.filterCountMax) are taken at once")
            }
        }
        return filters
    }
}

extension Filter {
    /// As a parameter asks for it: what a flag is not is what is not `true`.
    fileprivate init(reading member: Member, _ comparison: Comparison, _ values: [FilterValue]) {
        let isDenied = member.valueType == .mark && values == [.text("false")]
        self.init(member, isDenied ? .notEqual : comparison, isDenied ? [.text("true")] : values)
    }
}
