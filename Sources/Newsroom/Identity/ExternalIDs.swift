/// A resource's id in another system: `reuters21578:17`.
package struct ExternalID: Sendable, Hashable {
    /// 1…64 of `a-z 0-9 . _ -`, starting with a letter or digit.
    package let source: String
    /// 1…255 characters, no control characters, no white space at the ends; it may hold colons.
    package let value: String

    /// From `source:id`; nil when it is not of that form.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        self.init(source: String(text[..<colon]), value: String(text[text.index(after: colon)...]))
    }

    package init?(source: String, value: String) {
        guard ExternalID.isSource(source), ExternalID.isValue(value) else { return nil }
        self.source = source
        self.value = value
    }

    package var description: String { "\(source):\(value)" }

    package static func isSource(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first else { return false }
        func startsSource(_ byte: UInt8) -> Bool { byte.isLowercaseLetter || byte.isDigit }
        return startsSource(first)
            && bytes.allSatisfy { startsSource($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    package static func isValue(_ text: String) -> Bool {
        guard !text.isEmpty, text.unicodeScalars.count <= 255 else { return false }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else { return false }
        return text.utf8.first != UInt8(ascii: " ") && text.utf8.last != UInt8(ascii: " ")
    }
}

/// A resource's ids in other systems: at most one for each source, in the order of the sources.
package struct ExternalIDs: Sendable, Equatable {
    package private(set) var bySource: [String: String] = [:]

    package init(_ ids: [ExternalID] = []) {
        for id in ids { bySource[id.source] = id.value }
    }

    /// Sources and values are each of their form.
    package init(bySource: [String: String]) {
        self.bySource = bySource
    }

    package subscript(source: String) -> String? {
        get { bySource[source] }
        set { bySource[source] = newValue }
    }

    package var all: [ExternalID] {
        guard bySource.count > 1 else { return bySource.compactMap { ExternalID(source: $0.key, value: $0.value) } }
        return bySource.sorted { $0.key < $1.key }.compactMap { ExternalID(source: $0.key, value: $0.value) }
    }
}
