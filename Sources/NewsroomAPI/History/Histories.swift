internal import Documents
internal import Newsroom
internal import Routing

/// What answers for the past, by kind.
struct Histories: Sendable {
    let articles: RevisionHandlers<ArticleDocument>
    let people: RevisionHandlers<PersonDocument>
    let organizations: RevisionHandlers<OrganizationDocument>
    let events: RevisionHandlers<EventDocument>
    let statements: RevisionHandlers<StatementDocument>

    init(context: HandlerContext) {
        articles = RevisionHandlers(context: context)
        people = RevisionHandlers(context: context)
        organizations = RevisionHandlers(context: context)
        events = RevisionHandlers(context: context)
        statements = RevisionHandlers(context: context)
    }
}
