internal import HTTP
internal import HTTPTypes

/// The shapes of a list: a page, or all of it as a stream.
enum ListShape: String, CaseIterable {
    /// `{"data", "page"}`.
    case page
    /// The ids, one a line.
    case ids
    /// One JSON array.
    case array
    /// A JSON object a line.
    case ndjson
    /// A table (RFC 4180).
    case csv

    static let csvType = MediaType("text", "csv")
    private static let offered = [MediaType.json, .ndjson, MediaType("application", "ndjson"), MediaType("application", "jsonl"), csvType]

    /// Of the shapes that have a media type of their own, the one that Accept likes best. Ids and arrays come by `shape` alone.
    ///
    /// - Throws: 406 `not_acceptable` when it excludes them all.
    static func negotiated(for request: Request) throws(Problem) -> ListShape {
        guard let accept = request.head.fields[.accept], accept != "*/*", accept != "application/json" else { return .page }
        let type = try request.negotiated(offered)
        return type == .json ? .page : type == csvType ? .csv : .ndjson
    }

    /// Whether Accept asks for anything but a page, which alone is kept.
    static func streams(_ request: Request) -> Bool {
        guard let accept = request.head.fields[.accept], accept != "*/*", accept != "application/json" else { return false }
        return MediaType.preferred(of: offered, accept: accept) != .json
    }

    var contentType: String {
        switch self {
        case .page, .array: "application/json"
        case .ids: "text/plain; charset=utf-8"
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8; header=present"
        }
    }
}
