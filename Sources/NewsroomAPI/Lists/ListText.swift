internal import Documents
internal import JSON
internal import Newsroom

/// The text of a list in one of its streamed shapes, as it grows.
struct ListText<Document: ServedDocument> {
    private let shape: ListShape
    private let columns: [String]
    private let selection: FieldSelection?
    private var bytes: [UInt8] = []
    private var isEmpty = true

    init(_ shape: ListShape, _ columns: [String], _ selection: FieldSelection?) {
        self.shape = shape
        self.columns = columns
        self.selection = selection
        switch shape {
        case .array: bytes = [UInt8(ascii: "[")]
        case .csv: CSV.append(columns.map { CSV.Cell.text($0) }, to: &bytes)
        case .ids, .ndjson, .page: break
        }
    }

    mutating func add(_ resource: Document.R) {
        switch shape {
        case .ids:
            bytes.append(contentsOf: resource.record.id.text.utf8)
            bytes.append(UInt8(ascii: "\n"))
        case .array, .ndjson, .page: add(document(resource)[...])
        case .csv:
            guard case .object(let object)? = try? JSONReader.read(document(resource), limits: .ofOwnText) else { return }
            CSV.append(columns.map { CSV.cell(object[$0] ?? .null) }, to: &bytes)
        }
        isEmpty = false
    }

    /// An item as JSON, for the shapes that consist of that.
    mutating func add(_ document: ArraySlice<UInt8>) {
        if shape == .array { bytes.append(contentsOf: (isEmpty ? "\n" : ",\n").utf8) }
        bytes.append(contentsOf: document)
        if shape != .array { bytes.append(UInt8(ascii: "\n")) }
        isEmpty = false
    }

    /// What has come since the last time.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// The rest.
    consuming func end() -> [UInt8] {
        var bytes = bytes
        if shape == .array { bytes.append(contentsOf: (isEmpty ? "]\n" : "\n]\n").utf8) }
        return bytes
    }

    private func document(_ resource: Document.R) -> [UInt8] {
        var writer = JSONWriter(reserving: 2_048)
        Document.write(resource, to: &writer, form: .listItem, selecting: selection)
        return writer.finish()
    }
}
