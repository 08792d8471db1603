internal import HTTP
internal import Newsroom

/// What all who listen to the change feed have in common: a window for everybody and one for the newsroom, a bounded number of places, and
/// when it ends.
final class ChangeFeed: Sendable {
    let newsroom: any NewsroomStore
    let limits: APILimits
    private let program: ProgramState
    private let places: StreamPlaces
    private let windowOfAll: ChangeWindow
    private let windowOfNewsroom: ChangeWindow

    /// How long a wait lasts before it is looked whether it is to end: a bound on how long a drain, or a token that was revoked, goes
    /// unnoticed.
    static let lookEvery = Duration.milliseconds(500)

    init(_ newsroom: any NewsroomStore, program: ProgramState, limits: APILimits) {
        self.newsroom = newsroom
        self.limits = limits
        self.program = program
        places = StreamPlaces(
            countMax: limits.listenerCountMax, "Too many listen to the change feed at once.",
            hint: "Try again in a moment, or without wait.")
        windowOfAll = ChangeWindow(newsroom, for: .anonymous, byteCountMax: limits.listenerByteCountMax)
        windowOfNewsroom = ChangeWindow(newsroom, for: .newsroom, byteCountMax: limits.listenerByteCountMax)
    }

    /// Whether nobody is to wait any longer: clients come back, to whoever serves then.
    var isEnding: Bool { program.phase == .draining }

    /// How many listen, or wait for a page.
    var listenerCount: Int { places.takenCount }

    /// The newsroom's readers are told what its writers are.
    func window(for viewer: Viewer) -> ChangeWindow { viewer.isOfNewsroom ? windowOfNewsroom : windowOfAll }

    /// A place for somebody who waits, good as long as it is held.
    ///
    /// - Throws: 503 `overloaded` when all are taken.
    func takePlace() throws(Problem) -> StreamPlaces.Place { try places.take() }

    /// A page that has something in it, for which it is waited as long as `duration`; or an empty one.
    ///
    /// - Throws: what the store throws.
    func page(_ query: ChangeQuery, as viewer: Viewer, waiting duration: Duration) async throws(StoreError) -> ChangePage {
        let end = ContinuousClock.now + duration
        var query = query
        while true {
            let page = try await newsroom.changes(query, as: viewer)
            let left = ContinuousClock.now.duration(to: end)
            guard page.changes.isEmpty, page.next <= page.newest, left > .zero, !isEnding else { return page }
            query.after = page.next
            _ = try await newsroom.waitForChanges(after: page.next, within: min(left, ChangeFeed.lookEvery))
        }
    }
}
