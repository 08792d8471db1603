/// A member that lists can be filtered by; its raw value is its name in parameters.
package protocol FilteringMember: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    var valueType: ListValueType { get }
    /// Whether it can be counted how often each of its values occurs.
    var isFacet: Bool { get }
    /// Whether it says something that the newsroom alone may know. It is known of now, not of the past.
    var isInternal: Bool { get }
}

extension FilteringMember {
    package var isInternal: Bool { valueType == .mark }
}

/// A member that lists can be sorted by; its raw value is its name in the parameter `sort`.
package protocol SortingMember: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// What a store keeps the order by, and a position therefore holds: not always what the member itself is.
    var keyType: SortKeyType { get }
}

package enum SortKeyType: Sendable, Equatable {
    case text, integer
}

/// What the values of a filter's member are, which decides how a parameter is read and which operators it takes.
package enum ListValueType: Sendable, Equatable {
    case text
    /// One of a closed vocabulary.
    case word([String])
    case integer
    case instant
    /// An instant that may be the end of a day: a date stands for all of that day, not for its start alone.
    case lastInstant
    /// A span of time, known more or less exactly.
    case window
    /// A date, known more or less exactly, that is asked about as such.
    case date
    /// True or false, as 1 or 0.
    case flag
    /// A reference to a resource of a kind: by id, slug or `source:id`.
    case reference(Kind)
    /// A reference to a person or an organization, in the same ways.
    case party
    /// `source:id`.
    case externalID
    /// True or false: whether there is something of which nobody else is told. It is compared as the text `true`.
    case mark
}

/// One page of one kind, asked for.
package struct ListQuery<R: Resource>: Sendable, Equatable {
    package var filters: [Filter<R.FilterMember>]
    /// What is looked for in the words of each; nil: nothing. Of now alone: not beside `asOf`.
    package var search: SearchExpression?
    package var sort: Sort<R.SortMember>
    /// Where the page before ended; nil for the first page.
    package var after: Position?
    /// 1…200.
    package var limit: Int
    /// Whether all matches are counted.
    package var counts: Bool
    /// Whether the long members (`body`) are read too.
    package var isWhole: Bool
    /// Whether what lies in other tables is left out, lists and references: for who wants ids alone.
    package var isBare = false
    /// Whether captions name an external id of their target, as an export needs.
    package var namesExternalIDs: Bool
    /// At about how many bytes of resources the page ends before it has `limit` of them; it has one at the least, if there is any.
    package var byteCountMax: Int
    /// The instant as of which the list is read, with all that the filters and captions refer to; nil: now.
    package var asOf: Instant?

    package init(
        filters: [Filter<R.FilterMember>] = [], search: SearchExpression? = nil, sort: Sort<R.SortMember>, after: Position? = nil,
        limit: Int = 20, counts: Bool = false, isWhole: Bool = false, namesExternalIDs: Bool = false, byteCountMax: Int = 4 << 20,
        asOf: Instant? = nil
    ) {
        self.filters = filters
        self.search = search
        self.sort = sort
        self.after = after
        self.limit = limit
        self.counts = counts
        self.isWhole = isWhole
        self.namesExternalIDs = namesExternalIDs
        self.byteCountMax = byteCountMax
        self.asOf = asOf
    }
}

/// One condition; the conditions of a query all hold.
package struct Filter<Member: FilteringMember>: Sendable, Equatable {
    package var member: Member
    package var comparison: Comparison
    /// One value, but for `in` (1…100).
    package var values: [FilterValue]

    package init(_ member: Member, _ comparison: Comparison, _ values: [FilterValue]) {
        self.member = member
        self.comparison = comparison
        self.values = values
    }
}

package enum Comparison: String, Sendable, CaseIterable {
    case equal = "eq"
    case notEqual = "ne"
    case oneOf = "in"
    case less = "lt"
    case lessOrEqual = "lte"
    case greater = "gt"
    case greaterOrEqual = "gte"
    case contains
    case startsWith = "startswith"
    /// The parameter's `true` or `false` is the one value, as an integer 1 or 0.
    case isNull = "isnull"
    /// Whether some of a window may lie in the value, which is a window too.
    case overlaps
}

package enum FilterValue: Sendable, Equatable, Hashable {
    case text(String)
    case integer(Int64)
    case instant(Instant)
    case id(String)
    case slug(Slug)
    case externalID(ExternalID)
    case window(EDTF)
    /// What a store makes of several filters of people, each of which is about one and the same office.
    case office(OfficeQuestion)
}

package struct Sort<Member: SortingMember>: Sendable, Equatable {
    package var member: Member
    package var isDescending: Bool

    package init(_ member: Member, descending: Bool = false) {
        self.member = member
        self.isDescending = descending
    }
}

/// A place in a sorted list, between two items: the sort key and the unique number of the item before it. What an opaque cursor holds.
package struct Position: Sendable, Equatable {
    package var sortKey: SortKey
    package var tieBreaker: Int64

    package init(sortKey: SortKey, tieBreaker: Int64) {
        self.sortKey = sortKey
        self.tieBreaker = tieBreaker
    }

    package enum SortKey: Sendable, Equatable {
        case null
        case text(String)
        case integer(Int64)
    }
}

/// One page of a list.
package struct Page<R: Resource>: Sendable, Equatable {
    package var items: [R]
    /// Where the next page begins; nil at the end. A page may be shorter than its limit and yet not be the last.
    package var next: Position?
    /// All matches, if they were counted.
    package var total: Int?
    /// How far what was looked for was found, if anything was.
    package var search: SearchReach?

    package init(items: [R], next: Position? = nil, total: Int? = nil, search: SearchReach? = nil) {
        self.items = items
        self.next = next
        self.total = total
        self.search = search
    }
}
