/// What a request asks for, in origin form and normal form (RFC 9112 §3.2, RFC 3986 §6.2.2): two targets are equal exactly when they name
/// the same.
package struct RequestTarget: Sendable, Equatable {
    /// Begins with the path in normal form, escaped where it must be, and behind a question mark the query as sent; `*` for the asterisk
    /// form. What follows `end` is the rest of a head, which is kept in the same piece of memory.
    package let bytes: [UInt8]
    /// Where in `bytes` the path ends.
    package let pathEnd: Int
    /// Where in `bytes` the query ends, or the path if there is none.
    package let end: Int

    init(bytes: [UInt8], pathEnd: Int, end: Int) {
        self.bytes = bytes
        self.pathEnd = pathEnd
        self.end = end
    }

    package static let asterisk = RequestTarget(bytes: [UInt8(ascii: "*")], pathEnd: 1, end: 1)

    /// Whether it is the asterisk form of `OPTIONS *`.
    package var isAsterisk: Bool { bytes[0] == UInt8(ascii: "*") }

    package static func == (one: RequestTarget, other: RequestTarget) -> Bool {
        one.pathEnd == other.pathEnd && one.bytes[..<one.end] == other.bytes[..<other.end]
    }

    /// - Parameters:
    ///   - segments: decoded. None is the root; an empty last one tells of a slash at the end.
    ///   - query: as it is sent, without the `?`.
    package init(segments: [String], query: String? = nil) {
        var bytes: [UInt8] = segments.isEmpty ? [UInt8(ascii: "/")] : []
        for segment in segments { PercentDecoding.append(slashAndSegment: segment, to: &bytes) }
        pathEnd = bytes.count
        if let query {
            bytes.append(UInt8(ascii: "?"))
            bytes.append(text: query)
        }
        self.bytes = bytes
        end = bytes.count
    }

    /// The query as sent, without the `?`; nil when there is none. `QueryItems` reads it.
    package var query: String? {
        hasQuery ? String(decoding: bytes[(pathEnd + 1)..<end], as: UTF8.self) : nil
    }

    package var hasQuery: Bool { pathEnd < end }

    /// The path in normal form, without the query: for problems and links. `*` for the asterisk form.
    package var path: String { String(decoding: bytes[..<pathEnd], as: UTF8.self) }

    /// The path's segments, decoded: `/v1/articles/a%2Fb` is `["v1", "articles", "a/b"]`, since `%2F` stays data. `/` is `[]`; a trailing
    /// slash leaves an empty last segment.
    package var segments: [String] {
        guard !isAsterisk, pathEnd > 1 else { return [] }
        return bytes[1..<pathEnd].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { decoded($0.indices) }
    }

    /// One segment, decoded; nil when there are not so many.
    package func segment(at index: Int) -> String? {
        place(ofSegment: index).map { decoded($0) }
    }

    /// Where one segment is in `bytes`, in normal form: what may stand in a path as it is, is not escaped. Nil when there are not so many.
    package func place(ofSegment index: Int) -> Range<Int>? {
        guard !isAsterisk, pathEnd > 1 else { return nil }
        var start = 1
        for _ in 0..<index {
            start = segmentEnd(from: start) + 1
            guard start <= pathEnd else { return nil }
        }
        return start..<segmentEnd(from: start)
    }

    /// Where the segment ends that begins at `start`: at a slash or the path's end.
    package func segmentEnd(from start: Int) -> Int {
        start < pathEnd ? bytes.span.first(UInt8(ascii: "/"), from: start, to: pathEnd) : start
    }

    private func decoded(_ range: Range<Int>) -> String {
        let text = try? PercentDecoding.decode(bytes.span, range, controls: .none)
        // What is in normal form was decoded before.
        return text ?? String(decoding: bytes[range], as: UTF8.self)
    }

    /// Whether the answer is to be indented: `?pretty`, `?pretty=true` or `?pretty=1`.
    package var isPretty: Bool {
        guard let query else { return false }
        return query.split(separator: "&").contains { $0 == "pretty" || $0 == "pretty=true" || $0 == "pretty=1" }
    }
}
