internal import HTTP
internal import HTTPTypes
internal import Newsroom

/// How a client wants a write done and answered, beside what it writes: `pretty`, Prefer, Idempotency-Key.
struct WriteWishes<Document: ServedDocument>: Sendable {
    private let rendering: WantedForm<Document>
    private let preferences: Preferences

    /// - Throws: what stands in the way of any answer: 406, 400.
    init(of request: Request) throws(Problem) {
        rendering = try WantedForm<Document>.ofWriting(request)
        preferences = Preferences(of: request.fields)
    }

    var isRehearsal: Bool { preferences.isRehearsal }

    /// The terms of a write that has no key.
    var terms: WriteTerms<Document.R> { WriteTerms(isRehearsal: isRehearsal) }

    /// The terms of a POST, which may have a key, and then keeps the answer that `shown` makes.
    ///
    /// - Throws: 400 for a malformed key.
    func terms(
        of request: Request, body: [UInt8], _ shown: @escaping @Sendable (Document.R) -> Response
    ) throws(Problem) -> WriteTerms<Document.R> {
        guard let text = try request.idempotencyKey() else { return terms }
        let target = request.target
        let key = IdempotencyKey(text: text, request: [Array(request.method.rawValue.utf8), Array(target.bytes[..<target.end]), body])
        return WriteTerms(isRehearsal: isRehearsal, receipt: ReceiptTerms(key: key) { Receipt(shown($0)) })
    }

    /// 201 with the resource, or without.
    func created(_ resource: Document.R) -> Response {
        settled(rendering.representation(of: resource).created)
    }

    /// 200 with the resource, or 204.
    func changed(_ resource: Document.R) -> Response {
        settled(rendering.representation(of: resource).shown)
    }

    /// 204, or 200 with the resource as it was: its last version has no place any more, and so no tag.
    func deleted(_ resource: Document.R) -> Response {
        guard preferences.representation == .representation else {
            return settled(Response(status: .noContent, fields: AnswerFields.revalidated))
        }
        var response = settled(rendering.representation(of: resource).shown)
        response.fields[.eTag] = nil
        return response
    }

    private func settled(_ response: Response) -> Response {
        guard let applied = preferences.applied else { return response }
        var response = response
        if preferences.representation == .minimal {
            if response.status == .ok { response.status = .noContent }
            response.body = .none
            response.fields[.contentType] = nil
        }
        if isRehearsal {
            // They would name what is not there.
            response.fields[.location] = nil
            response.fields[.eTag] = nil
        }
        response.fields[.preferenceApplied] = applied
        response.fields.vary(by: "Prefer")
        return response
    }
}
