internal import HTTP
internal import Newsroom

/// What a list of corrections was asked for with: filters, `limit`, `cursor` and `pretty`.
struct CorrectionParameters {
    let query: CorrectionQuery
    let isPretty: Bool
    /// What the link to the next page repeats: all parameters but the cursor.
    let repeated: [Parameters.Item]

    private static let ofOne = [
        "kind", "kind__in", "issued_at__gt", "issued_at__gte", "issued_at__lt", "issued_at__lte", "limit", "cursor", "pretty",
    ]

    /// - Parameter article: the one that they are of; nil: of all, which can be filtered by `article` and `section` too.
    /// - Throws: 400 `unknown_parameter`, `invalid_parameter` with all that is wrong, or `invalid_cursor`.
    init(of request: Request, _ article: ResourceKey<Article>?, _ limits: APILimits) throws(Problem) {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        repeated = parameters.items.filter { $0.name != "cursor" }
        isPretty = parameters.flag("pretty")
        let cursor = parameters.take("cursor")
        var query = CorrectionQuery(limit: parameters.limit(limits))
        query.of = article
        query.kinds = parameters.words(filtering: "kind", of: CorrectionKind.self, upTo: limits.filterValueCountMax)
        query.from = parameters.bound("issued_at__gte", "issued_at__gt", 1, max)
        query.to = parameters.bound("issued_at__lte", "issued_at__lt", -1, min)
        if article == nil {
            query.article = parameters.values("article", .reference(.article)).first
            if case .text(let section)? = parameters.values("section", .text).first { query.section = section }
        }
        try parameters.finish(known: CorrectionParameters.ofOne + (article == nil ? ["article", "section"] : []))
        if let cursor {
            guard let after = CorrectionCursor.position(of: cursor, in: query) else {
                throw Problem(
                    .invalidCursor, detail: "The cursor is not one that was given out for this list, with these filters.",
                    hint: "Follow `next` as it is, or begin again without a cursor.")
            }
            query.after = after
        }
        self.query = query
    }
}

extension Parameters {
    /// The bound that an inclusive and an exclusive parameter give; of both the narrower.
    ///
    /// - Parameter step: from the exclusive bound to the first instant within it, in milliseconds.
    fileprivate mutating func bound(
        _ inclusive: String, _ exclusive: String, _ step: Int64, _ narrower: (Int64, Int64) -> Int64
    ) -> Instant? {
        let including = instant(inclusive)?.milliseconds
        let excluding = instant(exclusive).map { $0.milliseconds + step }
        guard let including, let excluding else { return (including ?? excluding).map { Instant(milliseconds: $0) } }
        return Instant(milliseconds: narrower(including, excluding))
    }
}

/// A place in a list of corrections, as text: bound to the filters that it was made with. Its bytes, before base64url: form (1),
/// fingerprint of the list (8), when the correction before it was issued (8), its number (8), checksum (4); integers with the
/// lowest byte first.
enum CorrectionCursor {
    private static let form: UInt8 = 3
    private static let byteCount = 29

    static func text(of position: CorrectionPosition, in query: CorrectionQuery) -> String {
        var bytes = [form]
        append(fingerprint(of: query), to: &bytes)
        append(UInt64(bitPattern: position.issuedAt.milliseconds), to: &bytes)
        append(UInt64(bitPattern: position.key), to: &bytes)
        append(Fingerprint(of: bytes).bits, to: &bytes)
        return Base64URL.text(of: Array(bytes.prefix(byteCount)))
    }

    /// Nil for any other text, and for a place in another list.
    static func position(of text: String, in query: CorrectionQuery) -> CorrectionPosition? {
        guard let bytes = Base64URL.bytes(of: text), bytes.count == byteCount, bytes[0] == form,
            integer(bytes[25...]) == Fingerprint(of: Array(bytes[..<25])).bits & 0xFFFF_FFFF,
            integer(bytes[1..<9]) == fingerprint(of: query)
        else { return nil }
        return CorrectionPosition(
            issuedAt: Instant(milliseconds: Int64(bitPattern: integer(bytes[9..<17]))), key: Int64(bitPattern: integer(bytes[17..<25])))
    }

    private static func fingerprint(of query: CorrectionQuery) -> UInt64 {
        let bounds = "\(query.from?.milliseconds ?? .min),\(query.to?.milliseconds ?? .max)"
        let kinds = query.kinds.map(\.rawValue).joined(separator: ",")
        let name = "\(query.article.map { "\($0)" } ?? "-")"
        let section = query.section.map { "=\($0)" } ?? "-"
        return Fingerprint(of: Array([name, section, kinds, bounds].joined(separator: "\u{0}").utf8)).bits
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
