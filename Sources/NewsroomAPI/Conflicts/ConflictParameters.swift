internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

/// What a list of conflicts was asked for with: `event`, `property`, `status`, `known_by`, `limit`, `cursor` and `pretty`; and how it is
/// answered.
struct ConflictParameters {
    let query: ConflictQuery
    private let isPretty: Bool
    /// What the link to the next page repeats: all parameters but the cursor.
    private let repeated: [Parameters.Item]

    /// - Throws: 400 `unknown_parameter`, `invalid_parameter` with all that is wrong, or `invalid_cursor`.
    init(of request: Request, _ limits: APILimits) throws(Problem) {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        repeated = parameters.items.filter { $0.name != "cursor" }
        isPretty = parameters.flag("pretty")
        let cursor = parameters.take("cursor")
        var query = ConflictQuery(limit: parameters.limit(limits))
        query.event = parameters.event()
        query.property = parameters.property()
        query.status = parameters.word("status", of: ConflictStatus.self)
        query.knownBy = parameters.lastInstant("known_by")
        try parameters.finish(known: ["event", "property", "status", "known_by", "limit", "cursor", "pretty"])
        if let cursor {
            guard let after = ConflictCursor.position(of: cursor, in: query) else {
                throw Problem(
                    .invalidCursor, detail: "The cursor is not one that was given out for this list, with these filters.",
                    hint: "Follow `next` as it is, or begin again without a cursor.")
            }
            query.after = after
        }
        self.query = query
    }

    /// `{"data": […], "page": {"limit", "next"}}`, with the next page also as a link (RFC 8288).
    func answer(with page: ConflictPage) -> Response {
        let next = NextPage(
            path: "/v1/conflicts", repeated: repeated, limit: query.limit,
            cursor: page.next.map { ConflictCursor.text(of: $0, in: query) })
        return next.answer(with: page.items, isPretty: isPretty, reserving: 2_048) { $0.write(to: &$1) }
    }
}

extension Parameters {
    fileprivate mutating func event() -> Reference<Event>? {
        switch values("event", .reference(.event)).first {
        case .id(let id)?: ID<Event>(id).map { .id($0) }
        case .slug(let slug)?: .slug(slug)
        case .externalID(let id)?: .externalID(id)
        case .text?, .integer?, .instant?, .window?, .office?, nil: nil
        }
    }

    fileprivate mutating func property() -> String? {
        guard let text = take("property") else { return nil }
        if Claim.isProperty(text) { return text }
        fail("property", "must be the property of a claim: 1 to 100 of a-z, 0-9, _, . and -, a letter first")
        return nil
    }
}

/// A place among conflicts, as text: a JSON array of the filters, key and property; behind it a checksum (4), and base64url of both.
enum ConflictCursor {
    static func text(of position: ConflictPosition, in query: ConflictQuery) -> String {
        let bytes = JSONWriter.text(of: .array([.string(filters(of: query)), .integer(position.key), .string(position.property)]))
        return Base64URL.text(of: bytes + checksum(of: bytes))
    }

    /// Nil for any other text, and for a place in another list.
    static func position(of text: String, in query: ConflictQuery) -> ConflictPosition? {
        guard let bytes = Base64URL.bytes(of: text), bytes.count > 4, checksum(of: Array(bytes.dropLast(4))) == Array(bytes.suffix(4)),
            case .array(let values)? = try? JSONReader.read(Array(bytes.dropLast(4))), values.count == 3,
            values[0] == .string(filters(of: query)), case .integer(let key) = values[1], case .string(let property) = values[2]
        else { return nil }
        return ConflictPosition(key: key, property: property)
    }

    private static func filters(of query: ConflictQuery) -> String {
        let event = query.event.map { "\($0)" } ?? "-"
        let parts = [event, query.property ?? "-", query.status?.rawValue ?? "-", query.knownBy.map { "\($0.milliseconds)" } ?? "-"]
        let bits = Fingerprint(of: Array(parts.joined(separator: "\u{0}").utf8)).bits
        return "conflicts \(bits)"
    }

    private static func checksum(of bytes: [UInt8]) -> [UInt8] {
        let bits = Fingerprint(of: bytes).bits
        return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (UInt64($0) * 8)) }
    }
}
