import Newsroom
import SQLite

extension WriteSession {
    /// Keeps that two are different, or that this is not known any more; see `ResourceJudgements.distinguish`.
    func distinguish<R: HistoricResource>(
        _ key: ResourceKey<R>, _ distinction: Distinction<R>, if precondition: Precondition, by actor: Actor
    ) throws -> Stored<R> {
        let stored: Stored<R> = try stored(key, if: precondition)
        let partner = try partner(distinction.from, of: stored)
        guard try R.isDifferent(stored.key, partner.key, in: database) == distinction.isWithdrawn else { return stored }
        let resource = try judge(stored, distinction.isWithdrawn ? .undecided : .different, partner, distinction.note, by: actor)
        return Stored(key: stored.key, resource: resource)
    }

    /// Keeps that an imported resource is different from others. Whether that is new.
    func distinguish<R: HistoricResource>(_ stored: Stored<R>, from others: [Target<R>], by actor: Actor) throws -> Bool {
        var stored = stored
        var isNew = false
        for other in others where other.key != stored.key {
            guard try !R.isDifferent(stored.key, other.key, in: database), let partner = try R.stored(key: other.key, in: database) else {
                continue
            }
            stored.resource = try judge(stored, .different, partner, nil, by: actor)
            isNew = true
        }
        return isNew
    }

    /// Writes the judgement as a version of the one that it is asked of: its members stay as they are.
    private func judge<R: HistoricResource>(
        _ stored: Stored<R>, _ verdict: LogJudgement.Verdict, _ partner: Stored<R>, _ reason: String?, by actor: Actor
    ) throws -> R {
        let judgement = LogJudgement(verdict, from: partner.resource.record.id, into: stored.resource.record.id)
        var draft = stored.resource.draft
        draft.slug = stored.resource.record.slug
        let (resource, _) = try revise(stored, to: Proposal(draft), by: actor, note: judgement.note(reason), judged: judgement)
        // The judgement may have been made of another name of either of them.
        try renewDistinctions(of: Stored(key: stored.key, resource: resource))
        return resource
    }
}
