import Newsroom
import SQLite

// Lists of people by the offices that they held at a time.
extension Person {
    /// With `at`, what is asked of titles and organizations is asked of one and the same office, which was held then: one filter.
    static func settled(_ filters: [Filter<FilterMember>], at now: Instant) -> [Filter<FilterMember>] {
        guard let index = filters.firstIndex(where: { $0.member == .at }), filters[index].comparison == .equal,
            case .window(let date)? = filters[index].values.first, filters[index].values.count == 1
        else { return filters }
        var question = OfficeQuestion(days: OfficeQuestion.days(of: date))
        var settled: [Filter<FilterMember>] = []
        for (place, filter) in filters.enumerated() where place != index {
            switch filter.member {
            case .role: question.titles.append(OfficeQuestion.Condition(filter.comparison, filter.values.map(\.folded)))
            case .organization: question.organizations.append(OfficeQuestion.Condition(filter.comparison, filter.values))
            default: settled.append(filter)
            }
        }
        return settled + [Filter(.at, .equal, [.office(question)])]
    }

    static func view(
        by filters: [Filter<FilterMember>], at now: Instant, in database: Database
    ) throws(SQLiteError) -> (Person) -> Person {
        for filter in filters where filter.member == .at {
            guard case .office(let asked)? = filter.values.first else { continue }
            let question = try asked.resolved(in: database)
            return { person in
                var seen = person
                seen.offices = person.offices(in: question.days) { question.isMet(by: $0) }
                return seen
            }
        }
        return { $0 }
    }
}

extension OfficeQuestion {
    /// Whether an office is one of those that are asked for. Organizations are named by id.
    func isAnswered(by role: Person.Role) -> Bool {
        let day = (role.from?.earliestDay ?? .min, role.to?.latestDay ?? .max)
        return day.0 <= days.upperBound && days.lowerBound <= day.1 && isMet(by: role)
    }

    /// Whether an office has a title and an organization that are asked for, whenever it was held.
    func isMet(by role: Person.Role) -> Bool {
        let title = MemberValues.text(role.title.folded)
        let organization = MemberValues.references(role.organization.map { [$0] } ?? [])
        return titles.allSatisfy { ValueJudge(comparison: $0.comparison, wanted: $0.values, folds: false).holds(for: title) }
            && organizations.allSatisfy { ValueJudge(comparison: $0.comparison, wanted: $0.values, folds: false).holds(for: organization) }
    }

    /// The same with its organizations named by id.
    fileprivate func resolved(in database: Database) throws(SQLiteError) -> OfficeQuestion {
        var resolved = self
        for index in resolved.organizations.indices {
            for place in resolved.organizations[index].values.indices {
                let value = resolved.organizations[index].values[place]
                resolved.organizations[index].values[place] = try OfficeQuestion.organization(value, in: database)
            }
        }
        return resolved
    }

    /// Of what there is not an id that nothing has.
    private static func organization(_ value: FilterValue, in database: Database) throws(SQLiteError) -> FilterValue {
        let target: Target<Organization>?
        switch value {
        case .slug(let slug): target = try database.first(Organization.queries.targetBySlug) { $0.add(slug.text) }
        case .externalID(let id):
            target = try database.first(Organization.queries.targetByExternalID) {
                $0.add(id.source)
                $0.add(id.value)
            }
        case .id, .text, .integer, .instant, .window, .office: return value
        }
        return .id(target?.id.text ?? "")
    }
}

extension FilterCondition {
    /// The holders of an office of which several things are asked, found by the index of what is told most exactly: title, organization,
    /// or the days.
    ///
    /// - Parameter leads: false: each person's own offices are looked at, and no index is chosen for the sake of a condition.
    func office(leads: Bool, in sql: inout SQLText) -> String? {
        guard leads else {
            return offices(leads: false, in: &sql).map {
                "EXISTS (SELECT 1 FROM person_role WHERE person_role.person_key = person.key AND \($0))"
            }
        }
        return officeHolders(in: &sql).map { "person.key IN (\($0))" }
    }

    /// A statement for their keys.
    func officeHolders(in sql: inout SQLText) -> String? {
        offices(leads: true, in: &sql).map { "SELECT person_key FROM person_role WHERE \($0)" }
    }

    private func offices(leads: Bool, in sql: inout SQLText) -> String? {
        guard comparison == .equal, case .office(let question)? = values.first, values.count == 1 else { return nil }
        let lead = leads ? OfficeLead(question) : .none
        let daysMayLead = lead == .days || lead == .title || lead == .organization
        let plus = daysMayLead ? "" : "+"
        var conditions: [String] = []
        for title in question.titles {
            let name = (lead == .title || lead == .titleRange ? "" : "+") + "person_role.folded_title"
            guard let text = title.filter.condition(on: FilterSource.Column(name: name), in: &sql) else { return nil }
            conditions.append(text)
        }
        for organization in question.organizations {
            let name = (lead == .organization ? "" : "+") + "person_role.organization_key"
            guard let text = organization.filter.reference(name, to: .organization, in: &sql) else { return nil }
            conditions.append(text)
        }
        conditions.append("\(plus)person_role.held_from_day <= \(sql.bind(.integer(Int64(question.days.upperBound))))")
        conditions.append("\(plus)person_role.held_through_day >= \(sql.bind(.integer(Int64(question.days.lowerBound))))")
        return conditions.joined(separator: " AND ")
    }
}

extension OfficeQuestion.Condition {
    fileprivate var filter: FilterCondition { FilterCondition(comparison: comparison, values: values) }
    fileprivate var isEquality: Bool { comparison == .equal || comparison == .oneOf }
}

/// Whose index leads to offices.
private enum OfficeLead {
    case none, title, organization, titleRange, days

    init(_ question: OfficeQuestion) {
        if question.titles.contains(where: \.isEquality) {
            self = .title
        } else if question.organizations.contains(where: \.isEquality) {
            self = .organization
        } else if question.titles.contains(where: { $0.comparison == .startsWith }) {
            self = .titleRange
        } else {
            self = .days
        }
    }
}

extension FilterValue {
    /// A text as titles are compared.
    var folded: FilterValue {
        guard case .text(let text) = self else { return self }
        return .text(text.folded)
    }
}

extension MemberValues {
    /// Texts as titles are compared.
    var folded: MemberValues {
        guard case .plain(let values) = self else { return self }
        return .plain(
            values.map { value in
                guard case .text(let text) = value else { return value }
                return .text(text.folded)
            })
    }
}
