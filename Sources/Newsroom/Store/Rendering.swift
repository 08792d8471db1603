/// A resource as it is shown to whoever may see it: the JSON object of its wire form, without line breaks, its captions as they are now.
package struct Rendering: Sendable, Equatable {
    package let version: Int
    package let json: [UInt8]
    /// Of `json`: tells states of one version apart.
    package let fingerprint: Fingerprint

    package init(version: Int, json: [UInt8]) {
        self.init(version: version, json: json, fingerprint: Fingerprint(of: json))
    }

    /// One whose fingerprint is known.
    package init(version: Int, json: [UInt8], fingerprint: Fingerprint) {
        self.version = version
        self.json = json
        self.fingerprint = fingerprint
    }
}

/// A page of renderings.
package struct RenderedPage: Sendable, Equatable {
    /// A JSON array of the items' wire forms, without their long members, without line breaks.
    package var json: [UInt8]
    /// Where each item is in `json`, in order.
    package var items: [Range<Int>]
    /// As in `Page`.
    package var next: Position?
    package var total: Int?

    package init(json: [UInt8], items: [Range<Int>], next: Position? = nil, total: Int? = nil) {
        self.json = json
        self.items = items
        self.next = next
        self.total = total
    }
}
