internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

extension Problem {
    /// What a client is told when the store did not do as asked: the only place where storage's errors become statuses.
    init(_ error: StoreError) {
        switch error {
        case .notFound:
            self.init(.notFound, detail: "There is no such resource.")
        case .gone:
            self.init(.gone, detail: "The resource was deleted.")
        case .staleVersion(let current):
            self = .staleVersion(current: current)
        case .conflict(let failures):
            self.init(
                .conflict, detail: "Another resource of this kind has this value already.",
                hint: "Choose another value, or change the resource that has it.", errors: Problem.memberErrors(failures))
        case .invalid(let failure):
            self = .invalid(failure.failures)
        case .invalidQuery(let member, let message):
            self = .invalidParameter(member, message)
        case .inUse(let kind, let count):
            self.init(
                .inUse, detail: "It cannot be deleted while others refer to it.",
                hint: "Remove the references first.",
                extensions: [Extension("kind", .string(kind.rawValue)), Extension("count", .integer(Int64(count)))])
        case .moveNotAllowed(let status, let allowed):
            self.init(
                .moveNotAllowed, detail: "Not where the status is `\(status)`.",
                hint: allowed.isEmpty ? "No action leads on from there." : "Allowed: \(allowed.joined(separator: ", ")).",
                extensions: [
                    Extension("resource_status", .string(status)), Extension("allowed", .array(allowed.map { .string($0) })),
                ])
        case .merged(let survivor):
            let path = Kind(ofID: survivor).map { "/v1/\($0.pathName)/\(survivor)" } ?? ""
            self.init(
                .merged, detail: "It was merged into \(survivor), which stands for it now.",
                hint: "Send the request to \(path), with what is read there.", fields: [.location: path],
                extensions: [
                    Extension("merged_into", .object(JSONObject([("id", .string(survivor)), ("url", .string(path))])))
                ])
        case .mergeRefused(let failures):
            self.init(
                .mergeRefused, detail: "The two cannot be made one, or told apart, as they are.",
                hint: "Each of `errors` says what is in the way, and what would settle it.", errors: Problem.memberErrors(failures))
        case .aheadOfTime:
            self = .invalidParameter("as_of", "must not lie in the future: what the database will say is not known")
        case .keyReused:
            self.init(
                .idempotencyKeyReused, detail: "This Idempotency-Key came with another request already. Nothing was written.",
                hint: "Send a new key with each new write, and the same one only to repeat a write to the letter.")
        case .keysFull:
            self.init(
                .idempotencyKeysFull, detail: "There is no room to keep another Idempotency-Key's answer. Nothing was written.",
                hint: "Try again in a minute, or send the write without a key.", fields: [.retryAfter: "60"])
        case .queueFull:
            self.init(
                .writeQueueFull, detail: "Too many writes are waiting. Nothing was written.",
                hint: "Try again in a moment.", fields: [.retryAfter: "1"])
        case .locked:
            self.init(
                .databaseLocked, detail: "Another process holds the database. Nothing was written.",
                hint: "Try again in a moment.", fields: [.retryAfter: "1"])
        case .overloaded:
            self.init(
                .overloaded, detail: "Too many queries are asked at once.",
                hint: "Try again in a moment.", fields: [.retryAfter: "1"])
        case .deadline:
            self.init(
                .queryDeadline, detail: "The query took longer than it may.",
                hint: "Narrow the filters, or ask without count=exact.", fields: [.retryAfter: "1"])
        case .diskFull:
            self.init(
                .diskFull, detail: "The disk is full. Nothing was written.",
                fields: [.retryAfter: "30"])
        case .unavailable:
            self.init(
                .unavailable, detail: "The store is not available.",
                fields: [.retryAfter: "5"])
        }
    }

    /// The stored version is not one that `If-Match` and `If-None-Match` allow (RFC 9110 §15.5.13).
    private static func staleVersion(current: Int) -> Problem {
        Problem(
            .staleVersion, detail: "The precondition does not hold: the version of the resource is \(current) now.",
            hint: "Read it again, make the change anew, and send the ETag of that answer in If-Match.",
            extensions: [Extension("current_version", .integer(Int64(current)))])
    }

    /// - Parameter name: empty for the query as a whole.
    private static func invalidParameter(_ name: String, _ message: String) -> Problem {
        Problem(
            .invalidParameter, detail: "\(name.isEmpty ? "The query" : "The parameter \(name)") \(message).",
            errors: [MemberError(path: name, code: "invalid_parameter", message: message)])
    }

    /// What is wrong with a document, all of it: 400 when it has members that do not exist, else 422.
    static func invalid(_ failures: [MemberFailure]) -> Problem {
        let errors = memberErrors(failures)
        guard failures.contains(where: { $0.rule == .unknownMember }) else {
            return Problem(
                .validationFailed, detail: sentence(counting: errors.count), errors: errors)
        }
        return Problem(
            .unknownMember, detail: "The document has members that do not exist.",
            hint: "GET /v1/meta lists the members of each kind.", errors: errors)
    }

    private static func memberErrors(_ failures: [MemberFailure]) -> [MemberError] {
        failures.map { MemberError(path: $0.path, code: $0.rule.rawValue, message: $0.message) }
    }

    private static func sentence(counting count: Int) -> String {
        count == 1 ? "One member of the document is not valid." : "\(count) members of the document are not valid."
    }
}
