import Documents
import JSON
import Newsroom
import SQLite

/// A kind of resource as storage knows it: its tables, how rows become resources, and how resources become rows.
protocol StoredResource: Documented {
    // MARK: Reading

    /// Whether two of them can be made one: then the kind has tables of merges, distinctions and likeness.
    static var isMergeable: Bool { get }
    /// The kind's own table; its parts are in `TABLE_tag`, `TABLE_external_id` …, which point at it by `TABLE_key`.
    static var table: String { get }
    /// The statements that are the same for each kind but for the names of tables.
    static var queries: ResourceQueries<Self> { get }
    /// What a SELECT takes of a resource, the table's key first; without its long members where it is not `isWhole`.
    static func columns(isWhole: Bool) -> String
    static var columnCount: Int32 { get }
    /// What a SELECT takes it from.
    static var source: String { get }
    /// A row as far as it goes: the parts are still missing.
    static func decode(_ row: borrowing Row) throws(SQLiteError) -> Stored<Self>
    /// Adds what is in other tables: lists, references with their captions.
    static func addParts(to stored: inout Stored<Self>, from database: Database, namesExternalIDs: Bool) throws(SQLiteError)

    /// Whether renderings are kept of it, so that it is shown, and listed, by a shorter way than reading it.
    static var hasKeptRenderings: Bool { get }
    /// The rendering that is kept, where it is fresh and the viewer may see it; else nil: nothing is said of why.
    static func keptRendering(
        _ key: ResourceKey<Self>, to viewer: Viewer, at now: Instant, from database: Database, _ showing: Showing
    ) throws -> Rendering?
    /// How it is shown, made of the log; nil where that has another form than today's, and it is to be read.
    ///
    /// - Throws: `notFound`, `gone`; SQLite's errors.
    static func rendering(
        _ key: ResourceKey<Self>, to viewer: Viewer, at now: Instant, from database: Database, _ showing: Showing
    ) throws -> Rendering?
    /// Writes how it is shown in lists; false where it is to be read for that.
    static func writeListItem(
        _ key: Int64, to writer: inout JSONWriter, from database: Database, _ showing: Showing
    ) throws(SQLiteError) -> Bool
    /// Keeps what a version is shown as that was written just now.
    static func keepRendering(
        of resource: Self, key: Int64, _ document: Span<UInt8>, in session: WriteSession
    ) throws(SQLiteError)
    /// What is wrong with what is kept of it; nil where nothing is.
    static func keptFinding(_ stored: Stored<Self>, in database: Database) throws(SQLiteError) -> String?

    // MARK: Lists

    /// Filters as they are to be asked at a moment: what they mean by then, and together. Settling twice gives the same.
    static func settled(_ filters: [Filter<FilterMember>], at now: Instant) -> [Filter<FilterMember>]
    /// Adds to a resource what only shows at a moment, and under the filters of a list, as they are settled.
    static func view(
        by filters: [Filter<FilterMember>], at now: Instant, in database: Database
    ) throws(SQLiteError) -> (Self) -> Self
    static func filterSource(_ member: FilterMember) -> FilterSource
    static func sortColumn(_ member: SortMember) -> SortColumn
    /// About how much of memory a resource takes as far as it has been read: what a page is bounded by.
    static func byteCount(of resource: Self) -> Int
    /// What SQL asks of a row so that the viewer may see it; nil when there is nothing to ask.
    static func visibility(to viewer: Viewer, at now: Instant) -> Visibility?
    static func isVisible(_ resource: Self, to viewer: Viewer, at now: Instant) -> Bool
    /// From when on everybody may see it, in milliseconds; nil for what only the newsroom sees.
    static func publicFromMilliseconds(_ draft: Draft) -> Int64?
    /// The same of what is written just now, where it hangs on what the resource refers to.
    static func publicFrom(_ draft: Draft, in database: Database) throws(SQLiteError) -> Instant?
    /// Whether the log says from when on everybody may see a version; else that hangs on what the version refers to.
    static var hasOwnPublication: Bool { get }
    /// The resource as a viewer may see it who may see it at all.
    func seen(by viewer: Viewer, at now: Instant) -> Self

    // MARK: Writing

    /// Turns each reference into one by id, and remembers the keys of the targets.
    static func resolveReferences(in draft: inout Draft, by resolver: inout ReferenceResolver) throws(SQLiteError)
    /// What is wrong with the resource's place in a hierarchy, its references resolved; nil where nothing is.
    static func hierarchyFailure(
        of id: ID<Self>, _ draft: Draft, after previous: Draft?, in database: Database
    ) throws(SQLiteError) -> MemberFailure?
    /// What is in the way of making two of them one, in hierarchies; nil where nothing is.
    static func mergeFailure(
        of from: Stored<Self>, into survivor: Stored<Self>, in database: Database
    ) throws(SQLiteError) -> MemberFailure?
    /// Answers the key of the new row.
    static func insert(_ resource: Self, _ keys: ReferenceKeys, into database: Database) throws(SQLiteError) -> Int64
    static func update(_ key: Int64, from old: Self, to new: Self, _ keys: ReferenceKeys, in database: Database) throws(SQLiteError)
    /// Writes what follows for others from a write that was just done: nil for what was not there, or is there no more.
    static func followChange(from old: Self?, to new: Self?, by actor: Actor, in session: WriteSession) throws
    /// Writes what follows for the change feed from a write that was just done.
    ///
    /// - Parameter change: what it is to everybody.
    static func followPublication(
        of key: Int64, from former: Draft?, to draft: Draft?, _ change: PublicChange?, by actor: Actor, in session: WriteSession
    ) throws(SQLiteError)
    /// What is to be done before its row is deleted.
    func goes(by actor: Actor, in session: WriteSession) throws
    /// Who refers to it, the kinds in turn; nil for what nobody refers to.
    static func users(of key: Int64, in database: Database) throws(SQLiteError) -> (kind: Kind, count: Int)?
}

/// A resource with the key of its row.
struct Stored<R: Resource>: Sendable {
    let key: Int64
    var resource: R
}

/// What most kinds need not say.
extension StoredResource {
    static var isMergeable: Bool { false }

    static func mergeFailure(
        of from: Stored<Self>, into survivor: Stored<Self>, in database: Database
    ) throws(SQLiteError) -> MemberFailure? { nil }

    static var hasKeptRenderings: Bool { false }

    static func keptRendering(
        _ key: ResourceKey<Self>, to viewer: Viewer, at now: Instant, from database: Database, _ showing: Showing
    ) throws -> Rendering? { nil }

    static func rendering(
        _ key: ResourceKey<Self>, to viewer: Viewer, at now: Instant, from database: Database, _ showing: Showing
    ) throws -> Rendering? { nil }

    static func writeListItem(
        _ key: Int64, to writer: inout JSONWriter, from database: Database, _ showing: Showing
    ) throws(SQLiteError) -> Bool { false }

    static func keepRendering(
        of resource: Self, key: Int64, _ document: Span<UInt8>, in session: WriteSession
    ) throws(SQLiteError) {}

    static func keptFinding(_ stored: Stored<Self>, in database: Database) throws(SQLiteError) -> String? { nil }

    static func settled(_ filters: [Filter<FilterMember>], at now: Instant) -> [Filter<FilterMember>] { filters }

    static func view(
        by filters: [Filter<FilterMember>], at now: Instant, in database: Database
    ) throws(SQLiteError) -> (Self) -> Self { { $0 } }

    static func visibility(to viewer: Viewer, at now: Instant) -> Visibility? { nil }

    static func isVisible(_ resource: Self, to viewer: Viewer, at now: Instant) -> Bool { true }

    static func publicFromMilliseconds(_ draft: Draft) -> Int64? { 0 }

    static func publicFrom(_ draft: Draft, in database: Database) throws(SQLiteError) -> Instant? {
        publicFromMilliseconds(draft).map { Instant(milliseconds: $0) }
    }

    static var hasOwnPublication: Bool { true }

    func seen(by viewer: Viewer, at now: Instant) -> Self { self }

    static func hierarchyFailure(
        of id: ID<Self>, _ draft: Draft, after previous: Draft?, in database: Database
    ) throws(SQLiteError) -> MemberFailure? { nil }

    static func followChange(from old: Self?, to new: Self?, by actor: Actor, in session: WriteSession) throws {}

    static func followPublication(
        of key: Int64, from former: Draft?, to draft: Draft?, _ change: PublicChange?, by actor: Actor, in session: WriteSession
    ) throws(SQLiteError) {}

    func goes(by actor: Actor, in session: WriteSession) throws {}
}
