import Newsroom
import SQLite

/// A question that is claimed about, by the row of its event.
struct ClaimedQuestion: Sendable {
    let key: Int64
    let id: ConflictID

    /// Nil where there is no such event.
    init?(_ position: ConflictPosition, in database: Database) throws(SQLiteError) {
        guard let text = try database.first(.idOfClaimedEvent, { $0.add(position.key) }), let event = ID<Event>(text) else { return nil }
        key = position.key
        id = ConflictID(about: event, property: position.property)
    }

    /// By an id, also a former one of the event: then its own id is another.
    init?(_ id: ConflictID, in database: Database) throws(SQLiteError) {
        guard let key = try database.eventKey(of: .id(id.about)) else { return nil }
        try self.init(ConflictPosition(key: key, property: id.property), in: database)
    }
}

extension Database {
    /// The row of an event, also by a name of one that was merged into it; nil where none has the name.
    func eventKey(of reference: Reference<Event>) throws(SQLiteError) -> Int64? {
        let key: Int64? =
            switch reference {
            case .id(let id): try first(Event.queries.keyByID) { $0.add(id.text) }
            case .slug(let slug): try first(Event.queries.targetBySlug) { $0.add(slug.text) }?.key
            case .externalID(let id):
                try first(Event.queries.externalIDOwner) {
                    $0.add(id.source)
                    $0.add(id.value)
                }
            }
        if let key { return key }
        return try Event.survivor(of: reference, in: self)?.key
    }
}

/// Reads conflicts as a viewer may see them.
struct ConflictReading {
    let database: Database
    let viewer: Viewer
    let now: Instant
    var knownBy: Instant?

    /// How many statements on one question are looked at, the newest.
    static let statementCountMax = 500
    /// And how many records of its settling.
    private static let resolutionCountMax = 100

    /// Nil where it is none for the viewer: see `Conflict.init`.
    func conflict(on question: ClaimedQuestion) throws(SQLiteError) -> Conflict? {
        let keys = try database.all(.liveStatementsOfClaim) {
            $0.add(question.key)
            $0.add(question.id.property)
            $0.add(ConflictReading.statementCountMax + 1)
        }
        var evidence = Conflict.Evidence(statements: [], isComplete: keys.count <= ConflictReading.statementCountMax)
        for key in keys.prefix(ConflictReading.statementCountMax) {
            if let stored = try Statement.stored(key: key, in: database) { evidence.statements.append(stored.resource) }
        }
        evidence.resolutions = try resolutions(of: question)
        try TableCaptions(database).add(Reference.id(question.id.about), to: &evidence.captions)
        return Conflict(question.id, evidence, for: viewer, at: now, knownBy: knownBy)
    }

    private func resolutions(of question: ClaimedQuestion) throws(SQLiteError) -> [ConflictResolution] {
        let stored = try database.all(.resolutionsOfQuestion) {
            $0.add(question.key)
            $0.add(question.id.property)
            $0.add(ConflictReading.resolutionCountMax)
        }
        var resolutions: [ConflictResolution] = []
        for var stored in stored {
            try stored.addParts(from: database)
            for statement in stored.resolution.basis {
                try TableCaptions(database).add(.id(statement), to: &stored.resolution.captions)
            }
            resolutions.append(stored.resolution)
        }
        return resolutions
    }
}
