package import JSON

/// What is recorded of the newsroom's judgements beside its resources: one object in the log, and the same as a record of an export.
package protocol RecordedDocument {
    /// The `type` of its records.
    static var recordType: RecordType { get }

    /// Writes its members into an object that has begun.
    func writeMembers(to writer: inout JSONWriter)
}

extension RecordedDocument {
    /// What the log keeps.
    package var document: [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
        return writer.finish()
    }

    /// The same as a record of an export.
    func writeRecord(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", Self.recordType.rawValue, true)
        writeMembers(to: &writer)
        writer.endObject()
        writer.endLine()
    }
}
