/// The members that a client wants, of the wire form's outermost level; `id` is always among them.
package struct FieldSelection: Sendable, Hashable {
    /// The nth bit stands for the nth of the document's member names.
    let bits: UInt64

    /// Nil where a name is none of the document's members.
    package init?<D: ResourceDocument>(_ names: some Sequence<String>, of document: D.Type) {
        var bits = FieldSelection.bit("id", of: document)
        for name in names {
            let bit = FieldSelection.bit(name, of: document)
            guard bit != 0 else { return nil }
            bits |= bit
        }
        self.bits = bits
    }

    /// Whether a member is among them: `body` asks the store for whole resources.
    package func includes<D: ResourceDocument>(_ name: String, of document: D.Type) -> Bool {
        bits & FieldSelection.bit(name, of: document) != 0
    }

    private static func bit<D: ResourceDocument>(_ name: String, of document: D.Type) -> UInt64 {
        document.memberNames.firstIndex(of: name).map { 1 << UInt64($0) } ?? 0
    }
}

/// Walks over the members of a document while they are written, in the order of `memberNames`, and tells which are wanted.
struct FieldCursor {
    private var bits: UInt64
    /// Whether members without a value are written.
    let writesNulls: Bool

    init(_ form: DocumentForm, _ selection: FieldSelection?) {
        bits = selection?.bits ?? .max
        writesNulls = form.isWire
    }

    /// Whether the next member is wanted.
    mutating func next() -> Bool {
        defer { bits >>= 1 }
        return bits & 1 == 1
    }
}
