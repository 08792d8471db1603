import Newsroom
import SQLite

/// The statements on merges and distinctions that are the same for each kind but for the names of tables.
struct JudgementQueries<R: StoredResource>: Sendable {
    /// What a name of something merged leads to.
    let survivorOfID: Query<Target<R>>
    let survivorOfSlug: Query<Target<R>>
    let survivorOfExternalID: Query<Target<R>>
    let insertName: SQL
    let insertExternalID: SQL
    let deleteName: SQL
    let names: Query<String>

    let insertDistinction: SQL
    let deleteDistinctions: SQL
    let isDifferent: Query<Int64>

    let insertLikeness: SQL
    let deleteLikeness: SQL
    let likeness: Query<LikenessBlock>

    /// The segment of a path that is no slug: `/v1/people/duplicates`.
    static var reservedSlug: String { "duplicates" }

    init() {
        let table = R.table
        let target = """
            SELECT \(table).key, \(table).id
            FROM \(table)_merged AS merged
            CROSS JOIN \(table) ON \(table).key = merged.\(table)_key
            """
        survivorOfID = Query("\(target)\nWHERE merged.id = $1", decode: Target.init)
        survivorOfSlug = Query("\(target)\nWHERE merged.slug = $1", decode: Target.init)
        survivorOfExternalID = Query(
            "\(target)\nWHERE merged.id = (SELECT id FROM \(table)_merged_external_id WHERE source = $1 AND value = $2)",
            decode: Target.init)
        insertName = SQL(
            """
            INSERT INTO \(table)_merged (id, slug, \(table)_key)
            VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET \(table)_key = excluded.\(table)_key
            """)
        insertExternalID = SQL("INSERT OR IGNORE INTO \(table)_merged_external_id (source, value, id)\nVALUES ($1, $2, $3)")
        deleteName = SQL("DELETE FROM \(table)_merged WHERE id = $1")
        names = Query("SELECT id FROM \(table)_merged WHERE \(table)_key = $1") { row throws(SQLiteError) in row.text(0) }

        insertDistinction = SQL("INSERT OR IGNORE INTO \(table)_distinction (one_key, other_key)\nVALUES (min($1, $2), max($1, $2))")
        deleteDistinctions = SQL("DELETE FROM \(table)_distinction WHERE one_key = $1 OR other_key = $1")
        isDifferent = Query("SELECT 1 FROM \(table)_distinction WHERE one_key = min($1, $2) AND other_key = max($1, $2)") {
            row throws(SQLiteError) in row.integer(0)
        }

        insertLikeness = SQL("INSERT OR IGNORE INTO \(table)_likeness (block, detail, \(table)_key)\nVALUES ($1, $2, $3)")
        deleteLikeness = SQL("DELETE FROM \(table)_likeness WHERE \(table)_key = $1")
        likeness = Query("SELECT block, detail FROM \(table)_likeness WHERE \(table)_key = $1 ORDER BY block, detail") {
            row throws(SQLiteError) in LikenessBlock(text: row.text(0), detail: row.text(1))
        }
    }
}

extension StoredResource {
    /// What stands for something that was merged; nil where the reference names nothing of that sort.
    static func survivor(of reference: Reference<Self>, in database: Database) throws(SQLiteError) -> Target<Self>? {
        guard isMergeable else { return nil }
        switch reference {
        case .id(let id): return try database.first(queries.judged.survivorOfID) { $0.add(id.text) }
        case .slug(let slug): return try database.first(queries.judged.survivorOfSlug) { $0.add(slug.text) }
        case .externalID(let id):
            return try database.first(queries.judged.survivorOfExternalID) {
                $0.add(id.source)
                $0.add(id.value)
            }
        }
    }

    /// The same by a key, where the viewer may see the survivor.
    static func survivor(
        of key: ResourceKey<Self>, to viewer: Viewer, at now: Instant, in database: Database
    ) throws(SQLiteError) -> ID<Self>? {
        let reference: Reference<Self> =
            switch key {
            case .id(let id): .id(id)
            case .slug(let slug): .slug(slug)
            }
        guard let survivor = try survivor(of: reference, in: database)?.id else { return nil }
        guard viewer == .anonymous else { return survivor }
        let newest = try database.first(.newestOfID) { $0.add(survivor.text) }
        return newest?.isPublic(at: now) == true ? survivor : nil
    }

    static func isDifferent(_ one: Int64, _ other: Int64, in database: Database) throws(SQLiteError) -> Bool {
        try database.first(queries.judged.isDifferent) {
            $0.add(one)
            $0.add(other)
        } != nil
    }
}
