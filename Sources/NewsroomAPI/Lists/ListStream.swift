internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

/// All of a list, or as much of it as was asked for, sent while it is read.
///
/// It is read page after page by cursor, so no reader of the store is held for as long as a slow client likes, and each page has the
/// query's deadline for itself. What is not changed meanwhile is there exactly once; what is changed may come as it was or as it is, and
/// twice or not at all where its place in the order moves. Where a page cannot be read the connection is cut: the client has a part, and
/// sees that it is no more.
struct ListStream<Document: ServedDocument>: Sendable {
    private let shelf: Shelf<Document.R>
    private let viewer: Viewer
    private let query: ListQuery<Document.R>
    private let shape: ListShape
    private let selection: FieldSelection?
    private let columns: [String]
    private let itemCountMax: Int
    private let place: StreamPlaces.Place

    /// How many items are read at a time: so many that event loops leave the reading to other threads.
    private static var pageCountMax: Int { 1_000 }
    /// How many are rendered before others on the event loop have their turn.
    private static var chunkCount: Int { 25 }

    init(
        _ asked: ListParameters<Document>, of shelf: Shelf<Document.R>, as viewer: Viewer, place: StreamPlaces.Place, limits: APILimits
    ) {
        self.shelf = shelf
        self.viewer = viewer
        self.place = place
        shape = asked.shape
        let columns = asked.columns
        self.columns = columns
        selection = asked.shape == .csv ? FieldSelection(columns, of: Document.self) : asked.selection
        itemCountMax = asked.itemCountMax ?? .max
        var query = asked.query
        query.byteCountMax = limits.streamByteCountMax
        query.isBare = asked.shape == .ids
        if asked.shape == .csv { query.isWhole = Document.longMemberNames.contains { columns.contains($0) } }
        self.query = query
    }

    /// The answer, when its first page is there: until then what goes wrong is told.
    func response(isHead: Bool) async throws(Problem) -> Response {
        let fields: HTTPFields = [.contentType: shape.contentType, .cacheControl: "private, no-cache", .vary: "Accept, Authorization"]
        let first = try await page(after: query.after, left: isHead ? 1 : itemCountMax)
        guard first.search?.isIndexComplete ?? true else {
            throw Problem(
                .overloaded, detail: "The search index is behind, and a stream has no place to say so.",
                hint: "Try again in a moment, or ask for pages.", fields: [.retryAfter: "1"])
        }
        return Response(status: .ok, fields: fields, body: .stream { [self] sink in try await write(first, to: sink) })
    }

    private func page(after position: Position?, left: Int) async throws(Problem) -> StreamedPage<Document> {
        var query = query
        query.after = position
        query.limit = min(left, ListStream.pageCountMax)
        guard shape == .array || shape == .ndjson, selection == nil, query.search == nil else {
            return .read(try await shelf.page(query, as: viewer))
        }
        return .rendered(try await shelf.renderedPage(query, as: viewer))
    }

    private func write(_ first: StreamedPage<Document>, to sink: any ResponseBodySink) async throws {
        // Held until the end, whatever end that is.
        defer { withExtendedLifetime(place) {} }
        var text = ListText<Document>(shape, columns, selection)
        var page = first
        var left = itemCountMax
        while true {
            for start in stride(from: 0, to: page.count, by: ListStream.chunkCount) {
                page.add(start..<min(start + ListStream.chunkCount, page.count), to: &text)
                try await sink.write(text.take())
                await Task.yield()
            }
            left -= page.count
            guard left > 0, let next = page.next else { break }
            page = try await self.page(after: next, left: left)
        }
        let end = text.end()
        if !end.isEmpty { try await sink.write(end) }
    }
}
