internal import HTTPTypes
internal import Routing

extension Router {
    mutating func post<D: ServedDocument>(_ pattern: RoutePattern, _ writing: Writing<D>, summary: String) {
        add(.post, pattern, Answering(writing.handle, companion: writing as any BatchWriting), summary: summary)
    }

    mutating func put<D: ServedDocument>(_ pattern: RoutePattern, _ writing: Writing<D>, summary: String) {
        add(.put, pattern, Answering(writing.handle, companion: writing as any BatchWriting), summary: summary)
    }

    mutating func patch<D: ServedDocument>(_ pattern: RoutePattern, _ writing: Writing<D>, summary: String) {
        add(.patch, pattern, Answering(writing.handle, companion: writing as any BatchWriting), summary: summary)
    }

    mutating func delete<D: ServedDocument>(_ pattern: RoutePattern, _ writing: Writing<D>, summary: String) {
        add(.delete, pattern, Answering(writing.handle, companion: writing as any BatchWriting), summary: summary)
    }
}
