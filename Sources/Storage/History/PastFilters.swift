import Newsroom
import SQLite

/// The filters of a list with their references resolved as of a moment.
struct PastFilters {
    private let moment: PastMoment

    init(_ moment: PastMoment) {
        self.moment = moment
    }

    func resolved<Member>(_ filters: [Filter<Member>]) throws(SQLiteError) -> [Filter<Member>] {
        var resolved = filters
        for index in resolved.indices {
            let kinds: [Kind]
            switch resolved[index].member.valueType {
            case .reference(let kind): kinds = [kind]
            case .party: kinds = [.person, .organization]
            case .text, .word, .integer, .instant, .lastInstant, .window, .date, .flag, .mark, .externalID: continue
            }
            for value in resolved[index].values.indices {
                resolved[index].values[value] = try reference(resolved[index].values[value], toOneOf: kinds)
            }
        }
        return resolved
    }

    /// The same by id; of what was not there one that nothing has.
    private func reference(_ value: FilterValue, toOneOf kinds: [Kind]) throws(SQLiteError) -> FilterValue {
        switch value {
        case .text, .integer, .instant, .window, .office: return value
        case .id, .slug, .externalID: break
        }
        for kind in kinds {
            if let id = try id(of: value, kind) { return .id(id) }
        }
        return .id("")
    }

    private func id(of value: FilterValue, _ kind: Kind) throws(SQLiteError) -> String? {
        switch kind {
        case .article: try moment.id(of: value, Article.self)
        case .person: try moment.id(of: value, Person.self)
        case .organization: try moment.id(of: value, Organization.self)
        case .event: try moment.id(of: value, Event.self)
        case .statement: try moment.id(of: value, Statement.self)
        }
    }
}
