import Newsroom
import SQLite

// What the names of the merged lead to, and which pairs are judged different: tables that follow from the log.
extension WriteSession {
    /// Lets the names of all that the log says was merged into a resource lead to it, those of chains included, and takes up what they were
    /// judged different from. After anything that made it, brought it back, or merged something into it.
    func leadNames<R: HistoricResource>(to survivor: Stored<R>) throws(SQLiteError) {
        guard R.isMergeable else { return }
        try leadNames(of: survivor.resource.record.id, to: survivor, depth: 0)
        try renewDistinctions(of: survivor)
    }

    private func leadNames<R: HistoricResource>(of id: ID<R>, to survivor: Stored<R>, depth: Int) throws(SQLiteError) {
        let ends = try database.all(.mergedInto) { $0.add(id.text) }
        for end in ends {
            guard let merged = ID<R>(end.id) else { throw .undecodable("log.id") }
            try database.run(R.queries.judged.insertName) {
                $0.add(end.id)
                $0.add(end.slug)
                $0.add(survivor.key)
            }
            try keepDropped(of: merged, end, into: id)
            // Each merge is older than the end of what it was merged into, so that this ends.
            try leadNames(of: merged, to: survivor, depth: depth + 1)
        }
    }

    /// Keeps the external ids that the survivor did not take over.
    private func keepDropped<R: HistoricResource>(of id: ID<R>, _ end: MergedEnd, into survivor: ID<R>) throws(SQLiteError) {
        guard let last = try version(end.version - 1, of: id, as: R.self) else { return }
        let united = try MergeHistory(of: id, into: survivor, endedBy: end.sequence, in: database).survivor(R.self)?.after
        for dropped in last.draft.externalIDs.all where united?.draft.externalIDs[dropped.source] != dropped.value {
            try database.run(R.queries.judged.insertExternalID) {
                $0.add(dropped.source)
                $0.add(dropped.value)
                $0.add(id.text)
            }
        }
    }

    func version<R: HistoricResource>(_ version: Int, of id: ID<R>, as _: R.Type) throws(SQLiteError) -> R? {
        let logged: LoggedVersion<R>? = try database.first(LoggedVersion<R>.query) {
            $0.add(id.text)
            $0.add(version)
        }
        return logged?.resource
    }

    /// Puts the pairs of a resource there as the log has them, under whatever names they were judged.
    func renewDistinctions<R: HistoricResource>(of stored: Stored<R>) throws(SQLiteError) {
        try database.run(R.queries.judged.deleteDistinctions) { $0.add(stored.key) }
        let names = try database.all(R.queries.judged.names) { $0.add(stored.key) }
        for name in [stored.resource.record.id.text] + names {
            for other in try JudgedPairs.different(from: name, in: database) {
                guard let other = ID<R>(other), let target = try R.living(other, in: database), target.key != stored.key else { continue }
                try database.run(R.queries.judged.insertDistinction) {
                    $0.add(stored.key)
                    $0.add(target.key)
                }
            }
        }
    }
}

extension StoredResource {
    /// The resource of an id, or what stands for it; nil where it is deleted.
    static func living(_ id: ID<Self>, in database: Database) throws(SQLiteError) -> Target<Self>? {
        if let key = try database.first(queries.keyByID, { $0.add(id.text) }) { return Target(key: key, id: id) }
        return try survivor(of: .id(id), in: database)
    }
}

/// What was judged of pairs, as the log has it.
enum JudgedPairs {
    /// The ids that one was judged different from, as far as that was not withdrawn.
    static func different(from id: String, in database: Database) throws(SQLiteError) -> [String] {
        let judgements = try database.all(.judgementsOfPairs) { $0.add(id) }
        var different: [String] = []
        for judgement in judgements {
            different.removeAll { $0 == judgement.other }
            if judgement.isDifferent { different.append(judgement.other) }
        }
        return different
    }
}

struct PairJudgement: Sendable {
    let other: String
    let isDifferent: Bool
}

/// The end of something that was merged.
struct MergedEnd: Sendable {
    let sequence: Int64
    let id: String
    let slug: String
    let version: Int
}

extension Query<MergedEnd> {
    /// What was merged into an id itself, and is no more.
    fileprivate static let mergedInto = Query(
        """
        SELECT seq, id, slug, version
        FROM log INDEXED BY log_of_merges
        WHERE into_id = $1 AND judgement = 'merged' AND operation = 'deleted'
            AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.id = log.id AND later.version = log.version + 1)
        ORDER BY seq
        """
    ) { row throws(SQLiteError) in
        MergedEnd(sequence: row.integer(0), id: row.text(1), slug: row.text(2), version: Int(row.integer(3)))
    }
}

extension Query<PairJudgement> {
    /// The older ones first.
    fileprivate static let judgementsOfPairs = Query(
        """
        SELECT into_id, judgement, seq
        FROM log INDEXED BY log_of_one
        WHERE from_id = $1 AND judgement IN ('different', 'undecided')
        UNION ALL
        SELECT from_id, judgement, seq
        FROM log INDEXED BY log_of_other
        WHERE into_id = $1 AND judgement IN ('different', 'undecided')
        ORDER BY 3
        """
    ) { row throws(SQLiteError) in
        PairJudgement(other: row.text(0), isDifferent: row.text(1) == LogJudgement.Verdict.different.rawValue)
    }
}
