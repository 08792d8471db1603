internal import HTTP
internal import HTTPTypes
internal import Newsroom
internal import Routing

/// `GET /docs/errors`: what the `type` of every problem points to, a page of HTML with a row for each code.
///
/// It is made of the table that problems are made of, so that no code can be missing. Everybody may read it.
struct ErrorPage: Sendable {
    private static let types = [MediaType("text", "html")]
    /// Its own style and nothing else: no script, no frame around it (https://www.w3.org/TR/CSP3/).
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private let response: Response

    init() {
        let bytes = Array(ErrorPage.html.utf8)
        let fields: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "public, max-age=3600", .vary: "Accept",
            .eTag: EntityTag(Fingerprint(of: bytes).hexadecimal).description,
            .contentSecurityPolicy: ErrorPage.policy,
        ]
        response = Response(status: .ok, fields: fields, body: .bytes(bytes))
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try request.negotiated(ErrorPage.types)
        _ = try request.acceptedCoding()
        try Parameters(of: request).finish(known: [])
        return response
    }

    private static var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Dateline: errors</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        th, td { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0 }
        :target { background: #ff9 }
        </style>
        </head>
        <body>
        <h1>Errors</h1>
        <p>Every error is <code>application/problem+json</code> (RFC 9457). Its <code>code</code> is stable, sentences may change;
        <code>errors</code> lists all failing members at once, <code>hint</code> says how to repair the request, and
        <code>request_id</code> is what the server's log calls it.</p>
        <table>
        <thead><tr><th>code</th><th>status</th><th>title</th><th>meaning</th></tr></thead>
        <tbody>
        \(ProblemCode.allCases.map(row).joined(separator: "\n"))
        </tbody>
        </table>
        </body>
        </html>

        """
    }

    private static func row(_ code: ProblemCode) -> String {
        let cells = ["<code>\(code.rawValue)</code>", "\(code.status.code)", escaped(code.title), escaped(code.meaning)]
        return "<tr id=\"\(code.rawValue)\">\(cells.map { "<td>\($0)</td>" }.joined())</tr>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
