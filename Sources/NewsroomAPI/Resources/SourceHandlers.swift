internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// What answers for unnamed sources, to those alone who may write.
struct SourceHandlers: Sendable {
    let context: HandlerContext

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try context.access.writer(of: request, of: .statement)
        let isPretty = try pretty(request)
        let id = try id(path)
        do { return answer(try await context.newsroom.sources.find(id), isPretty) } catch { throw problem(error, request) }
    }

    /// `{"note": "…"}`; null takes it away.
    func patch(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try context.access.writer(of: request, of: .statement)
        let isPretty = try pretty(request)
        let id = try id(path)
        try request.checkIsUnconditional()
        try request.checkIsPlain(repeating: "The same note may be sent again: it replaces the one before.")
        let object = try await request.document(as: PatchTypes.all, limits: context.limits)
        let (note, failures) = SourceFile.note(reading: object)
        guard failures.isEmpty else { throw .invalid(failures) }
        do {
            if object["note"] == nil { return answer(try await context.newsroom.sources.find(id), isPretty) }
            return answer(try await context.newsroom.sources.keep(note: note, of: id), isPretty)
        } catch {
            throw problem(error, request)
        }
    }

    /// `{"person": reference}`: 200 with the source, and the statements in which the person stands in its place now.
    func reveal(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: .statement)
        let wishes = try WriteWishes<StatementDocument>(of: request)
        let isPretty = try pretty(request)
        let id = try id(path)
        try request.checkIsUnconditional()
        let (object, body) = try await request.documentWithBody(as: [.json], limits: context.limits)
        let (person, failures) = SourceFile.person(reading: object)
        guard let person, failures.isEmpty else { throw .invalid(failures) }
        let receipt = try wishes.key(of: request, body: body).map { key in
            ReceiptTerms<SourceFile>(key: key) { Receipt(wishes.settled(answer($0, isPretty))) }
        }
        do throws(StoreError) {
            switch try await context.newsroom.sources.reveal(
                id, as: person, by: writer, isRehearsal: wishes.isRehearsal, receipt: receipt)
            {
            case .file(let file): return wishes.settled(answer(file, isPretty))
            case .receipt(let receipt, let isRepeated): return Response(receipt, isRepeated: isRepeated)
            }
        } catch {
            throw problem(error, request)
        }
    }

    private func pretty(_ request: Request) throws(Problem) -> Bool {
        try request.checkAcceptsJSON()
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        return isPretty
    }

    private func id(_ path: PathParameters) throws(Problem) -> SourceID {
        guard let id = SourceID(path["id"]) else { throw Problem(StoreError.notFound) }
        return id
    }

    /// Nobody keeps it.
    private func answer(_ file: SourceFile, _ isPretty: Bool) -> Response {
        var writer = JSONWriter(pretty: isPretty, reserving: 512)
        file.write(to: &writer)
        return Response(
            status: .ok, fields: [.contentType: "application/json", .cacheControl: "no-store", .vary: "Authorization"],
            body: .bytes(writer.finish()))
    }

    private func problem(_ error: StoreError, _ request: Request) -> Problem {
        context.problem(error, request)
    }
}
