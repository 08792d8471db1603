/// What led to an event, or kept it from happening.
package struct EventCause: Sendable, Hashable {
    package var event: Reference<Event>
    package var relation: CauseRelation
    /// On whose word it is held to be one. Nil, in requests alone: on what is known by now.
    package var basis: [Reference<Statement>]?

    package init(event: Reference<Event>, relation: CauseRelation, basis: [Reference<Statement>]? = []) {
        self.event = event
        self.relation = relation
        self.basis = basis
    }

    /// Whether it says the same of the same event, on whatever word.
    package func isSame(as other: EventCause) -> Bool {
        event == other.event && relation == other.relation
    }
}

/// How one event brought another about: the cause triggered it, prevented it …
package enum CauseRelation: String, Sendable, CaseIterable {
    case triggered, prompted, prevented, enabled, retaliation
}

/// What leads to what: a graph in which nothing leads to itself.
package enum Causation {
    /// So many events are looked at; what is told of more is no chain that anybody follows.
    package static let visitCountMax = 2_000

    /// Why something cannot be a cause of something.
    package enum Fault: Sendable {
        /// The effect would come to be among its own causes.
        case cycle
        /// More events than `visitCountMax` lead to the cause.
        case tooMany
    }

    /// What is wrong with `cause` as a cause of `effect`; nil where nothing is. `causesOf` answers what is known to have led to an event.
    package static func fault(adding cause: ID<Event>, to effect: ID<Event>, causesOf: (ID<Event>) -> [ID<Event>]) -> Fault? {
        var seen: Set<ID<Event>> = [cause]
        var waiting = [cause]
        while let event = waiting.popLast() {
            if event == effect { return .cycle }
            for next in causesOf(event) where seen.insert(next).inserted {
                guard seen.count <= visitCountMax else { return .tooMany }
                waiting.append(next)
            }
        }
        return nil
    }
}

/// The way from an event to what led to it, or to what came of it, step by step.
package struct CauseChain: Sendable, Equatable {
    /// One edge of the graph: the cause led to the effect.
    package struct Step: Sendable, Equatable {
        /// 1 for what touches the event that was asked about, 2 for what touches that …
        package var depth: Int
        package var cause: ID<Event>
        package var effect: ID<Event>
        package var relation: CauseRelation
        /// The statements that it rests on.
        package var basis: [ID<Statement>]

        package init(depth: Int, cause: ID<Event>, effect: ID<Event>, relation: CauseRelation, basis: [ID<Statement>] = []) {
            self.depth = depth
            self.cause = cause
            self.effect = effect
            self.relation = relation
            self.basis = basis
        }
    }

    /// The event that was asked about.
    package var event: ID<Event>
    /// The nearer first; each edge once.
    package var steps: [Step]
    /// Of every event of the chain, and of the statements that it rests on.
    package var captions: Captions
    /// Whether there are no more than these.
    package var isComplete: Bool

    package init(event: ID<Event>, steps: [Step] = [], captions: Captions = Captions(), isComplete: Bool = true) {
        self.event = event
        self.steps = steps
        self.captions = captions
        self.isComplete = isComplete
    }

    /// Which way it is followed.
    package enum Direction: Sendable {
        /// Why: to the causes.
        case causes
        /// To the consequences.
        case consequences
    }

    /// So many steps are told.
    package static let stepCountMax = 500
    package static let depthMax = 50
}
