import Newsroom
import SQLite

/// The statements that are the same for each kind but for the names of tables.
struct ResourceQueries<R: StoredResource>: Sendable {
    let byID: Query<Stored<R>>
    let bySlug: Query<Stored<R>>
    let byKey: Query<Stored<R>>

    let keyByID: Query<Int64>
    let targetBySlug: Query<Target<R>>
    let targetByExternalID: Query<Target<R>>
    let slugIsTaken: Query<Int64>
    let externalIDOwner: Query<Int64>
    let firstExternalID: Query<ExternalID?>

    let insertExternalID: SQL
    let deleteExternalIDs: SQL
    let delete: SQL
    let insertPast: SQL
    /// What had a slug at a place in the log, and has another version by now or is gone.
    let pastBySlug: Query<LogRow>
    /// The same by an external id: its value, and the path to its source in a document.
    let pastByExternalID: Query<LogRow>
    /// Of kinds that are merged.
    let judged = JudgementQueries<R>()

    init() {
        let table = R.table
        let select = "SELECT \(R.columns(isWhole: true))\nFROM \(R.source)"
        byID = Query("\(select)\nWHERE \(table).id = $1", decode: R.decode)
        // What has no slugs is not found by one.
        let hasSlug = R.kind.hasSlugs ? "slug = $1" : "$1 IS NULL"
        bySlug = Query("\(select)\nWHERE \(R.kind.hasSlugs ? "\(table).slug = $1" : "$1 IS NULL")", decode: R.decode)
        byKey = Query("\(select)\nWHERE \(table).key = $1", decode: R.decode)

        keyByID = Query("SELECT key FROM \(table) WHERE id = $1") { row throws(SQLiteError) in row.integer(0) }
        targetBySlug = Query("SELECT key, id FROM \(table) WHERE \(hasSlug)", decode: Target.init)
        targetByExternalID = Query(
            """
            SELECT \(table).key, \(table).id
            FROM \(table)_external_id
            CROSS JOIN \(table) ON \(table).key = \(table)_external_id.\(table)_key
            WHERE \(table)_external_id.source = $1 AND \(table)_external_id.value = $2
            """, decode: Target.init)
        slugIsTaken = Query("SELECT 1 FROM \(table) WHERE \(hasSlug)") { row throws(SQLiteError) in row.integer(0) }
        externalIDOwner = Query(
            """
            SELECT \(table)_key
            FROM \(table)_external_id
            WHERE source = $1 AND value = $2
            """
        ) { row throws(SQLiteError) in row.integer(0) }
        firstExternalID = Query(
            """
            SELECT source, value
            FROM \(table)_external_id
            WHERE \(table)_key = $1
            ORDER BY source
            LIMIT 1
            """
        ) { row throws(SQLiteError) in ExternalID(source: row.text(0), value: row.text(1)) }

        insertExternalID = SQL(
            """
            INSERT INTO \(table)_external_id (\(table)_key, source, value)
            VALUES ($1, $2, $3)
            """)
        deleteExternalIDs = SQL("DELETE FROM \(table)_external_id WHERE \(table)_key = $1")
        delete = SQL("DELETE FROM \(table) WHERE key = $1")
        let past = R.pastColumns
        let pastRow = """
            SELECT \(LogRow.columns(of: "log"))
            FROM \(table)_past
            CROSS JOIN log ON log.seq = \(table)_past.seq
            WHERE +\(table)_past.seq <= $1 AND until_seq > $1
            """
        pastBySlug = Query("\(pastRow) AND \(R.kind.hasSlugs ? "\(table)_past.slug = $2" : "$2 IS NULL")", decode: LogRow.init)
        pastByExternalID = Query(
            "\(pastRow) AND instr(log.document, $2) > 0 AND json_extract(log.document, $3) = $2", decode: LogRow.init)
        insertPast = SQL(
            """
            INSERT INTO \(table)_past (until_seq, key, \(past.joined(separator: ", ")), seq)
            VALUES ($1, $2, \(past.indices.map { "$\($0 + 3)" }.joined(separator: ", ")),
                (SELECT seq FROM log WHERE id = $\(past.count + 3) AND version = $\(past.count + 4)))
            """)
    }
}

/// What a reference points at.
struct Target<R: Resource>: Sendable {
    let key: Int64
    let id: ID<R>

    init(key: Int64, id: ID<R>) {
        self.key = key
        self.id = id
    }

    init(_ row: borrowing Row) throws(SQLiteError) {
        key = row.integer(0)
        id = try row.id(1, "id")
    }
}

extension StoredResource {
    static func stored(_ key: ResourceKey<Self>, in database: Database) throws(SQLiteError) -> Stored<Self>? {
        var stored =
            switch key {
            case .id(let id): try database.first(queries.byID) { $0.add(id.text) }
            case .slug(let slug): try database.first(queries.bySlug) { $0.add(slug.text) }
            }
        if stored != nil { try stored?.addParts(from: database) }
        return stored
    }

    static func stored(key: Int64, in database: Database) throws(SQLiteError) -> Stored<Self>? {
        var stored = try database.first(queries.byKey) { $0.add(key) }
        if stored != nil { try stored?.addParts(from: database) }
        return stored
    }

    /// What was merged keeps its slug, which leads to the survivor.
    static func isTaken(_ slug: Slug, in database: Database) throws(SQLiteError) -> Bool {
        if try database.first(queries.slugIsTaken, { $0.add(slug.text) }) != nil { return true }
        guard isMergeable else { return false }
        if slug.text == JudgementQueries<Self>.reservedSlug { return true }
        return try survivor(of: .slug(slug), in: database) != nil
    }

    /// The ids of what was merged are its survivor's.
    static func owner(of id: ExternalID, in database: Database) throws(SQLiteError) -> Int64? {
        let owner = try database.first(queries.externalIDOwner) {
            $0.add(id.source)
            $0.add(id.value)
        }
        if let owner { return owner }
        return try survivor(of: .externalID(id), in: database)?.key
    }

    static func insertExternalIDs(_ ids: ExternalIDs, of key: Int64, into database: Database) throws(SQLiteError) {
        for id in ids.all {
            try database.run(queries.insertExternalID) {
                $0.add(key)
                $0.add(id.source)
                $0.add(id.value)
            }
        }
    }

    static func replaceExternalIDs(_ ids: ExternalIDs, of key: Int64, in database: Database) throws(SQLiteError) {
        try database.run(queries.deleteExternalIDs) { $0.add(key) }
        try insertExternalIDs(ids, of: key, into: database)
    }
}

extension Stored where R: StoredResource {
    fileprivate mutating func addParts(from database: Database) throws(SQLiteError) {
        try R.addParts(to: &self, from: database, namesExternalIDs: false)
    }
}
