/// A resource as it is shown to whoever may see it: the JSON object of its wire form, without line breaks, its captions as they are now.
package struct Rendering: Sendable, Equatable {
    package var version: Int
    package var json: [UInt8]

    package init(version: Int, json: [UInt8]) {
        self.version = version
        self.json = json
    }
}

/// A page of renderings.
package struct RenderedPage: Sendable, Equatable {
    /// A JSON array of the items' wire forms, without their long members, without line breaks.
    package var json: [UInt8]
    /// As in `Page`.
    package var next: Position?
    package var total: Int?

    package init(json: [UInt8], next: Position? = nil, total: Int? = nil) {
        self.json = json
        self.next = next
        self.total = total
    }
}
