internal import HTTP
internal import HTTPTypes

/// What the body of a PATCH may be.
enum PatchTypes {
    static let all: [MediaType] = [.mergePatch, .json]
    /// As the value of a field (RFC 5789 §3.1).
    static let list = all.map(\.description).joined(separator: ", ")
}

extension Request {
    /// The one of `offered` that the client likes best.
    ///
    /// - Throws: 406 `not_acceptable` when it wants none of them.
    func negotiated(_ offered: [MediaType]) throws(Problem) -> MediaType {
        guard let type = MediaType.preferred(of: offered, accept: fields[.accept]) else { throw .notAcceptable(offered: offered) }
        return type
    }

    /// How the client takes the answer's body coded.
    ///
    /// - Throws: 406 `not_acceptable` when it takes it neither with gzip nor as it is (RFC 9110 §12.5.3).
    func acceptedCoding() throws(Problem) -> AcceptedCoding {
        let coding = AcceptedCoding(of: head.fields)
        guard coding != .none else {
            throw Problem(
                .notAcceptable, detail: "Accept-Encoding excludes every coding that there is.", hint: "There are gzip and identity.")
        }
        return coding
    }

    /// Sees to it that the client takes JSON, which is all that most routes have.
    func checkAcceptsJSON() throws(Problem) {
        guard let accept = head.fields[.accept], accept != "*/*", accept != "application/json" else { return }
        _ = try negotiated([.json])
    }

    /// Sees to it that the body is of one of these types, in UTF-8 and not encoded.
    ///
    /// - Throws: 415 `unsupported_media_type` for another type, for none, for another charset and for any Content-Encoding.
    func checkContentType(_ accepted: [MediaType]) throws(Problem) {
        guard fields[.contentEncoding] == nil || fields[.contentEncoding]?.lowercased() == "identity" else {
            throw Problem(
                .unsupportedMediaType, detail: "The body has a Content-Encoding.", hint: "Send it as it is.",
                fields: [.acceptEncoding: "identity"])
        }
        let type = fields[.contentType].flatMap { MediaType($0) }
        guard let type, accepted.contains(where: { $0.isSame(as: type) }) else { throw unsupported(accepted) }
        if let charset = type["charset"], charset.lowercased() != "utf-8" { throw unsupported(accepted) }
    }

    private func unsupported(_ accepted: [MediaType]) -> Problem {
        let list = accepted.map(\.description).joined(separator: ", ")
        var offer: HTTPFields = [:]
        switch method {
        case .patch: offer[.acceptPatch] = list
        case .post: offer[.acceptPost] = list
        // PUT has no field of its own; this one may stand in answers too (RFC 9110 §12.5.1).
        case .put: offer[.accept] = list
        default: break
        }
        let types = Set(accepted.map(\.essence)).contains(MediaType.json.essence) ? "with curl by --json, " : ""
        return Problem(
            .unsupportedMediaType, detail: "The body's Content-Type is not taken here.",
            hint: "Say what it is, \(types)in the field Content-Type: \(list); UTF-8 is the only charset.", fields: offer)
    }
}

extension HTTPField.Name {
    /// RFC 5789 §3.1.
    static let acceptPatch = known("Accept-Patch")
    /// https://www.w3.org/TR/ldp/#header-accept-post
    static let acceptPost = known("Accept-Post")
}
