internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// What answers for the change feed: pages, which may be waited for, and a stream of events.
struct ChangeHandlers: Sendable {
    let context: HandlerContext
    let feed: ChangeFeed

    func list(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let asked = try ChangeParameters(of: request)
        return asked.isStream ? try await stream(request, asked, viewer) : try await page(request, asked, viewer)
    }

    /// `{"data": [changes], "page": {"limit", "next", "newest"}}`. `next` is where the next page begins, at the end of the log too; as a
    /// link there is it where the log goes on already.
    private func page(_ request: Request, _ asked: ChangeParameters, _ viewer: Viewer) async throws(Problem) -> Response {
        let place = asked.wait > .zero ? try feed.takePlace() : nil
        defer { withExtendedLifetime(place) {} }
        let query = ChangeQuery(after: asked.after ?? 0, limit: asked.limit, kinds: asked.kinds)
        let page: ChangePage
        do throws(StoreError) {
            page = try await feed.page(query, as: viewer, waiting: request.method == .head ? .zero : asked.wait)
        } catch {
            throw context.problem(error, request)
        }
        guard query.after <= page.newest else { throw asked.liesAhead(of: page.newest) }
        var writer = JSONWriter(pretty: asked.isPretty, reserving: 256 + page.changes.count * 256)
        writer.beginObject()
        writer.name("data")
        writer.beginArray()
        for change in page.changes { change.write(to: &writer, for: viewer) }
        writer.endArray()
        writer.name("page")
        writer.beginObject()
        for (name, value) in [("limit", Int64(asked.limit)), ("next", page.next), ("newest", page.newest)] {
            writer.name(name)
            writer.integer(value)
        }
        writer.endObject()
        writer.endObject()
        var fields = AnswerFields.json
        let next = NextPage(
            path: "/v1/changes", repeated: asked.repeated, limit: asked.limit, cursor: page.next < page.newest ? String(page.next) : nil,
            cursorName: "after")
        next.addLink(to: &fields)
        return Response(status: .ok, fields: fields, body: .bytes(writer.finish()), awaitsCoding: true)
    }

    private func stream(_ request: Request, _ asked: ChangeParameters, _ viewer: Viewer) async throws(Problem) -> Response {
        let place = try feed.takePlace()
        let newest: Int64
        do throws(StoreError) {
            newest = try await feed.newsroom.changes(ChangeQuery(after: asked.after ?? 0, limit: 1), as: viewer).newest
        } catch {
            throw context.problem(error, request)
        }
        let start = asked.after ?? newest
        guard start <= newest else { throw asked.liesAhead(of: newest) }
        let access = context.access
        let stream = ChangeStream(feed: feed, viewer: viewer, kinds: asked.kinds, start: start, place: place) {
            (try? access.viewer(of: request)) == viewer
        }
        var response = Response(status: .ok, fields: ChangeHandlers.streamFields, body: .stream { try await stream.run(to: $0) })
        // What is compressed on its way is held back on its way.
        response.isCodingSettled = true
        return response
    }

    private static let streamFields: HTTPFields = [
        .contentType: "text/event-stream", .cacheControl: "no-store", .vary: "Accept, Authorization",
        // For proxies of the kind of nginx, which would collect it.
        .known("X-Accel-Buffering"): "no",
    ]
}
