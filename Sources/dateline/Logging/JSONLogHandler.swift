internal import JSON
internal import Logging

/// swift-log's handler: each message is one line, its metadata are members beside `time`, `level` and `message`.
struct JSONLogHandler: LogHandler {
    /// This logger's own level, where it was given one; else that of all.
    private var ownLevel: Logger.Level?
    private let threshold: LogThreshold
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let writer: LogWriter

    init(threshold: LogThreshold, writer: LogWriter) {
        self.threshold = threshold
        self.writer = writer
    }

    var logLevel: Logger.Level {
        get { ownLevel ?? threshold.level }
        set { ownLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = LogLine(level: event.level.rawValue, message: event.message.description)
        let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) where !Self.reservedNames.contains(name) {
            line.writer.name(name.clipped(to: 64))
            Self.render(value, to: &line.writer, depth: 0)
        }
        if let error = event.error {
            line.writer.name("error")
            line.writer.string("\(error)".clipped(to: Self.valueByteCountMax))
        }
        writer.append(line.finish())
    }

    private static let reservedNames: Set = ["time", "level", "message", "error"]
    private static let valueByteCountMax = 1_024

    /// Values are bounded, numbers and truth values stay what they are.
    private static func render(_ value: Logger.MetadataValue, to writer: inout JSONWriter, depth: Int) {
        switch value {
        case .string(let text): writer.string(text.clipped(to: valueByteCountMax))
        case .stringConvertible(let number as Int): writer.integer(Int64(number))
        case .stringConvertible(let number as Int64): writer.integer(number)
        case .stringConvertible(let number as Double) where number.isFinite: writer.double(number)
        case .stringConvertible(let truth as Bool): writer.bool(truth)
        case .stringConvertible(let other): writer.string(other.description.clipped(to: valueByteCountMax))
        case .array(let values):
            writer.beginArray()
            if depth < 4 { for value in values.prefix(100) { render(value, to: &writer, depth: depth + 1) } }
            writer.endArray()
        case .dictionary(let members):
            writer.beginObject()
            if depth < 4 {
                for (name, value) in members.sorted(by: { $0.key < $1.key }).prefix(100) {
                    writer.name(name.clipped(to: 64))
                    render(value, to: &writer, depth: depth + 1)
                }
            }
            writer.endObject()
        }
    }
}
