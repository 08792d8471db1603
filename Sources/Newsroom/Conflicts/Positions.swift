/// What speakers hold on one question by now: each what they said last.
struct Positions {
    /// The statements that say what their speaker holds, in time order. What somebody said before they changed their mind is not among
    /// them.
    let statements: [Statement]

    private let tellsSourcesApart: Bool

    /// - Parameters:
    ///   - statements: live ones, with claims on one question.
    ///   - tellsSourcesApart: false for whoever may not know which unnamed source is which. To them each statement of such a source stands
    ///     for itself.
    init(in statements: [Statement], tellsSourcesApart: Bool) {
        self.tellsSourcesApart = tellsSourcesApart
        let ordered = statements.sorted { Positions.precedes($0, $1) }
        var held: [Speaker: String] = [:]
        for statement in ordered { held[Speaker(statement, tellsSourcesApart)] = statement.draft.claim?.value }
        self.statements = ordered.filter { held[Speaker($0, tellsSourcesApart)] == $0.draft.claim?.value }
    }

    /// The sides of the question, by value, the one that was taken first in front; as a viewer may see them.
    ///
    /// Fewer than two where nobody contradicts anybody: unnamed sources alone, of whom nobody can say that they are several, do not.
    func sides(as viewer: Viewer, at now: Instant) -> [Conflict.Side] {
        var values: [String] = []
        var byValue: [String: [Statement]] = [:]
        for statement in statements {
            guard let value = statement.draft.claim?.value else { continue }
            if byValue[value] == nil { values.append(value) }
            byValue[value, default: []].append(statement)
        }
        let contradict = tellsSourcesApart || statements.contains { $0.draft.speaker?.source == nil }
        return values.prefix(contradict ? values.count : 1).map { value in
            let taken = byValue[value] ?? []
            let seen = taken.map { $0.seen(by: viewer, at: now) }
            return Conflict.Side(
                value: value, speakers: speakers(of: taken, shown: seen), statements: seen,
                independentSourceCount: IndependentSources.count(taken, tellsSourcesApart: tellsSourcesApart))
        }
    }

    /// Each once, as the last of their statements calls them.
    private func speakers(of statements: [Statement], shown: [Statement]) -> [Conflict.Speaker] {
        var places: [Speaker: Int] = [:]
        var speakers: [Conflict.Speaker] = []
        for (statement, shown) in zip(statements, shown) {
            guard let attribution = shown.draft.speaker else { continue }
            let speaker = Conflict.Speaker(attribution: attribution, captions: shown.captions)
            let key = Speaker(statement, tellsSourcesApart)
            if let place = places[key] {
                speakers[place] = speaker
            } else {
                places[key] = speakers.count
                speakers.append(speaker)
            }
        }
        return speakers
    }

    /// In the order in which they were said. What was said nobody knows when comes last; where that does not tell, in the order in which
    /// they were written down.
    private static func precedes(_ one: Statement, _ other: Statement) -> Bool {
        let (first, second) = (one.draft.saidAt, other.draft.saidAt)
        switch (first?.first, second?.first) {
        case (_?, nil): return true
        case (nil, _?): return false
        case (_?, _?):
            if let first = first?.sortKey, let second = second?.sortKey, first != second { return first < second }
        case (nil, nil): break
        }
        return (one.record.createdAt, one.record.id) < (other.record.createdAt, other.record.id)
    }

    private enum Speaker: Hashable {
        case party(Party)
        case statement(ID<Statement>)

        init(_ statement: Statement, _ tellsSourcesApart: Bool) {
            guard let attribution = statement.draft.speaker else {
                self = .statement(statement.record.id)
                return
            }
            let party = Party(attribution, tellsSourcesApart: tellsSourcesApart)
            self = party == .someSource ? .statement(statement.record.id) : .party(party)
        }
    }
}
