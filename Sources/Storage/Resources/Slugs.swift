import Newsroom
import SQLite

extension StoredResource {
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
