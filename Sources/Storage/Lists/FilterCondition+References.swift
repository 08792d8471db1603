import Newsroom

// References, by what their targets are named: id, slug or external id; also by the names of what was merged into them.
extension FilterCondition {
    func reference(_ column: String, to kind: Kind, in sql: inout SQLText) -> String? {
        switch comparison {
        case .equal: return target(of: kind, in: &sql).map { "\(column) = \($0)" }
        // Also where nothing is of that name, and its key is NULL therefore.
        case .notEqual: return target(of: kind, in: &sql).map { "(\(column) = \($0)) IS NOT TRUE" }
        case .oneOf:
            guard !values.isEmpty else { return nil }
            var targets: [String] = []
            for value in values {
                guard let target = FilterCondition.target(value, of: kind, in: &sql) else { return nil }
                targets.append(target)
            }
            return "\(column) IN (\(targets.joined(separator: ", ")))"
        case .isNull: return asksForNull.map { $0 ? "\(column) IS NULL" : "\(column) IS NOT NULL" }
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith, .overlaps: return nil
        }
    }

    /// The key of what has an external id, or of what it was merged into: as a reference to it would lead there. Of the past only of what
    /// has it itself, as versions of then are asked.
    func externalID(_ key: String, of kind: Kind, by sight: Sight, in sql: inout SQLText) -> String? {
        if comparison == .isNull {
            let rows = "SELECT 1 FROM \(kind.rawValue)_external_id WHERE \(kind.rawValue)_key = \(key)"
            return asksForNull.map { "\($0 ? "NOT " : "")EXISTS (\(rows))" }
        }
        var names: [String] = []
        for value in values {
            guard case .externalID(let id) = value else { return nil }
            if sight.isOfPast { names.append("source = \(sql.bind(.text(id.source))) AND value = \(sql.bind(.text(id.value)))") }
        }
        guard sight.isOfPast else { return reference(key, to: kind, in: &sql) }
        guard names.count == 1 || comparison == .oneOf && !names.isEmpty else { return nil }
        let having = "SELECT \(kind.rawValue)_key FROM \(kind.rawValue)_external_id WHERE \(names.joined(separator: " OR "))"
        switch comparison {
        case .equal, .oneOf: return "\(key) IN (\(having))"
        case .notEqual: return "\(key) NOT IN (\(having))"
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith, .isNull, .overlaps: return nil
        }
    }

    /// A reference that is there for those who may see its target, and for nobody else.
    func guarded(_ column: String, to kind: Kind, by sight: Sight, in sql: inout SQLText) -> String? {
        guard let condition = reference(column, to: kind, in: &sql) else { return nil }
        guard let isSeen = sight.condition(onTarget: column, of: kind, in: &sql) else { return condition }
        return holdsOfNothing ? "(\(condition) OR NOT \(isSeen))" : "(\(condition) AND \(isSeen))"
    }

    /// Whether it holds of what refers to nothing.
    var holdsOfNothing: Bool { comparison == .notEqual || comparison == .isNull && asksForNull == true }

    /// A reference to one of several kinds: whichever has the name.
    func parties(_ columns: [(column: String, kind: Kind)], in sql: inout SQLText) -> String? {
        let isAny: Bool
        switch comparison {
        case .equal, .oneOf: isAny = true
        case .notEqual: isAny = false
        case .isNull: isAny = asksForNull == false
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith, .overlaps: return nil
        }
        var conditions: [String] = []
        for (column, kind) in columns {
            guard let condition = reference(column, to: kind, in: &sql) else { return nil }
            conditions.append(condition)
        }
        return "(\(conditions.joined(separator: isAny ? " OR " : " AND ")))"
    }

    private func target(of kind: Kind, in sql: inout SQLText) -> String? {
        guard let value = values.first, values.count == 1 else { return nil }
        return FilterCondition.target(value, of: kind, in: &sql)
    }

    /// The key of the resource that a value names.
    static func target(_ value: FilterValue, of kind: Kind, in sql: inout SQLText) -> String? {
        switch value {
        case .id(let id):
            let id = sql.bind(.text(id))
            return survivor("(SELECT key FROM \(kind.rawValue) WHERE id = \(id))", of: kind, "id = \(id)")
        case .slug(let slug):
            guard kind.hasSlugs else { return nil }
            let slug = sql.bind(.text(slug.text))
            return survivor("(SELECT key FROM \(kind.rawValue) WHERE slug = \(slug))", of: kind, "slug = \(slug)")
        case .externalID(let id):
            let names = "source = \(sql.bind(.text(id.source))) AND value = \(sql.bind(.text(id.value)))"
            let key = "(SELECT \(kind.rawValue)_key FROM \(kind.rawValue)_external_id WHERE \(names))"
            return survivor(key, of: kind, "id = (SELECT id FROM \(kind.rawValue)_merged_external_id WHERE \(names))")
        case .text, .integer, .instant, .window, .office: return nil
        }
    }

    /// The key, or where there is none that of what the name of something merged leads to.
    private static func survivor(_ key: String, of kind: Kind, _ names: String) -> String {
        guard kind.isMergeable else { return key }
        return "coalesce(\(key), (SELECT \(kind.rawValue)_key FROM \(kind.rawValue)_merged WHERE \(names)))"
    }
}
