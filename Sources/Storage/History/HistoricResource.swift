import Newsroom
import SQLite

/// A kind of which the log can be asked what its tables are asked: lists, filters and captions of the past.
protocol HistoricResource: StoredResource {
    /// What a resource has of a member that lists are filtered by: what `filterSource` names in SQL.
    static func values(of member: FilterMember, in resource: Self) -> MemberValues
    /// What a resource is sorted by: what `sortColumn` names in SQL.
    static func sortKey(_ member: SortMember, of resource: Self) -> Position.SortKey
    /// The member that says when a resource was changed.
    static var updatedAtMember: FilterMember { get }
    /// The resource with what its references were called.
    func captioned(by captions: inout some CaptionSource) throws(SQLiteError) -> Self
    /// As a list has it: without the members that `columns(isWhole: false)` leaves out.
    var abridged: Self { get }
    /// Whether what is worked out of a resource and kept beside it is what follows from it; the columns of filters and orders are looked at
    /// elsewhere.
    static func partsFollow(from resource: Self, _ stored: Stored<Self>, in database: Database) throws(SQLiteError) -> Bool
}

extension HistoricResource {
    var abridged: Self { self }

    static func partsFollow(from resource: Self, _ stored: Stored<Self>, in database: Database) throws(SQLiteError) -> Bool { true }
}

/// What a resource has of one member: one value, several, or none.
enum MemberValues {
    case plain([SQLValue])
    /// The ids of what it refers to.
    case references([String])
    case externalIDs([ExternalID])
    case window(Window?)
    case offices([Person.Role])

    static func text(_ text: String?) -> MemberValues { .plain(text.map { [.text($0)] } ?? []) }
    static func texts(_ texts: [String]) -> MemberValues { .plain(texts.map { .text($0) }) }
    static func integer(_ number: Int64?) -> MemberValues { .plain(number.map { [.integer($0)] } ?? []) }
    static func instant(_ instant: Instant?) -> MemberValues { integer(instant?.milliseconds) }

    static func references<R>(_ references: [Reference<R>]) -> MemberValues {
        .references(
            references.compactMap { reference in
                guard case .id(let id) = reference else { return nil }
                return id.text
            })
    }
}
