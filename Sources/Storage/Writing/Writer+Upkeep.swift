import SQLite
import Synchronization

// What the writer does by itself, between writes: it tells of what becomes public, keeps the search index and the renderings, and looks
// whether it can write again.
extension Writer {
    /// Tells of what has become public by the clock alone.
    func tellPublications(_ commit: GroupCommit) {
        commit.session.beginWrite()
        guard state.isSound.load(ordering: .relaxed), commit.session.publicationIsDue else { return }
        let outcome = commit.perform([PublicationStep()], until: .now) { publishAppended(commit) }
        if case .unknown = outcome { take(outcome) }
    }

    /// When there is something of that kind next. What is due and could not be written is tried again soon.
    func nextPublication(_ session: WriteSession) -> MonotonicTime {
        guard let time = session.timeToPublication else { return .distantFuture }
        return MonotonicTime.now + (time > .zero ? time : Writer.publicationRetry)
    }

    private static let publicationRetry = Duration.milliseconds(200)

    /// The same for what nobody asked for: what has become public by then is told of before it too.
    private func publishAppended(_ commit: GroupCommit) {
        if commit.session.hasAppended { _ = publish(commit, since: nil) }
    }

    /// When there was nothing to write for a while.
    func rest(_ commit: GroupCommit) {
        readers.releaseSnapshots()
        try? commit.session.lookForPublications()
        // What another process has written and not indexed is indexed here.
        if let newest = try? commit.session.database.first(.newestLogRow) { state.sequence.max(newest.sequence, ordering: .relaxed) }
        // Whoever looks after this program sends no writes while it says that it takes none: it has to look itself.
        if !state.isWriting.load(ordering: .relaxed), state.isSound.load(ordering: .relaxed) { take(commit.probe()) }
        if state.isWriting.load(ordering: .relaxed), state.isSound.load(ordering: .relaxed), let outcome = commit.tidy() { take(outcome) }
    }

    /// Does some of the search index's work when it is due. Whether more of it is to be done at once.
    func index(_ commit: GroupCommit, isIdle: Bool) -> Bool {
        guard state.isSound.load(ordering: .relaxed), let step = SearchStep.due(state, commit.session.search, isIdle: isIdle) else {
            return false
        }
        let outcome = commit.perform([step], until: .now) {
            publishAppended(commit)
            state.indexed.store(step.reached, ordering: .relaxed)
        }
        // A full disk is found out by the next write; the index waits.
        if case .unknown = outcome { take(outcome) }
        return isIdle && step.isDone
    }

    /// Makes some renderings when they are due. Whether more of them are to be made at once.
    func renewRenderings(_ commit: GroupCommit, isIdle: Bool) -> Bool {
        guard state.isSound.load(ordering: .relaxed), let step = RenderingStep.due(state, isIdle: isIdle) else { return false }
        let outcome = commit.perform([step], until: .now) { publishAppended(commit) }
        if case .unknown = outcome { take(outcome) }
        if step.isDone, step.isLast { state.walkedSequence.store(state.sequence.load(ordering: .relaxed), ordering: .relaxed) }
        return isIdle && step.isDone && !step.isLast
    }
}
