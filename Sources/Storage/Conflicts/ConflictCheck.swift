import Documents
import Newsroom
import SQLite

/// Compares the records of how conflicts were settled with the rows of the log that they come from.
enum ConflictCheck {
    /// What is wrong, a line each, up to a hundred; empty when all is well.
    static func findings(_ database: Database) throws(SQLiteError) -> [String] {
        var findings: [String] = []
        for var stored in try database.all(.allResolutions) where findings.count < 100 {
            try stored.addParts(from: database)
            let logged = RecordedResolution(stored.resolution, of: ConflictID(about: stored.about, property: stored.property))
            let document = try database.first(.loggedResolution) {
                $0.add(stored.key)
                $0.add(stored.resolution.id.text)
            }
            if document.map({ $0.utf8.elementsEqual(logged.document) }) != true {
                findings.append("\(stored.resolution.id.text) is not in the table conflict_resolution what the log says")
            }
        }
        return try findings + database.all(.strayResolutions)
    }
}

extension Query<String> {
    fileprivate static let loggedResolution = Query(
        "SELECT document FROM log WHERE seq = $1 AND id = $2 AND kind = 'conflict'"
    ) { row throws(SQLiteError) in row.text(0) }

    fileprivate static let strayResolutions = Query(
        """
        SELECT log.id
        FROM log
        LEFT JOIN conflict_resolution ON conflict_resolution.seq = log.seq
        WHERE log.kind = 'conflict' AND conflict_resolution.seq IS NULL
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "\(row.text(0)) is in the log, but not in the table conflict_resolution" }
}
