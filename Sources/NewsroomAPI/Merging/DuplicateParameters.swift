internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

/// What a list of pairs was asked for with: `min_score`, `limit`, `cursor` and `pretty`; and how it is answered.
struct DuplicateParameters<Document: ServedDocument> where Document.R: Documented {
    let query: DuplicateQuery
    private let isPretty: Bool
    /// What the link to the next page repeats: all parameters but the cursor.
    private let repeated: [Parameters.Item]

    init(of request: Request, _ limits: APILimits) throws(Problem) {
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        repeated = parameters.items.filter { $0.name != "cursor" }
        isPretty = parameters.flag("pretty")
        let cursor = parameters.take("cursor")
        var query = DuplicateQuery(limit: parameters.limit(limits))
        if let text = parameters.take("min_score") {
            let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
            if isPlain, let score = Double(text), (0...1).contains(score) {
                query.scoreMin = score
            } else {
                parameters.fail("min_score", "must be a number from 0 to 1, such as 0.8")
            }
        }
        try parameters.finish(known: ["min_score", "limit", "cursor", "pretty"])
        if let cursor {
            guard let after = DuplicateCursor.position(of: cursor, in: Document.R.kind) else {
                throw Problem(
                    .invalidCursor, detail: "The cursor is not one that was given out for this list.",
                    hint: "Follow `next` as it is, or begin again without a cursor.")
            }
            query.after = after
        }
        self.query = query
    }

    /// `{"data": [{"score", "reasons", "one", "other"}], "page": {"limit", "next"}}`, with the next page also as a link (RFC 8288).
    func answer(with page: DuplicatePage<Document.R>) -> Response {
        let next = NextPage(
            path: "\(Document.path)/duplicates", repeated: repeated, limit: query.limit,
            cursor: page.next.map { DuplicateCursor.text(of: $0, in: Document.R.kind) })
        return next.answer(with: page.items, isPretty: isPretty, reserving: 1_024) { $0.write(to: &$1) }
    }
}

/// A place among pairs, as text: a JSON array of kind, block, detail, key and, where it is among the neighbours of a row, detail and key of
/// the last one; behind it a checksum (4), and base64url of both.
enum DuplicateCursor {
    static func text(of position: DuplicatePosition, in kind: Kind) -> String {
        var values: [JSONValue] = [
            .string(kind.rawValue), .string(position.block.text), .string(position.block.detail), .integer(position.key),
        ]
        if let other = position.other { values += [.string(other.detail), .integer(other.key)] }
        let bytes = JSONWriter.text(of: .array(values))
        return Base64URL.text(of: bytes + checksum(of: bytes))
    }

    /// Nil for any other text, and for a place in the list of another kind.
    static func position(of text: String, in kind: Kind) -> DuplicatePosition? {
        guard let bytes = Base64URL.bytes(of: text), bytes.count > 4, checksum(of: Array(bytes.dropLast(4))) == Array(bytes.suffix(4)),
            case .array(let values)? = try? JSONReader.read(Array(bytes.dropLast(4))), values.count == 4 || values.count == 6,
            values[0] == .string(kind.rawValue), case .string(let block) = values[1], case .string(let detail) = values[2],
            case .integer(let key) = values[3]
        else { return nil }
        var position = DuplicatePosition(block: LikenessBlock(text: block, detail: detail), key: key)
        if values.count == 6 {
            guard case .string(let detail) = values[4], case .integer(let key) = values[5] else { return nil }
            position.other = .init(detail: detail, key: key)
        }
        return position
    }

    private static func checksum(of bytes: [UInt8]) -> [UInt8] {
        let bits = Fingerprint(of: bytes).bits
        return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (UInt64($0) * 8)) }
    }
}
