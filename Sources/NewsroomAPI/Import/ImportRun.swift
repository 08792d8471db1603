internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

/// One import under way, from the parts of its body to its answer.
struct ImportRun: Sendable {
    let newsroom: any NewsroomStore
    let actor: Actor
    let onError: ImportSession.OnError
    let limits: APILimits
    let requestID: RequestID
    let report: FailureReport

    /// Runs it to the end and tells how it went.
    ///
    /// - Throws: 422 `validation_failed` when it ended at a bad row, as asked; and what kept it from its end. Both tell what was written.
    func summary(of first: [UInt8]?, _ body: BodyParts, isPretty: Bool) async throws(Problem) -> Response {
        let results = ImportResults(problemCountMax: limits.importProblemCountMax)
        let (summary, failure) = await run(first, body, into: results) { true }
        if let failure { throw results.add(to: failure, summary) }
        guard !summary.isAborted else {
            let problem = Problem(
                .validationFailed,
                detail: "The import ended at a bad row: what was written before that is kept, nothing was written after it.",
                hint: "Mend the row and send the whole again: what is there already is left as it is.")
            throw results.add(to: problem, summary)
        }
        let bytes = JSONWriter.text(of: .object(JSONObject(results.members(with: summary))), pretty: isPretty)
        return Response(status: .ok, fields: [.contentType: "application/json", .cacheControl: "no-store"], body: .bytes(bytes))
    }

    /// Runs it to the end and writes a line for each row; the last line is the summary, with the problem that ended it, if one did.
    ///
    /// Lines are held back while the body comes, up to a bound: most clients send all before they read, and what they have not read must
    /// not keep them from sending.
    /// - Throws: `ConnectionLost`; what was read until then is written.
    func writeLines(of first: [UInt8]?, _ body: BodyParts, to sink: any ResponseBodySink) async throws {
        let results = ImportResults(writesLines: true)
        var isLost = false
        let (summary, failure) = await run(first, body, into: results) {
            guard results.lineByteCount >= limits.importHeldByteCountMax else { return true }
            do { try await sink.write(results.takeLines()) } catch { isLost = true }
            return !isLost
        }
        guard !isLost else { throw ConnectionLost() }
        var members: [JSONObject.Member] = [("summary", summary.value)]
        if let failure { members += [("code", .string(failure.code)), ("detail", .string(failure.detail))] }
        let last = JSONWriter.text(of: .object(JSONObject(members)))
        try await sink.write(results.takeLines() + last + [UInt8(ascii: "\n")])
    }

    /// Feeds the body to the import, as long as there is somebody to answer. Tells how far it came, and why no further. Where the body
    /// ends badly, what came of it is imported all the same.
    private func run(
        _ first: [UInt8]?, _ body: BodyParts, into results: ImportResults, goesOn: () async -> Bool
    ) async -> (ImportSummary, Problem?) {
        var session = ImportSession(into: newsroom, by: actor, limits: limits.importing, onError: onError) { results.add($0) }
        var body = body
        var part = first
        var failure: Problem?
        while let bytes = part, !session.isStopped {
            do { try await session.feed(bytes) } catch { return (session.summary, problem(error)) }
            guard await goesOn() else { return (await session.leave(), nil) }
            part = nil
            do { part = try await body.next() } catch { failure = error }
        }
        do { return (try await session.finish(), failure) } catch { return (session.summary, problem(error)) }
    }

    /// What is told of a single write is not true of an import, which has written something perhaps.
    private func problem(_ error: StoreError) -> Problem {
        var problem = Problem(error, requestID: requestID, report: report)
        problem.detail = "The import ended early: \(ImportProblem(error).message). What the summary counts is kept."
        return problem
    }
}
