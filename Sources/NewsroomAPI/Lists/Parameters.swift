internal import Documents
internal import HTTP
internal import HTTPTypes
internal import Newsroom

/// The query parameters of a request, taken one by one. What is left over in the end does not exist, and all that is wrong is told at once.
struct Parameters {
    typealias Item = (name: String, value: String)

    private(set) var items: [Item] = []
    private var failures: [Problem.MemberError] = []

    /// More parameters than any list has a use for; a bound on what a request can make us compare.
    private static let countMax = 100

    /// - Throws: 400 `malformed_target` for a query that cannot be read, `invalid_parameter` for more than 100 parameters.
    init(of request: Request) throws(Problem) {
        guard let query = request.target.query, !query.isEmpty else { return }
        let given = try QueryItems(query).items
        guard given.count <= Parameters.countMax else {
            throw Problem(.invalidParameter, detail: "There are more than \(Parameters.countMax) parameters.")
        }
        for item in given {
            if items.contains(where: { $0.name == item.name }) {
                fail(item.name, "is given more than once")
            } else {
                items.append(item)
            }
        }
    }

    mutating func take(_ name: String) -> String? {
        guard let index = items.firstIndex(where: { $0.name == name }) else { return nil }
        return items.remove(at: index).value
    }

    mutating func fail(_ name: String, _ message: String) {
        failures.append(Problem.MemberError(path: name, code: "invalid_parameter", message: message))
    }

    /// `?pretty`, `?pretty=true`; and `?pretty=false`, which is as if it were not there.
    mutating func flag(_ name: String) -> Bool {
        switch take(name) {
        case nil, "false": return false
        case "", "true": return true
        default:
            fail(name, "is a flag: write it alone, or with true or false")
            return false
        }
    }

    /// The members that `fields` asks for, nil for all.
    mutating func fields<Document: ResourceDocument>(of document: Document.Type) -> FieldSelection? {
        guard let text = take("fields") else { return nil }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        guard names.count <= Parameters.countMax else {
            fail("fields", "has more than \(Parameters.countMax) names")
            return nil
        }
        for name in names where !document.memberNames.contains(name) {
            let nearest = Nearest.name(to: name, in: document.memberNames).map { "; did you mean \($0)?" } ?? ""
            fail("fields", name.isEmpty ? "has an empty name" : "names \(name), which does not exist\(nearest)")
        }
        return FieldSelection(names, of: document)
    }

    /// Refuses what was taken and is wrong, and what was not taken.
    ///
    /// - Parameter known: every parameter that exists here, for suggestions.
    /// - Throws: 400 `unknown_parameter` if any does not exist, else 400 `invalid_parameter`.
    consuming func finish(known: [String]) throws(Problem) {
        let unknown = items.map { item in
            let nearest = Nearest.name(to: item.name, in: known)
            return Problem.MemberError(
                path: item.name, code: "unknown_parameter",
                message: "does not exist here" + (nearest.map { "; did you mean \($0)?" } ?? ""))
        }
        let errors = unknown + failures
        guard !errors.isEmpty else { return }
        let detail =
            errors.count == 1
            ? Parameters.sentence("The parameter \(errors[0].path) \(errors[0].message)") : "\(errors.count) parameters cannot be taken."
        let hint = unknown.isEmpty ? nil : Parameters.hint(known)
        throw Problem(
            unknown.isEmpty ? .invalidParameter : .unknownParameter, detail: detail, hint: hint, errors: errors)
    }

    /// What ends in a question is a sentence already.
    private static func sentence(_ words: String) -> String {
        words.hasSuffix("?") ? words : words + "."
    }

    /// A list has more parameters than a message should name.
    private static func hint(_ known: [String]) -> String {
        known.count <= 20
            ? "The parameters here are \(known.joined(separator: ", "))."
            : "GET /v1/meta lists each kind's filters, sorts, includes and facets, and the other parameters of lists."
    }
}
