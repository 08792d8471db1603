internal import Documents
internal import HTTP
internal import HTTPTypes
internal import Newsroom
internal import Routing

/// `POST /v1/import`: records of all kinds, one a line, written while they come in.
///
/// The answer is a summary with the first problems; or, where the client asks for NDJSON, a line for each row and a summary as the last.
struct ImportHandlers: Sendable {
    /// What NDJSON is called: it has no registered name.
    private static let lineTypes = [MediaType.ndjson, MediaType("application", "ndjson"), MediaType("application", "jsonl")]

    let context: HandlerContext

    func run(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request)
        let answerType = try request.negotiated([.json] + ImportHandlers.lineTypes)
        _ = try request.acceptedCoding()
        let parameters = try ImportParameters(of: request)
        try request.checkIsUnconditional()
        try request.checkIsPlain(repeating: "An import of records with external ids may be repeated as it is.")
        try request.checkContentType(ImportHandlers.lineTypes)
        let run = ImportRun(
            newsroom: context.newsroom, actor: writer, onError: parameters.onError, limits: context.limits, requestID: request.id,
            report: context.report)
        // The first part is read before anything is answered, since a client may wait to be told to go on (RFC 9110 §10.1.1).
        var body = try BodyParts(of: request.body, upTo: context.limits.importByteCountMax)
        let first = try await body.next()
        guard answerType == .json else { return lines(run, first, body, as: answerType) }
        return try await run.summary(of: first, body, isPretty: parameters.isPretty)
    }

    private func lines(_ run: ImportRun, _ first: [UInt8]?, _ body: BodyParts, as type: MediaType) -> Response {
        let fields: HTTPFields = [.contentType: type.description, .cacheControl: "no-store"]
        return Response(
            status: .ok, fields: fields, body: .stream { sink in try await run.writeLines(of: first, body, to: sink) })
    }
}

/// The parameters of an import.
struct ImportParameters {
    let onError: ImportSession.OnError
    let isPretty: Bool

    init(of request: Request) throws(Problem) {
        var parameters = try Parameters(of: request)
        isPretty = parameters.flag("pretty")
        let text = parameters.take("on_error") ?? ImportSession.OnError.skip.rawValue
        let onError = ImportSession.OnError(rawValue: text)
        if onError == nil { parameters.fail("on_error", "must be skip or abort") }
        try parameters.finish(known: ["on_error", "pretty"])
        self.onError = onError ?? .skip
    }
}

/// The body of a request, part by part and bounded as a whole.
struct BodyParts: Sendable {
    private let body: RequestBody
    private let byteCountMax: Int
    private var byteCount = 0
    private var hasEnded = false

    /// - Throws: 413 `body_too_large` where the length is known beforehand and too great.
    init(of body: RequestBody, upTo byteCountMax: Int) throws(Problem) {
        self.body = body
        self.byteCountMax = byteCountMax
        if case .stream(_, let byteCount?) = body, byteCount > byteCountMax { throw .bodyTooLarge(byteCountMax: byteCountMax) }
    }

    /// The next part, nil at the end.
    ///
    /// - Throws: 413 `body_too_large` when there is more than there may be, and what the source throws.
    mutating func next() async throws(Problem) -> [UInt8]? {
        guard !hasEnded, let part = try await nextUnbounded() else { return nil }
        byteCount += part.count
        guard byteCount <= byteCountMax else { throw .bodyTooLarge(byteCountMax: byteCountMax) }
        return part
    }

    private mutating func nextUnbounded() async throws(Problem) -> [UInt8]? {
        switch body {
        case .none:
            return nil
        case .bytes(let bytes):
            hasEnded = true
            return bytes
        case .stream(let source, _):
            return try await source.next()
        }
    }
}
