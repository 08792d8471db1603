internal import Documents
internal import Newsroom

typealias StatementHandlers = ResourceHandlers<StatementDocument>

/// Statements come as a clipping has them: what was said last first.
extension StatementDocument: ServedDocument {
    static var sortDefault: Sort<Statement.SortMember> { Sort(.saidAt, descending: true) }
    static let columnsDefault = [
        "id", "said_at", "speaker", "chain", "hops", "manner", "form", "text", "article", "events", "status", "corrects", "claim",
        "external_ids", "updated_at",
    ]

    static func store(in newsroom: any NewsroomStore) -> any ResourceStore<Statement> { newsroom.statements }

    static func perform(
        _ write: ResourceWrite<Statement>, in transaction: any NewsroomTransaction, by actor: Actor
    ) throws(StoreError) -> Written<Statement> {
        try transaction.perform(write, by: actor)
    }
}
