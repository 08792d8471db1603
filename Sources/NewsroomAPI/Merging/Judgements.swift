internal import Documents
internal import Newsroom
internal import Routing

/// What answers judgements, by kind.
struct Judgements: Sendable {
    let people: JudgementHandlers<PersonDocument>
    let organizations: JudgementHandlers<OrganizationDocument>
    let events: JudgementHandlers<EventDocument>

    init(context: HandlerContext) {
        people = JudgementHandlers(context: context)
        organizations = JudgementHandlers(context: context)
        events = JudgementHandlers(context: context)
    }
}

extension Router {
    /// The routes of judgements, which are the same for each kind that has them.
    mutating func addJudgements(_ judgements: Judgements) {
        add("people", judgements.people)
        add("organizations", judgements.organizations)
        add("events", judgements.events)
    }

    private mutating func add<D: ServedDocument>(_ kind: String, _ handlers: JudgementHandlers<D>) {
        get(RoutePattern("/v1/\(kind)/duplicates"), handlers.duplicates, summary: "\(kind) that may be the same, in pairs")
        post(RoutePattern("/v1/\(kind)/{id}/actions/merge"), handlers.merge, summary: "make two of the \(kind) one")
        post(RoutePattern("/v1/\(kind)/{id}/actions/split"), handlers.split, summary: "undo a merge")
        post(RoutePattern("/v1/\(kind)/{id}/actions/distinguish"), handlers.distinguish, summary: "two of the \(kind) are different")
        post(RoutePattern("/v1/\(kind)/{id}/actions/reconsider"), handlers.reconsider, summary: "that is not known any more")
    }
}
