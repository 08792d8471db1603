internal import Documents
internal import HTTP
internal import Newsroom

// The parameters that add something to an answer, or give it another shape.
extension Parameters {
    /// The references that `include` names, nil without it.
    mutating func relations<R: Resource>(of _: R.Type) -> [R.Relation]? {
        let names = R.Relation.allCases.map(\.rawValue)
        return list("include", of: names) { R.Relation(rawValue: $0) }
    }

    /// What `q` looks for, nil without it; understood as in a search.
    mutating func search(asOf instant: Instant?) -> SearchExpression? {
        guard let text = take("q") else { return nil }
        if text.utf8.count > SearchParameters.textByteCountMax {
            fail("q", "must not be longer than \(SearchParameters.textByteCountMax) bytes")
        }
        if instant != nil { fail("q", "looks for words as they are now, and does not go with as_of") }
        return SearchExpression(parsing: text)
    }

    /// The members that `facets` names, nil without it.
    mutating func facets<R: Resource>(of _: R.Type) -> [R.FilterMember]? {
        let members = R.FilterMember.allCases.filter(\.isFacet)
        return list("facets", of: members.map(\.rawValue)) { name in members.first { $0.rawValue == name } }
    }

    /// Values by comma, each once.
    mutating func list<Value: Hashable>(_ parameter: String, of names: [String], _ value: (String) -> Value?) -> [Value]? {
        guard let text = take(parameter) else { return nil }
        var values: [Value] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false).prefix(100) {
            guard let value = value(String(name)) else {
                let nearest = Nearest.name(to: String(name), in: names).map { "; did you mean \($0)?" } ?? ""
                fail(parameter, name.isEmpty ? "has an empty name" : "takes \(names.joined(separator: ", ")), not \(name)\(nearest)")
                continue
            }
            if !values.contains(value) { values.append(value) }
        }
        return values
    }

    /// The shape that `shape` names, or else the one that Accept likes best.
    ///
    /// - Throws: 406 `not_acceptable` when Accept decides and excludes them all.
    mutating func shape(for request: Request) throws(Problem) -> ListShape {
        guard let text = take("shape") else { return try ListShape.negotiated(for: request) }
        if let shape = ListShape(rawValue: text) { return shape }
        let names = ListShape.allCases.map(\.rawValue)
        let nearest = Nearest.name(to: text, in: names).map { "; did you mean \($0)?" } ?? ""
        fail("shape", "must be one of \(names.joined(separator: ", "))\(nearest)")
        return .page
    }

    /// Refuses what a stream has no place for.
    mutating func refuse(_ names: [String], in shape: ListShape) {
        guard shape != .page else { return }
        for name in names where take(name) != nil { fail(name, "cannot go with the shape \(shape.rawValue)") }
    }

    /// How many items a stream is to have at the most; nil: all.
    mutating func itemCountMax() -> Int? { wholeNumber("limit", in: 1...Int.max) }

    /// The columns of a table: what `fields` names in its order, `id` before them if it is not named; or the kind's own. What is wrong with
    /// `fields` is told where they are taken.
    func columns<D: ServedDocument>(of _: D.Type) -> [String] {
        guard let text = items.first(where: { $0.name == "fields" })?.value else { return D.columnsDefault }
        var columns: [String] = []
        for name in text.split(separator: ",").prefix(100).map({ String($0) }) where !columns.contains(name) { columns.append(name) }
        return columns.contains("id") ? columns : ["id"] + columns
    }
}
