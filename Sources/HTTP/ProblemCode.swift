package import HTTPTypes

/// Every stable code that a problem can carry: `docs/errors.md` lists the same, in the same order.
package enum ProblemCode: String, CaseIterable, Sendable {
    case malformedRequest = "malformed_request"
    case malformedTarget = "malformed_target"
    case malformedBody = "malformed_body"
    case malformedJSON = "malformed_json"
    case jsonTooComplex = "json_too_complex"
    case malformedLine = "malformed_line"
    case unknownParameter = "unknown_parameter"
    case invalidParameter = "invalid_parameter"
    case unknownMember = "unknown_member"
    case invalidCursor = "invalid_cursor"
    case unauthorized
    case forbidden
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case notAcceptable = "not_acceptable"
    case requestTimeout = "request_timeout"
    case bodyTimeout = "body_timeout"
    case conflict
    case inUse = "in_use"
    case moveNotAllowed = "move_not_allowed"
    case merged
    case mergeRefused = "merge_refused"
    case backupRefused = "backup_refused"
    case gone
    case staleVersion = "stale_version"
    case bodyTooLarge = "body_too_large"
    case targetTooLong = "target_too_long"
    case unsupportedMediaType = "unsupported_media_type"
    case expectationFailed = "expectation_failed"
    case validationFailed = "validation_failed"
    case idempotencyKeyReused = "idempotency_key_reused"
    case preconditionRequired = "precondition_required"
    case tooManyAttempts = "too_many_attempts"
    case rateLimited = "rate_limited"
    case headTooLarge = "head_too_large"
    case `internal`
    case notImplemented = "not_implemented"
    case overloaded
    case unavailable
    case queryDeadline = "query_deadline"
    case writeQueueFull = "write_queue_full"
    case idempotencyKeysFull = "idempotency_keys_full"
    case databaseLocked = "database_locked"
    case versionNotSupported = "version_not_supported"
    case diskFull = "disk_full"

    /// Its status, its title (the same for every occurrence, RFC 9457 §3.1.4), and what it means.
    private var entry: (status: HTTPResponse.Status, title: String, meaning: String) {
        switch self {
        case .malformedRequest: (.badRequest, "Malformed request", "The request line or a header field breaks the rules of HTTP.")
        case .malformedTarget: (.badRequest, "Malformed target", "The path or the query is not a valid URL reference.")
        case .malformedBody: (.badRequest, "Malformed body", "The body ended early, or its chunks are broken.")
        case .malformedJSON: (.badRequest, "Malformed JSON", "The body is not one JSON text; line and column say where.")
        case .jsonTooComplex: (.badRequest, "JSON too complex", "The JSON text is deeper, or has more values or marks, than is taken.")
        case .malformedLine: (.badRequest, "Malformed line", "A line of an import is not a JSON object.")
        case .unknownParameter: (.badRequest, "Unknown parameter", "The query has a parameter that this route does not know.")
        case .invalidParameter: (.badRequest, "Invalid parameter", "A parameter of the query has a value that it cannot have.")
        case .unknownMember: (.badRequest, "Unknown member", "The body has a member that this resource does not have.")
        case .invalidCursor: (.badRequest, "Invalid cursor", "The cursor was not given out for this list, with these filters.")
        case .unauthorized: (.unauthorized, "Unauthorized", "The request needs a token, or its token is not valid.")
        case .forbidden: (.forbidden, "Forbidden", "The token is valid, but its role or its kinds do not allow this.")
        case .notFound: (.notFound, "Not found", "There is nothing at this path, or nothing that the client may see.")
        case .methodNotAllowed:
            (.methodNotAllowed, "Method not allowed", "The path exists but not for this method; Allow lists those it has.")
        case .notAcceptable: (.notAcceptable, "Not acceptable", "Accept excludes every form that this resource has.")
        case .requestTimeout: (.requestTimeout, "Request timeout", "The request head did not arrive in time.")
        case .bodyTimeout: (.requestTimeout, "Body timeout", "The body arrived too slowly.")
        case .conflict: (.conflict, "Conflict", "The resource's state, or another resource, forbids the change.")
        case .inUse: (.conflict, "In use", "Other resources refer to this one.")
        case .moveNotAllowed:
            (.conflict, "Move not allowed", "The resource's status does not allow this action; allowed lists those it does.")
        case .merged: (.conflict, "Merged", "The resource was merged into another one; merged_into names it.")
        case .mergeRefused:
            (.conflict, "Merge refused", "The two cannot be made one, or told apart, as they are; errors says why.")
        case .backupRefused:
            (.conflict, "Backup refused", "There is no folder for backups, the name is taken, or another backup runs.")
        case .gone: (.gone, "Gone", "The resource was deleted.")
        case .staleVersion: (.preconditionFailed, "Stale version", "If-Match or If-None-Match rules out the current version.")
        case .bodyTooLarge: (.contentTooLarge, "Body too large", "The body is larger than this route takes.")
        case .targetTooLong: (.uriTooLong, "Target too long", "The path and the query together are too long.")
        case .unsupportedMediaType: (.unsupportedMediaType, "Unsupported media type", "The body's Content-Type is not taken here.")
        case .expectationFailed: (.expectationFailed, "Expectation failed", "Expect asks for something other than 100-continue.")
        case .validationFailed: (.unprocessableContent, "Validation failed", "Members break the rules of the resource; errors lists all.")
        case .idempotencyKeyReused:
            (.unprocessableContent, "Idempotency key reused", "The Idempotency-Key belongs to another request of the last 24 hours.")
        case .preconditionRequired: (.preconditionRequired, "Precondition required", "The change needs an If-Match.")
        case .tooManyAttempts:
            (.tooManyRequests, "Too many attempts", "Too many wrong tokens came from this address; Retry-After says when to try again.")
        case .rateLimited:
            (.tooManyRequests, "Rate limited", "The token has made as many requests as it may; Retry-After says when it may again.")
        case .headTooLarge: (.requestHeaderFieldsTooLarge, "Head too large", "The request head is too large or has too many fields.")
        case .internal: (.internalServerError, "Internal error", "A fault of the server; request_id finds it in the log.")
        case .notImplemented: (.notImplemented, "Not implemented", "The method or the transfer coding is none that this server has.")
        case .overloaded: (.serviceUnavailable, "Overloaded", "Too many connections are open, or too many queries asked; try again later.")
        case .unavailable: (.serviceUnavailable, "Unavailable", "The server is starting, stopping, or cannot use its store.")
        case .queryDeadline: (.serviceUnavailable, "Query deadline", "The query took longer than a query may.")
        case .writeQueueFull: (.serviceUnavailable, "Write queue full", "Too many writes are waiting; try again later.")
        case .idempotencyKeysFull:
            (.serviceUnavailable, "Idempotency keys full", "There is no room to keep the answer of one more key; try again later.")
        case .databaseLocked: (.serviceUnavailable, "Database locked", "Another process holds the database; try again later.")
        case .versionNotSupported: (.httpVersionNotSupported, "HTTP version not supported", "The request is not in HTTP/1.1 or HTTP/1.0.")
        case .diskFull: (.init(code: 507, reasonPhrase: "Insufficient Storage"), "Disk full", "The store has no room for the change.")
        }
    }

    package var status: HTTPResponse.Status { entry.status }
    package var title: String { entry.title }
    package var meaning: String { entry.meaning }
}
