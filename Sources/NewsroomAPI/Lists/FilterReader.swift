internal import Newsroom

/// Reads the value of a filter's parameter: as what its member holds, and as its operator asks.
struct FilterReader {
    /// What is wrong with a value: a sentence that follows the parameter's name.
    struct Failure: Error, Equatable {
        var message: String
    }

    /// As much as a pattern may have in the store.
    static let textByteCountMax = 1_000

    let valueType: ListValueType
    let comparison: Comparison
    let valueCountMax: Int
    /// What is said to whoever gives no value at all, behind that there must be one.
    var hintOfEmpty = ""

    func values(of text: String) throws(Failure) -> [FilterValue] {
        switch comparison {
        case .isNull: return [.integer(try truth(text) ? 1 : 0)]
        case .oneOf: return try list(text)
        case .contains, .startsWith, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .overlaps: return [try value(text)]
        }
    }

    private func list(_ text: String) throws(Failure) -> [FilterValue] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= valueCountMax else { throw Failure(message: "takes at most \(valueCountMax) values") }
        var values: [FilterValue] = []
        for part in parts { values.append(try value(String(part))) }
        return values
    }

    private func truth(_ text: String) throws(Failure) -> Bool {
        switch text {
        case "true": return true
        case "false": return false
        default: throw Failure(message: "must be true or false")
        }
    }

    private func value(_ text: String) throws(Failure) -> FilterValue {
        guard !text.isEmpty else { throw Failure(message: "must not be empty" + hintOfEmpty) }
        switch valueType {
        case .text:
            guard text.utf8.count <= FilterReader.textByteCountMax else { throw Failure(message: "must not be longer than 1000 bytes") }
            return .text(text)
        case .word(let words): return try word(text, of: words)
        case .integer: return try integer(text)
        case .instant: return try instant(text)
        case .lastInstant: return try lastInstant(text)
        case .window, .date: return try window(text)
        case .flag: return .integer(try truth(text) ? 1 : 0)
        case .reference(let kind): return try reference(text, to: [kind])
        case .party: return try reference(text, to: [.person, .organization])
        case .externalID: return try externalID(text)
        case .mark: return .text(try truth(text) ? "true" : "false")
        }
    }

    private func word(_ text: String, of words: [String]) throws(Failure) -> FilterValue {
        guard !words.contains(text) else { return .text(text) }
        let nearest = Nearest.name(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
        throw Failure(message: "must be one of \(words.joined(separator: ", "))\(nearest)")
    }

    private func integer(_ text: String) throws(Failure) -> FilterValue {
        guard let value = Int64(text), !text.hasPrefix("+") else { throw Failure(message: "must be a whole number") }
        return .integer(value)
    }

    private func instant(_ text: String) throws(Failure) -> FilterValue {
        if let instant = Instant(rfc3339OrDate: text) { return .instant(instant) }
        let isUnescaped = text.contains(" ") && Instant(rfc3339: String(text.map { $0 == " " ? "+" : $0 })) != nil
        throw Failure(
            message: isUnescaped
                ? "holds a space where a plus was meant: write it as %2B"
                : "must be an instant like 2024-03-27T18:05:00Z or a date like 2024-03-27, counted in UTC")
    }

    /// A date is the whole of that day: what comes before it ends before its start, what lies behind it ends after its end, and what is
    /// equal to it ends with it.
    private func lastInstant(_ text: String) throws(Failure) -> FilterValue {
        let start = try instant(text)
        let isDate = text.utf8.count == "2024-03-27".utf8.count
        guard isDate, comparison != .less, comparison != .greaterOrEqual, let last = EDTF(text)?.last else { return start }
        return .instant(last)
    }

    private func window(_ text: String) throws(Failure) -> FilterValue {
        let date: EDTF
        do {
            date = try EDTF(parsing: text)
        } catch {
            let likes = "2024-03, 2024-04-01/.. or 2024-04-01/2024-04-07"
            throw Failure(message: "must be a date or an interval (EDTF) like \(likes): \(error.message)")
        }
        switch comparison {
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard date.bound(of: comparison) == nil else { break }
            let end = comparison == .less || comparison == .greaterOrEqual ? "start" : "end"
            throw Failure(message: "must have a known \(end), which this comparison is with")
        case .equal, .notEqual, .oneOf, .contains, .startsWith, .isNull, .overlaps: break
        }
        return .window(date)
    }

    /// An id, a slug or `source:id`: each is known by its form.
    private func reference(_ text: String, to kinds: [Kind]) throws(Failure) -> FilterValue {
        if kinds.contains(where: { isID(text, of: $0) }) { return .id(text) }
        let hasSlugs = kinds.allSatisfy(\.hasSlugs)
        if hasSlugs, let slug = Slug(text) { return .slug(slug) }
        if let externalID = ExternalID(text) { return .externalID(externalID) }
        let names = kinds.map(\.pathName).joined(separator: " or ")
        let ids = kinds.map { "\($0.idPrefix)_…" }.joined(separator: " or ")
        throw Failure(message: "must name one of the \(names) by id (\(ids))\(hasSlugs ? ", slug" : "") or source:id")
    }

    private func isID(_ text: String, of kind: Kind) -> Bool {
        switch kind {
        case .article: ID<Article>(text) != nil
        case .person: ID<Person>(text) != nil
        case .organization: ID<Organization>(text) != nil
        case .event: ID<Event>(text) != nil
        case .statement: ID<Statement>(text) != nil
        }
    }

    private func externalID(_ text: String) throws(Failure) -> FilterValue {
        guard let externalID = ExternalID(text) else { throw Failure(message: "must be of the form source:id") }
        return .externalID(externalID)
    }
}
