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

    init(_ newsroom: any NewsroomStore, access: Access, limits: APILimits, report: @escaping FailureReport) {
        articles = RevisionHandlers(newsroom, access: access, limits: limits, report: report)
        people = RevisionHandlers(newsroom, access: access, limits: limits, report: report)
        organizations = RevisionHandlers(newsroom, access: access, limits: limits, report: report)
        events = RevisionHandlers(newsroom, access: access, limits: limits, report: report)
        statements = RevisionHandlers(newsroom, access: access, limits: limits, report: report)
    }
}
