/// An office that a person held, or may have held, at the time that a list of people was asked for.
package struct HeldOffice: Sendable, Equatable {
    package var role: Person.Role
    /// Whether it was held all of that time, whatever its partial dates mean; else it was held at some of it, or may have been.
    package var isCertain: Bool
    /// Whether it is one of those that were asked for, by title or organization.
    package var isAsked: Bool

    package init(role: Person.Role, isCertain: Bool, isAsked: Bool) {
        self.role = role
        self.isCertain = isCertain
        self.isAsked = isAsked
    }
}

/// What `at`, `role…` and `organization…` of a list of people ask together: for those who held one office of which all of it is true.
package struct OfficeQuestion: Sendable, Hashable {
    /// One comparison of an office's title or organization, as a filter makes it.
    package struct Condition: Sendable, Hashable {
        package var comparison: Comparison
        package var values: [FilterValue]

        package init(_ comparison: Comparison, _ values: [FilterValue]) {
            self.comparison = comparison
            self.values = values
        }
    }

    /// Since 1970-01-01: on one of these days it was held, or may have been.
    package var days: ClosedRange<Int>
    /// Their texts are folded.
    package var titles: [Condition]
    package var organizations: [Condition]

    package init(days: ClosedRange<Int>, titles: [Condition] = [], organizations: [Condition] = []) {
        self.days = days
        self.titles = titles
        self.organizations = organizations
    }

    /// Farther away than any day that can be said.
    package static let farDay = 1_000_000_000_000

    /// The days that a date can mean, in UTC; where it is open, all there are on that side.
    package static func days(of date: EDTF) -> ClosedRange<Int> {
        let first = date.first?.daysSince1970 ?? -farDay
        return first...max(first, date.last?.daysSince1970 ?? farDay)
    }
}

extension Person {
    /// The offices that may have been held on one of some days, the most specific first, as `Office.held` has it: of two the one held for
    /// the shorter known time; of equals the one begun later, then the one that comes first in `roles`.
    package func offices(in days: ClosedRange<Int>, isAsked: (Role) -> Bool) -> [HeldOffice] {
        let held = draft.roles.enumerated().filter { Office($0.element).isHeld(in: days) }
        let ordered = held.sorted { one, other in
            let (left, right) = (Office(one.element).rank, Office(other.element).rank)
            return left == right ? one.offset < other.offset : left < right
        }
        return ordered.map { _, role in
            HeldOffice(role: role, isCertain: Office(role).isCertain(throughout: days), isAsked: isAsked(role))
        }
    }
}

extension Office {
    fileprivate init(_ role: Person.Role) {
        self.init(title: role.title, from: role.from, to: role.to)
    }
}
