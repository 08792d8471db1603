package import HTTPTypes

/// The value of If-Match or If-None-Match (RFC 9110 §13.1.1, §13.1.2).
package enum EntityTagCondition: Sendable, Equatable {
    /// `*`: any representation there is.
    case any
    /// At least one.
    case tags([EntityTag])

    /// Reads `*` or a list of tags; nil when it is neither.
    package init?(_ value: String) {
        var scanner = FieldScanner(value)
        if scanner.take("*") {
            guard scanner.isAtEnd else { return nil }
            self = .any
            return
        }
        var tags: [EntityTag] = []
        repeat {
            scanner.skipBlanks()
            // RFC 9110 §5.6.1.2: empty elements of a list are passed over.
            if let tag = EntityTag.read(&scanner) {
                tags.append(tag)
                scanner.skipBlanks()
            }
        } while scanner.take(UInt8(ascii: ","))
        guard scanner.isAtEnd, !tags.isEmpty else { return nil }
        self = .tags(tags)
    }

    /// The condition that a request sets, over all lines of the field; nil when it sets none.
    ///
    /// - Throws: 400 `malformed_request` when it is neither `*` nor a list of tags, for nobody can tell what was to be prevented.
    package static func read(_ name: HTTPField.Name, from fields: RequestFields) throws(Problem) -> EntityTagCondition? {
        guard let value = fields[name] else { return nil }
        guard let condition = EntityTagCondition(value) else {
            throw .malformedRequest(
                "\(name.rawName) is neither * nor a list of entity tags.", hint: "An entity tag stands in double quotes, as in ETag.")
        }
        return condition
    }

    /// Whether If-Match holds for a representation with this tag, or with none.
    package func matchesStrongly(_ tag: EntityTag?) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tag.map { tag in tags.contains { $0.matchesStrongly(tag) } } ?? false
        }
    }

    /// Whether If-None-Match names a representation with this tag, or with none, so that the answer is 304 (or 412 for other methods than
    /// GET and HEAD).
    package func matchesWeakly(_ tag: EntityTag?) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tag.map { tag in tags.contains { $0.matchesWeakly(tag) } } ?? false
        }
    }
}
