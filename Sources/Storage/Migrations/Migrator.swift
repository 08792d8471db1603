import Newsroom
import SQLite

/// Brings a file's tables to what this program works with. Forward only; each migration is one transaction.
struct Migrator {
    /// `DLNE`: what the file's header says (sqlite.org/pragma.html#pragma_application_id), so that no stranger's file is taken for ours.
    static let applicationID: Int64 = 0x444C_4E45

    let path: String
    let migrations: MigrationSet

    /// Looks before anything is written: whether the file is ours or empty, and not newer than the program.
    ///
    /// - Throws: one line that says what is in the way.
    func inspect(_ database: Database) throws(StoreOpeningError) {
        do throws(SQLiteError) {
            let applicationID = try database.first(.applicationID) ?? 0
            guard applicationID == Migrator.applicationID else {
                guard applicationID == 0, try database.first(.isEmpty) == true, try database.first(.userVersion) == 0 else {
                    throw SQLiteError(code: .mismatch, message: "foreign", context: path)
                }
                return
            }
        } catch {
            guard error.code != .mismatch else {
                throw StoreOpeningError("\(path) is a database of another program; it was left as it is")
            }
            throw StoreOpeningError(opening: path, error)
        }
        try check(try applied(database))
    }

    /// Runs what is missing.
    func migrate(_ database: Database, now: () -> Instant) throws(StoreOpeningError) {
        for migration in migrations.migrations {
            do throws(SQLiteError) {
                try apply(migration, to: database, at: now())
            } catch {
                database.rollback()
                guard error.code.primary != .busy else { throw StoreOpeningError(opening: path, error) }
                let file = "\(migration.number)_\(migration.name)"
                throw StoreOpeningError("migration \(file) failed on \(path), which was left as before it: \(error.description)")
            }
        }
        try check(try applied(database))
    }

    private func apply(_ migration: MigrationSet.Migration, to database: Database, at now: Instant) throws(SQLiteError) {
        try database.beginWriting()
        // Read again inside: another process may have been migrating until now.
        let done = try database.first(.isEmpty) == true ? 0 : (try database.first(.newestMigration) ?? 0)
        guard migration.number > done else { return database.rollback() }
        if done == 0 {
            try database.execute(script: Migrator.bookkeeping)
            try database.execute(script: "PRAGMA application_id = \(Migrator.applicationID)")
        }
        try database.executeChangingSchema(script: migration.script)
        try database.run(.insertMigration) {
            $0.add(migration.number)
            $0.add(migration.name)
            $0.add(migration.sha256)
            $0.add(now.milliseconds)
        }
        try database.commit()
    }

    /// What was applied must be what the program has, as far as both go.
    private func check(_ applied: [AppliedMigration]) throws(StoreOpeningError) {
        for (index, row) in applied.enumerated() {
            guard index < migrations.migrations.count else {
                throw StoreOpeningError(
                    "\(path) was written by a newer version of this program: it has migration \(row.number) (\(row.name)), "
                        + "the newest known here is \(migrations.migrations.count)")
            }
            let known = migrations.migrations[index]
            guard row.number == known.number, row.name == known.name, row.sha256 == known.sha256 else {
                throw StoreOpeningError(
                    "migration \(row.number) (\(row.name)) of \(path) is not the migration \(known.number) (\(known.name)) known here: "
                        + "a migration must not change once it has run")
            }
        }
    }

    private func applied(_ database: Database) throws(StoreOpeningError) -> [AppliedMigration] {
        do throws(SQLiteError) {
            return try database.all(.appliedMigrations)
        } catch {
            throw StoreOpeningError(opening: path, error)
        }
    }

    private static let bookkeeping = """
        CREATE TABLE migration (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            applied_at_ms INTEGER NOT NULL
        ) STRICT
        """
}

/// A migration that a file has been through.
struct AppliedMigration: Sendable {
    let number: Int64
    let name: String
    let sha256: String
}

extension SQL {
    fileprivate static let insertMigration = SQL(
        """
        INSERT INTO migration (number, name, sha256, applied_at_ms)
        VALUES ($1, $2, $3, $4)
        """)
}

extension Query<Int64> {
    static let applicationID = Query("PRAGMA application_id") { row throws(SQLiteError) in row.integer(0) }

    fileprivate static let userVersion = Query("PRAGMA user_version") { row throws(SQLiteError) in row.integer(0) }

    fileprivate static let newestMigration = Query("SELECT max(number) FROM migration") { row throws(SQLiteError) in
        row.integer(0)
    }
}

extension Query<Bool> {
    /// Of tables, views and all else.
    fileprivate static let isEmpty = Query(
        """
        SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)
        """
    ) { row throws(SQLiteError) in row.integer(0) != 0 }
}

extension Query<AppliedMigration> {
    static let appliedMigrations = Query(
        """
        SELECT number, name, sha256
        FROM migration
        ORDER BY number
        """
    ) { row throws(SQLiteError) in
        AppliedMigration(number: row.integer(0), name: row.text(1), sha256: row.text(2))
    }
}
