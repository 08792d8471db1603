internal import HTTP
internal import Newsroom

/// What the handlers have in common: the store, who may see and write what in it, the bounds, and where a failure of the store is told.
struct HandlerContext: Sendable {
    let newsroom: any NewsroomStore
    let access: Access
    let limits: APILimits

    /// Where lists that are streamed to their end take their place.
    let streams: StreamPlaces

    /// Told, for the log, what made the store fail; clients never see it.
    let report: FailureReport

    /// The answer to what the store threw.
    func problem(_ error: StoreError, _ request: Request) -> Problem {
        Problem(error, requestID: request.id, report: report)
    }

    /// Resources of one kind, as one request sees them.
    func shelf<Document: ServedDocument>(of _: Document.Type, for request: Request) -> Shelf<Document.R> {
        Shelf(store: Document.store(in: newsroom), requestID: request.id, report: report)
    }
}
