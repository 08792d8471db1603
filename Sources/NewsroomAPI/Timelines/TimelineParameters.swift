internal import HTTP
internal import Newsroom

/// What a timeline was asked for with.
struct TimelineParameters {
    let query: TimelineQuery
    let isPretty: Bool
    /// What the link to the next page repeats: all parameters but the cursor.
    let repeated: [Parameters.Item]

    private static let names = ["clock", "from", "to", "known_by", "kind", "kind__in", "order", "limit", "cursor", "pretty"]

    /// - Throws: 400 `unknown_parameter`, `invalid_parameter` with all that is wrong, or `invalid_cursor`.
    init(of request: Request, _ subject: TimelineQuery.Subject, _ limits: APILimits) throws(Problem) {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        repeated = parameters.items.filter { $0.name != "cursor" }
        isPretty = parameters.flag("pretty")
        let cursor = parameters.take("cursor")
        var query = TimelineQuery(of: subject, limit: parameters.limit(limits))
        query.clock = parameters.word("clock", of: TimelineClock.self) ?? .occurred
        query.isDescending = parameters.word("order", of: TimelineOrder.self) == .descending
        query.kinds = parameters.words(filtering: "kind", of: TimelineKind.self, upTo: TimelineKind.allCases.count)
        query.from = parameters.instant("from")
        query.to = parameters.lastInstant("to")
        query.knownBy = parameters.lastInstant("known_by")
        if let from = query.from, let to = query.to, from > to { parameters.fail("to", "lies before from") }
        try parameters.finish(known: TimelineParameters.names)
        if let cursor {
            guard let after = TimelineCursor.position(of: cursor, in: query) else {
                throw Problem(
                    .invalidCursor, detail: "The cursor is not one that was given out for this timeline, with these parameters.",
                    hint: "Follow `next` as it is, or begin again without a cursor.")
            }
            query.after = after
        }
        self.query = query
    }
}

private enum TimelineOrder: String, CaseIterable {
    case ascending = "asc"
    case descending = "desc"
}

/// A place in a timeline, as text: bound to all that it was asked for with but `limit`. Its bytes, before base64url: form (1), fingerprint
/// of the timeline (8), the instant of the entry before it (8), its kind (1), its number (8), checksum (4); integers with the lowest byte
/// first.
enum TimelineCursor {
    private static let form: UInt8 = 5
    private static let checkedByteCount = 26

    static func text(of position: TimelinePosition, in query: TimelineQuery) -> String {
        var bytes = [form]
        append(fingerprint(of: query), to: &bytes)
        append(UInt64(bitPattern: position.at.milliseconds), to: &bytes)
        bytes.append(UInt8(position.kind.rank))
        append(UInt64(bitPattern: position.key), to: &bytes)
        append(Fingerprint(of: bytes).bits, to: &bytes)
        return Base64URL.text(of: Array(bytes.prefix(checkedByteCount + 4)))
    }

    /// Nil for any other text, and for a place in another timeline.
    static func position(of text: String, in query: TimelineQuery) -> TimelinePosition? {
        guard let bytes = Base64URL.bytes(of: text), bytes.count == checkedByteCount + 4, bytes[0] == form,
            integer(bytes[checkedByteCount...]) == Fingerprint(of: Array(bytes[..<checkedByteCount])).bits & 0xFFFF_FFFF,
            integer(bytes[1..<9]) == fingerprint(of: query), let kind = TimelineKind.allCases.first(where: { $0.rank == Int(bytes[17]) })
        else { return nil }
        return TimelinePosition(
            at: Instant(milliseconds: Int64(bitPattern: integer(bytes[9..<17]))), kind: kind,
            key: Int64(bitPattern: integer(bytes[18..<26])))
    }

    private static func fingerprint(of query: TimelineQuery) -> UInt64 {
        let bounds = [query.from, query.to, query.knownBy].map { $0.map { String($0.milliseconds) } ?? "-" }
        let kinds = query.kinds.map(\.rawValue).joined(separator: ",")
        let parts = ["\(query.subject)", query.clock.rawValue, kinds, query.isDescending ? "desc" : "asc"] + bounds
        return Fingerprint(of: Array(parts.joined(separator: "\u{0}").utf8)).bits
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
