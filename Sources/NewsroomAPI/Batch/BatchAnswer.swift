internal import HTTP
internal import HTTPTypes
internal import JSON

/// What all operations of a batch have in common.
struct BatchRequest: Sendable {
    let request: Request
    let preferences: Preferences
    private let isPretty: Bool

    init(of request: Request) throws(Problem) {
        try request.checkAcceptsJSON()
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        self.request = request
        preferences = Preferences(of: request.fields)
    }

    /// `{"results": [{"status", "location", "etag", "body"}]}`
    func answer(_ results: [BatchResult]) -> Response {
        var writer = JSONWriter(pretty: isPretty, reserving: 256 + results.reduce(0) { $0 + 128 + ($1.body?.count ?? 0) })
        writer.beginObject()
        writer.name("results")
        writer.beginArray()
        for result in results { result.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        var response = Response(status: .ok, fields: AnswerFields.json, body: .bytes(writer.finish()), awaitsCoding: true)
        if let applied = preferences.applied {
            response.fields[.preferenceApplied] = applied
            response.fields.vary(by: "Prefer")
        }
        return response
    }
}

/// What one operation would have been answered with alone, as far as it is told in a batch.
struct BatchResult: Sendable {
    private let status: Int
    private let location: String?
    private let tag: String?
    /// A JSON text.
    private(set) var body: [UInt8]?
    private var isBodyLeftOut = false

    init(_ response: Response) {
        status = response.status.code
        location = response.fields[.location]
        tag = response.fields[.eTag]
        if case .bytes(let bytes) = response.body { body = bytes }
    }

    /// For a batch whose bodies are more than an answer holds.
    mutating func leaveBodyOut() {
        guard body != nil else { return }
        body = nil
        isBodyLeftOut = true
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("status")
        writer.integer(Int64(status))
        if let location {
            writer.name("location")
            writer.string(location)
        }
        if let tag {
            writer.name("etag")
            writer.string(tag)
        }
        if let body {
            writer.name("body")
            writer.raw(body)
        }
        if isBodyLeftOut {
            writer.name("body_left_out")
            writer.bool(true)
        }
        writer.endObject()
    }
}

extension Problem {
    /// The same, its members found below a path.
    func below(_ path: String) -> Problem {
        var problem = self
        problem.errors = errors.map { MemberError(path: path + $0.path, code: $0.code, message: $0.message) }
        return problem
    }

    /// Of an operation's problem what the whole batch is answered with.
    ///
    /// - Parameter doneCount: how many operations were done before it, and are undone.
    func ofOperation(_ index: Int, doneBefore doneCount: Int, among count: Int) -> Problem {
        var problem = below("/operations/\(index)")
        problem.detail = "Operation \(index) failed, and nothing of the batch is kept. \(detail)"
        // Where the operation should have gone is told by its members; the batch itself has not moved.
        problem.fields[.location] = nil
        let results = (0..<count).map { place -> JSONValue in
            guard place != index else {
                return ["outcome": "failed", "status": .integer(Int64(status.code)), "code": .string(code)]
            }
            return ["outcome": place < doneCount ? "undone" : "not_tried"]
        }
        problem.extensions += [Extension("operation", .integer(Int64(index))), Extension("results", .array(results))]
        return problem
    }
}
