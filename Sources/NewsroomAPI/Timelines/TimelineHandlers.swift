internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// `GET /v1/timeline`, and those of an event and a person: what happened, what was said and what was printed, in one order; and
/// `GET /v1/desk`.
struct TimelineHandlers: Sendable {
    let context: HandlerContext

    func all(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await timeline(request, at: "/v1/timeline") { () throws(Problem) in .all }
    }

    func ofEvent(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await timeline(request, at: "\(EventDocument.path)/\(path["id"])/timeline") { () throws(Problem) in
            .event(try path.key(of: EventDocument.self))
        }
    }

    func ofPerson(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await timeline(request, at: "\(PersonDocument.path)/\(path["id"])/timeline") { () throws(Problem) in
            .person(try path.key(of: PersonDocument.self))
        }
    }

    func desk(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        try context.access.checkIsNewsroom(viewer, "The desk is the newsroom's own.")
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        var desk: DeskSummary
        do throws(StoreError) {
            desk = try await context.newsroom.desk(as: viewer)
            var open = ConflictQuery(limit: DeskSummary.sectionCountMax)
            open.status = .open
            let page = try await context.newsroom.conflicts.page(open, as: viewer)
            desk.openConflicts = DeskSummary.Section(items: page.items, hasMore: page.next != nil)
        } catch {
            throw context.problem(error, request)
        }
        var writer = JSONWriter(pretty: isPretty, reserving: 8_192)
        desk.write(to: &writer)
        return Response(status: .ok, fields: AnswerFields.json, body: .bytes(writer.finish()), awaitsCoding: true)
    }

    private func timeline(
        _ request: Request, at path: String, of subject: () throws(Problem) -> TimelineQuery.Subject
    ) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let asked = try TimelineParameters(of: request, try subject(), context.limits)
        let page: TimelinePage
        do throws(StoreError) {
            page = try await context.newsroom.timeline(asked.query, as: viewer)
        } catch {
            throw context.problem(error, request)
        }
        return asked.answer(with: page, at: path)
    }
}

extension TimelineParameters {
    /// `{"clock", "data": […], "page": {"limit", "next"}}`, with the next page also as a link (RFC 8288).
    fileprivate func answer(with page: TimelinePage, at path: String) -> Response {
        let next = NextPage(
            path: path, repeated: repeated, limit: query.limit, cursor: page.next.map { TimelineCursor.text(of: $0, in: query) })
        return next.answer(with: page.entries, isPretty: isPretty, reserving: 1_024) { writer in
            writer.name("clock")
            writer.string(query.clock.rawValue)
        } _: { entry, writer in
            entry.write(to: &writer)
        }
    }
}

extension Router {
    /// The routes that look across kinds. What is on the desk depends on the moment, so no answer of it is kept.
    mutating func addTimelines(_ timelines: TimelineHandlers, _ keeping: Keeping) {
        get("/v1/timeline", keeping(timelines.all), summary: "what happened, was said and was printed, in one order")
        get("/v1/events/{id}/timeline", keeping(timelines.ofEvent), summary: "the same of an event and its parts")
        get("/v1/people/{id}/timeline", keeping(timelines.ofPerson), summary: "the same of a person")
        get("/v1/desk", timelines.desk, summary: "what an editor asks in the morning")
    }
}
