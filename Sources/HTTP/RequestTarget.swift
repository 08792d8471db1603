/// What a request asks for, in origin form, with percent escapes read once (RFC 9112 §3.2, RFC 3986 §2.4 and §6.2.2).
package struct RequestTarget: Sendable, Equatable {
    /// The path's segments, decoded: `/v1/articles/a%2Fb` is `["v1", "articles", "a/b"]`, since `%2F` stays data. `/` is `[]`; a
    /// trailing slash leaves an empty last segment. Dot segments are resolved before decoding (RFC 3986 §5.2.4).
    package let segments: [String]
    /// The query as sent, without the `?`; nil when there is none. `QueryItems` reads it.
    package let query: String?
    /// Whether it is the asterisk form of `OPTIONS *`.
    package let isAsterisk: Bool

    package init(segments: [String], query: String? = nil, isAsterisk: Bool = false) {
        self.segments = segments
        self.query = query
        self.isAsterisk = isAsterisk
    }
}
