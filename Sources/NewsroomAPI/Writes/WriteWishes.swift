internal import Documents
internal import HTTP
internal import HTTPTypes
internal import Newsroom

/// How a client wants a write done and answered, beside what it writes: `pretty`, Prefer, Idempotency-Key.
struct WriteWishes<Document: ServedDocument>: Sendable {
    private let form: WantedForm<Document>
    private let preferences: Preferences

    /// - Throws: what stands in the way of any answer: 406, 400.
    init(of request: Request) throws(Problem) {
        form = try WantedForm<Document>.ofWriting(request)
        preferences = Preferences(of: request.fields)
    }

    var isRehearsal: Bool { preferences.isRehearsal }

    /// In the usual form, for what is written beside others.
    init(preferences: Preferences) {
        form = WantedForm(selection: nil, isPretty: false)
        self.preferences = preferences
    }

    /// The terms of a write that has no key.
    var terms: WriteTerms<Document.R> { WriteTerms(isRehearsal: isRehearsal, wantsRendering: form.isUsual) }

    /// The terms of a POST, which may have a key, and then keeps the answer that `shown` makes.
    ///
    /// - Throws: 400 for a malformed key.
    func terms(
        of request: Request, body: [UInt8], _ shown: @escaping @Sendable (Written<Document.R>) -> Response
    ) throws(Problem) -> WriteTerms<Document.R> {
        guard let key = try key(of: request, body: body) else { return terms }
        return WriteTerms(isRehearsal: isRehearsal, receipt: ReceiptTerms(key: key) { Receipt(shown(.resource($0))) })
    }

    /// The name of a POST, and all that is asked for under it; nil where it has none.
    ///
    /// - Throws: 400 for a malformed key.
    func key(of request: Request, body: [UInt8]) throws(Problem) -> IdempotencyKey? {
        try request.idempotencyKey(with: body)
    }

    /// 201 with the resource, or without.
    func created(_ written: Written<Document.R>) -> Response {
        response(to: written) { $0.created }
    }

    /// 200 with the resource, or 204.
    func changed(_ written: Written<Document.R>) -> Response {
        response(to: written) { $0.shown }
    }

    private func response(to written: Written<Document.R>, _ answer: (Representation) -> Response) -> Response {
        switch written {
        case .resource(let resource): settled(answer(form.representation(of: resource)))
        case .rendering(let rendering, let id): settled(answer(Representation(rendering, path: Document.url(of: id))))
        case .receipt(let receipt, let isRepeated): Response(receipt, isRepeated: isRepeated)
        }
    }

    /// 204, or 200 with the resource as it was: its last version has no place any more, and so no tag.
    func deleted(_ written: Written<Document.R>) -> Response {
        guard preferences.representation == .representation, case .resource(let resource) = written else {
            return settled(Response(status: .noContent, fields: AnswerFields.revalidated))
        }
        var response = settled(form.representation(of: resource).shown)
        response.fields[.eTag] = nil
        return response
    }

    func settled(_ response: Response) -> Response {
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
