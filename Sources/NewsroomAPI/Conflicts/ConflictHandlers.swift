internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// Questions on which statements contradict each other, and how they were settled.
struct ConflictHandlers: Sendable {
    let context: HandlerContext

    func list(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let asked = try ConflictParameters(of: request, context.limits)
        do {
            return asked.answer(with: try await context.newsroom.conflicts.page(asked.query, as: viewer))
        } catch {
            throw problem(error, request)
        }
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        let knownBy = parameters.lastInstant("known_by")
        try parameters.finish(known: ["known_by", "pretty"])
        let id = try id(path)
        do {
            return answer(try await context.newsroom.conflicts.find(id, knownBy: knownBy, as: viewer), isPretty)
        } catch {
            throw problem(error, request)
        }
    }

    /// `{"value", "how", "basis"}`: 200 with the conflict as it is then; 404 where there is none, 422 without `how`.
    func resolve(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: .statement)
        let wishes = try WriteWishes<StatementDocument>(of: request)
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        let id = try id(path)
        try request.checkIsUnconditional()
        let (object, body) = try await request.documentWithBody(as: [.json], limits: context.limits)
        let proposal = ConflictResolution.Draft.read(object)
        let receipt = try wishes.key(of: request, body: body).map { key in
            ReceiptTerms<Conflict>(key: key) { Receipt(wishes.settled(answer($0, isPretty))) }
        }
        do throws(StoreError) {
            switch try await context.newsroom.conflicts.resolve(id, proposal, by: writer, isRehearsal: wishes.isRehearsal, receipt: receipt)
            {
            case .conflict(let conflict): return wishes.settled(answer(conflict, isPretty))
            case .receipt(let receipt, let isRepeated): return Response(receipt, isRepeated: isRepeated)
            }
        } catch {
            throw problem(error, request)
        }
    }

    private func id(_ path: PathParameters) throws(Problem) -> ConflictID {
        guard let id = ConflictID(path["id"]) else { throw Problem(StoreError.notFound) }
        return id
    }

    private func answer(_ conflict: Conflict, _ isPretty: Bool) -> Response {
        var writer = JSONWriter(pretty: isPretty, reserving: 2_048)
        conflict.write(to: &writer)
        return Response(status: .ok, fields: AnswerFields.json, body: .bytes(writer.finish()), awaitsCoding: true)
    }

    private func problem(_ error: StoreError, _ request: Request) -> Problem {
        context.problem(error, request)
    }
}

extension Router {
    /// The routes of conflicts.
    mutating func addConflicts(_ conflicts: ConflictHandlers, _ keeping: Keeping) {
        get("/v1/conflicts", keeping(conflicts.list), summary: "where statements contradict each other, both sides of it")
        get("/v1/conflicts/{id}", keeping(conflicts.show), summary: "one conflict, and how it was settled")
        post("/v1/conflicts/{id}/actions/resolve", conflicts.resolve, summary: "record how a conflict was settled")
    }
}
