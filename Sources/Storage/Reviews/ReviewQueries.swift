import Documents
import JSON
import Newsroom
import SQLite

/// The marks of articles and events, as somebody is shown them: the newsroom as they are, or as they were; everybody else none.
struct Reviews {
    private let viewer: Viewer
    /// Up to which row of the log they count; nil: now.
    private let sequence: Int64?
    private let database: Database

    init(for viewer: Viewer, asOf moment: PastMoment? = nil, in database: Database) {
        self.viewer = viewer
        sequence = moment?.sequence
        self.database = database
    }

    /// Whether there may be any to show.
    private func areThere(for kind: Kind) throws(SQLiteError) -> Bool {
        guard viewer.isOfNewsroom, kind == .article || kind == .event else { return false }
        if sequence != nil { return true }
        return try database.first(.anyOpenReview) != nil
    }

    func marks(of id: String) throws(SQLiteError) -> [ReviewMark] {
        guard let sequence else { return try database.all(.openReviews) { $0.add(id) } }
        return try database.all(.reviewsAtMoment) {
            $0.add(id)
            $0.add(sequence)
        }
    }

    /// Adds its marks to a resource.
    func add<R: Resource>(to resource: inout R) throws(SQLiteError) {
        guard try areThere(for: R.kind) else { return }
        resource.review = try marks(of: resource.record.id.text)
    }

    func added<R: Resource>(to resource: R) throws(SQLiteError) -> R {
        var resource = resource
        try add(to: &resource)
        return resource
    }

    func added<R: Resource>(to page: Page<R>) throws(SQLiteError) -> Page<R> {
        guard try areThere(for: R.kind) else { return page }
        var page = page
        for index in page.items.indices { page.items[index].review = try marks(of: page.items[index].record.id.text) }
        return page
    }

    /// Nil where it has marks: then it is to be read.
    func unmarked(_ rendering: Rendering?, as kind: Kind) throws(SQLiteError) -> Rendering? {
        guard let rendering, try areThere(for: kind), let id = Reviews.id(in: rendering.json) else { return rendering }
        return try marks(of: id).isEmpty ? rendering : nil
    }

    /// Writes the marks of each item at its end.
    func added(to page: RenderedPage, of kind: Kind) throws(SQLiteError) -> RenderedPage {
        guard try areThere(for: kind) else { return page }
        var writer = JSONWriter(reserving: page.json.count + 1_024)
        var items: [Range<Int>] = []
        writer.beginArray()
        for range in page.items {
            let item = page.json[range]
            var marks: [ReviewMark] = []
            if let id = Reviews.id(in: Array(item.prefix(64))) { marks = try self.marks(of: id) }
            writer.raw(Array(marks.isEmpty ? item : item.dropLast() + Reviews.member(marks)))
            items.append((items.last?.upperBound ?? 0) + 1..<writer.byteCount)
        }
        writer.endArray()
        return RenderedPage(json: writer.finish(), items: items, next: page.next, total: page.total)
    }

    /// `,"needs_review":[…]}`.
    private static func member(_ marks: [ReviewMark]) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writer.review(marks)
        writer.endObject()
        var bytes = writer.finish()
        bytes[0] = UInt8(ascii: ",")
        return bytes
    }

    /// The id that an item begins with.
    private static func id(in json: [UInt8]) -> String? {
        guard var members = CompactJSON(json.span), let id = members.nextMember(of: json.span)?.value, id.count > 2 else { return nil }
        return String(decoding: json[id.lowerBound + 1..<id.upperBound - 1], as: UTF8.self)
    }
}

extension Query<ReviewMark> {
    private static func decode(_ row: borrowing Row) throws(SQLiteError) -> ReviewMark {
        guard let id = ReviewID(row.text(0)) else { throw .undecodable("review.id") }
        return ReviewMark(
            id: id, reason: try row.word(1, "review.reason"), statement: row.text(2), basis: try row.word(3, "review.basis"),
            event: row.textOrNil(4), since: row.instant(5))
    }

    static let openReviews = Query(
        """
        SELECT id, reason, statement, basis, event, since_ms
        FROM review
        WHERE subject = $1 AND cleared_seq IS NULL
        ORDER BY seq
        """, decode: decode)

    fileprivate static let reviewsAtMoment = Query(
        """
        SELECT id, reason, statement, basis, event, since_ms
        FROM review
        WHERE subject = $1 AND seq <= $2 AND (cleared_seq IS NULL OR cleared_seq > $2)
        ORDER BY seq
        """, decode: decode)
}

extension Query<Int64> {
    fileprivate static let anyOpenReview = Query(
        """
        SELECT seq
        FROM review
        WHERE cleared_seq IS NULL
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
