internal import HTTP
internal import Newsroom

/// What one revision was asked for with: `diff` and `pretty`.
struct RevisionParameters {
    /// The version that it is compared with.
    let base: Int?
    let isPretty: Bool

    init(of request: Request) throws(Problem) {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        isPretty = parameters.flag("pretty")
        let text = parameters.take("diff")
        base = text.flatMap(RevisionParameters.version)
        if text != nil, base == nil { parameters.fail("diff", "must be the number of a version: 1, 2, 3 …") }
        try parameters.finish(known: ["diff", "pretty"])
    }

    /// 1, 2, 3 … as it is written; nil for any other text.
    static func version(_ text: String) -> Int? {
        guard let number = WholeNumber.value(of: text), let version = Int(exactly: number), version >= 1 else { return nil }
        return version
    }

    static var unknownBase: Problem {
        let message = "names no version that can be read"
        return Problem(
            .invalidParameter, detail: "The parameter diff \(message).", hint: "The resource's revisions list its versions.",
            errors: [Problem.MemberError(path: "diff", code: "invalid_parameter", message: message)])
    }
}

/// What a list of revisions was asked for with: `limit`, `cursor`, `sort` and `pretty`.
struct RevisionListParameters {
    let query: RevisionQuery
    let isPretty: Bool
    /// What the link to the next page repeats: all parameters but the cursor.
    let repeated: [Parameters.Item]

    init(of request: Request, _ limits: APILimits) throws(Problem) {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        repeated = parameters.items.filter { $0.name != "cursor" }
        isPretty = parameters.flag("pretty")
        let cursor = parameters.take("cursor")
        var query = RevisionQuery(limit: parameters.limit(limits))
        switch parameters.take("sort") {
        case nil, "-version": break
        case "version": query.isDescending = false
        default: parameters.fail("sort", "must be one of version, -version")
        }
        try parameters.finish(known: ["limit", "cursor", "sort", "pretty"])
        if let cursor {
            guard let after = RevisionCursor.version(of: cursor, isDescending: query.isDescending) else {
                throw Problem(
                    .invalidCursor, detail: "The cursor is not one that was given out for this list, with this sort.",
                    hint: "Follow `next` as it is, or begin again without a cursor.")
            }
            query.after = after
        }
        self.query = query
    }
}

/// A place in a list of revisions, as text: the version before it, and the order. Its bytes, before base64url: form (1), order (1), version
/// (8, the lowest first), checksum (4).
enum RevisionCursor {
    private static let form: UInt8 = 2

    static func text(of version: Int, isDescending: Bool) -> String {
        var bytes: [UInt8] = [form, isDescending ? 1 : 0]
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: version >> shift)) }
        return Base64URL.text(of: bytes + checksum(of: bytes))
    }

    /// Nil for any other text, and for a place in the other order.
    static func version(of text: String, isDescending: Bool) -> Int? {
        guard let bytes = Base64URL.bytes(of: text), bytes.count == 14, bytes[0] == form, bytes[1] == (isDescending ? 1 : 0) else {
            return nil
        }
        guard checksum(of: Array(bytes[..<10])) == Array(bytes[10...]) else { return nil }
        return bytes[2..<10].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func checksum(of bytes: [UInt8]) -> [UInt8] {
        let bits = Fingerprint(of: bytes).bits
        return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (UInt64($0) * 8)) }
    }
}
