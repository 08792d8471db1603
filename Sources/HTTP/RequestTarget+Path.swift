import HTTPTypes

extension RequestTarget {
    /// The path in normal form, escaped again where it must be, without the query: for problems and links. `*` for the asterisk form.
    package var path: String {
        guard !isAsterisk else { return "*" }
        var path: [UInt8] = []
        for segment in segments {
            path.append(UInt8(ascii: "/"))
            PercentDecoding.append(segment: segment, to: &path)
        }
        return path.isEmpty ? "/" : String(decoding: path, as: UTF8.self)
    }

    /// Whether the answer is to be indented: `?pretty`, `?pretty=true` or `?pretty=1`.
    package var isPretty: Bool {
        guard let query else { return false }
        return query.split(separator: "&").contains { $0 == "pretty" || $0 == "pretty=true" || $0 == "pretty=1" }
    }
}

extension RequestHead {
    /// What the client calls this request: its `X-Request-ID`, when there is one, and it is a token of at most 64 characters.
    package var requestID: String? {
        let ids = fields[values: .xRequestID]
        guard ids.count == 1, let id = ids.first, (1...64).contains(id.utf8.count), id.utf8.allSatisfy(\.isTokenCharacter) else {
            return nil
        }
        return id
    }
}
