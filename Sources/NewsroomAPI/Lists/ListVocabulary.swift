internal import Documents
internal import Newsroom

extension ListValueType {
    /// The operators that filters by values of this type take; the bare parameter is `equal`.
    var comparisons: [Comparison] {
        switch self {
        case .text:
            [.equal, .notEqual, .oneOf, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith, .isNull]
        case .integer, .instant, .lastInstant:
            [.equal, .notEqual, .oneOf, .less, .lessOrEqual, .greater, .greaterOrEqual, .isNull]
        case .word, .reference, .party, .externalID:
            [.equal, .notEqual, .oneOf, .isNull]
        case .window:
            [.overlaps, .less, .lessOrEqual, .greater, .greaterOrEqual, .isNull]
        case .date, .flag, .mark:
            [.equal]
        }
    }

    /// What `GET /v1/meta` calls it.
    var name: String {
        switch self {
        case .text: "text"
        case .word: "word"
        case .integer: "integer"
        case .instant, .lastInstant: "instant"
        case .window: "window"
        case .date: "date"
        case .flag, .mark: "flag"
        case .reference, .party: "reference"
        case .externalID: "external_id"
        }
    }
}

/// The parameters that a list of one kind takes, made once from its closed tables of members.
struct ListVocabulary<Document: ServedDocument>: Sendable {
    typealias Member = Document.R.FilterMember

    /// A filter's parameter: which member it compares, and how.
    struct Condition: Sendable {
        let member: Member
        let comparison: Comparison
    }

    /// The parameters that every list takes.
    static var commonNames: [String] {
        ["q", "sort", "fields", "include", "facets", "shape", "limit", "cursor", "count", "as_of", "pretty"]
    }

    /// By the name of the parameter: `status`, `status__in`.
    let conditions: [String: Condition]
    /// Every parameter there is, for suggestions.
    let names: [String]
    /// Every value of `sort`: `published_at`, `-published_at`.
    let sortNames: [String]

    init() {
        var conditions: [String: Condition] = [:]
        var names = ListVocabulary.commonNames
        for member in Member.allCases {
            for comparison in member.valueType.comparisons {
                let name = ListVocabulary.name(of: member, comparison)
                conditions[name] = Condition(member: member, comparison: comparison)
                names.append(name)
            }
        }
        self.conditions = conditions
        self.names = names
        self.sortNames = Document.R.SortMember.allCases.flatMap { [$0.rawValue, "-\($0.rawValue)"] }
    }

    static func name(of member: Member, _ comparison: Comparison) -> String {
        comparison == .equal ? member.rawValue : "\(member.rawValue)__\(comparison.rawValue)"
    }

    /// The sort that a parameter's value means; nil when there is none of that name.
    static func sort(_ text: String) -> Sort<Document.R.SortMember>? {
        let isDescending = text.utf8.first == UInt8(ascii: "-")
        guard let member = Document.R.SortMember(rawValue: isDescending ? String(text.dropFirst()) : text) else { return nil }
        return Sort(member, descending: isDescending)
    }
}
