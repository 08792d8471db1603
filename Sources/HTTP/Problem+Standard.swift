package import HTTPTypes

extension Problem {
    /// A problem of a listed code, with that code's status.
    package init(
        _ code: ProblemCode, detail: String, hint: String? = nil, errors: [MemberError] = [], fields: HTTPFields = [:],
        extensions: [Extension] = []
    ) {
        self.init(
            code.status, code: code.rawValue, detail: detail, hint: hint, errors: errors, fields: fields, extensions: extensions)
    }

    package static func malformedRequest(_ detail: String, hint: String? = nil) -> Problem {
        Problem(.malformedRequest, detail: detail, hint: hint)
    }

    package static func malformedBody(_ detail: String, hint: String? = nil) -> Problem {
        Problem(.malformedBody, detail: detail, hint: hint)
    }

    package static func notFound(_ detail: String = "There is nothing at this path.", hint: String? = nil) -> Problem {
        Problem(.notFound, detail: detail, hint: hint)
    }

    /// 405 with the `Allow` that RFC 9110 §15.5.6 demands.
    package static func methodNotAllowed(_ method: HTTPRequest.Method, allow: String) -> Problem {
        Problem(
            .methodNotAllowed, detail: "This path does not answer \(method.rawValue).", hint: "It answers \(allow).",
            fields: [.allow: allow])
    }

    package static func notAcceptable(offered: [MediaType]) -> Problem {
        let list = offered.map(\.description).joined(separator: ", ")
        return Problem(.notAcceptable, detail: "Accept excludes what this resource can be sent as.", hint: "It comes as \(list).")
    }

    package static func bodyTooLarge(byteCountMax: Int) -> Problem {
        Problem(.bodyTooLarge, detail: "The body is larger than \(byteCountMax) bytes.")
    }

    package static func requestTimeout() -> Problem {
        Problem(.requestTimeout, detail: "The request head did not arrive in time.")
    }

    package static func bodyTimeout() -> Problem {
        Problem(.bodyTimeout, detail: "The body arrived too slowly.")
    }

    package static func overloaded(retryAfterSeconds: Int = 1) -> Problem {
        Problem(.overloaded, detail: "Too many connections are open.", fields: [.retryAfter: String(retryAfterSeconds)])
    }

    package static func unreadAnswers(retryAfterSeconds: Int = 1) -> Problem {
        Problem(
            .overloaded, detail: "Too much of earlier answers waits for slow readers.",
            hint: "Ask for less at a time, such as a smaller limit.",
            fields: [.retryAfter: String(retryAfterSeconds)])
    }

    package static func unavailable(_ detail: String, retryAfterSeconds: Int = 1) -> Problem {
        Problem(.unavailable, detail: detail, fields: [.retryAfter: String(retryAfterSeconds)])
    }
}
