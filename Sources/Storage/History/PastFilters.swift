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
            guard case .reference(let kind) = resolved[index].member.valueType else { continue }
            for value in resolved[index].values.indices {
                resolved[index].values[value] = try reference(resolved[index].values[value], to: kind)
            }
        }
        return resolved
    }

    /// The same by id; of what was not there one that nothing has.
    private func reference(_ value: FilterValue, to kind: Kind) throws(SQLiteError) -> FilterValue {
        switch value {
        case .text, .integer, .instant, .window, .office: return value
        case .id, .slug, .externalID: break
        }
        let id =
            switch kind {
            case .article: try moment.id(of: value, Article.self)
            case .person: try moment.id(of: value, Person.self)
            case .organization: try moment.id(of: value, Organization.self)
            case .event: try moment.id(of: value, Event.self)
            }
        return .id(id ?? "")
    }
}
