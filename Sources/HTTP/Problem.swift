package import HTTPTypes
package import JSON

/// The one error shape: problem details (RFC 9457), for every error of every layer.
///
/// On the wire: `{"type","title","status","detail","instance","code","errors":[{"path","code","message"}],"hint","request_id"}`.
/// `code` is stable and listed in `docs/errors.md`; nothing of the program's inside is ever put in a member.
package struct Problem: Error, Sendable, Equatable {
    package var status: HTTPResponse.Status
    /// Stable, snake_case: `malformed_json`, `stale_version`.
    package var code: String
    /// One sentence for this occurrence.
    package var detail: String
    /// How to repair the request.
    package var hint: String?
    /// All the failing members of the request at once.
    package var errors: [MemberError]
    /// Fields that the answer must carry: `Allow`, `Retry-After`, `WWW-Authenticate`.
    package var fields: HTTPFields
    /// Members beyond the standard ones, such as `current_version`.
    package var extensions: [Extension]

    package init(
        _ status: HTTPResponse.Status, code: String, detail: String, hint: String? = nil, errors: [MemberError] = [],
        fields: HTTPFields = [:], extensions: [Extension] = []
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
        self.errors = errors
        self.fields = fields
        self.extensions = extensions
    }

    /// One failing member: where (a JSON Pointer, RFC 6901, or the parameter's name), which rule, and a sentence.
    package struct MemberError: Sendable, Equatable {
        package var path: String
        package var code: String
        package var message: String

        package init(path: String, code: String, message: String) {
            self.path = path
            self.code = code
            self.message = message
        }
    }

    package struct Extension: Sendable, Equatable {
        package var name: String
        package var value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}
