import Newsroom
import SQLite

extension StoredResource {
    /// The slug that a resource is to have: the one that it wishes for, or a free one.
    static func slug(for draft: Draft, of id: ID<Self>, besides own: Slug? = nil, in database: Database) throws(SQLiteError) -> Slug {
        guard kind.hasSlugs else { return Slug(of: id) }
        if let wished = draft.slug { return wished }
        return try freeSlug(for: draft.caption, besides: own, in: database)
    }

    /// The slug in SQL of a resource of a kind that has none, from the column of its id: `Slug(of:)`.
    static func slug(of id: String) -> String { "replace(lower(\(id)), '_', '-')" }

    /// A slug that nobody has: the one that the caption asks for, or that one with a number behind it.
    ///
    /// The numbers double until one is free, then the gap below it is halved: a dozen look-ups among thousands of equal headlines. `own`
    /// counts as free: the resource that asks has it.
    static func freeSlug(for caption: String, besides own: Slug? = nil, in database: Database) throws(SQLiteError) -> Slug {
        func isTaken(_ slug: Slug) throws(SQLiteError) -> Bool { slug == own ? false : try Self.isTaken(slug, in: database) }
        let wished = Slug.from(caption: caption, kind: kind)
        guard try isTaken(wished) else { return wished }
        var taken = 1
        var free = 2
        while try isTaken(wished.numbered(free)) {
            taken = free
            free *= 2
        }
        while free - taken > 1 {
            let middle = taken + (free - taken) / 2
            if try isTaken(wished.numbered(middle)) { taken = middle } else { free = middle }
        }
        return wished.numbered(free)
    }
}
