import HTTP
import HTTPTypes
import JSON
import Locks
import Testing

/// An answer as a client has it: with the whole of its body, streamed or not.
struct Answer: Sendable {
    let status: Int
    let fields: HTTPFields
    let route: String?
    let body: [UInt8]

    init(_ response: Response, patterns: [String] = []) async throws {
        status = response.status.code
        // As a client joins lines of one name.
        var fields = response.fields
        for field in response.additional?.fields ?? [:] {
            fields[field.name] = fields[field.name].map { "\($0), \(field.value)" } ?? field.value
        }
        self.fields = fields
        route = response.route.flatMap { patterns.indices.contains($0) ? patterns[$0] : nil }
        switch response.body {
        case .none: body = []
        case .bytes(let bytes): body = bytes
        case .stream(let produce):
            let sink = CollectingSink()
            try await produce(sink)
            body = sink.bytes
        }
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: HTTPField.Name) -> String? { fields[name] }

    /// A member of the JSON body; nil where there is none.
    subscript(path: String...) -> JSONValue? {
        var value = try? JSONReader.read(body)
        for part in path { value = Int(part).map { value?[$0] } ?? value?[part] }
        return value
    }

    func string(_ path: String...) -> String? {
        var value = try? JSONReader.read(body)
        for part in path { value = Int(part).map { value?[$0] } ?? value?[part] }
        guard case .string(let text)? = value else { return nil }
        return text
    }

    /// The code of a problem.
    var code: String? { string("code") }

    var id: String { string("id") ?? "" }

    var eTag: String { fields[.eTag] ?? "" }

    /// Where the failing members of a problem are, each with its rule.
    var failures: [String] {
        guard case .array(let errors)? = self["errors"] else { return [] }
        return errors.compactMap { error in
            guard case .string(let path)? = error["path"], case .string(let code)? = error["code"] else { return nil }
            return "\(path) \(code)"
        }
    }

    /// A member of each item of a list.
    func column(_ name: String) -> [String] {
        guard case .array(let items)? = self["data"] else { return [] }
        return items.compactMap { item in
            guard case .string(let text)? = item[name] else { return nil }
            return text
        }
    }

    /// The path of the next page, from the Link field.
    var nextPath: String? {
        guard let link = fields[.link], let end = link.firstIndex(of: ">"), link.hasSuffix("; rel=\"next\"") else { return nil }
        return String(link[link.index(after: link.startIndex)..<end])
    }

    var jsonText: String? {
        guard let value = try? JSONReader.read(body) else { return nil }
        return String(decoding: JSONWriter.text(of: value), as: UTF8.self)
    }
}

/// Keeps what is written to it, part by part; or has nobody behind it.
final class CollectingSink: ResponseBodySink {
    private let parts = Lock<[[UInt8]]>([])
    private let isLost: Bool

    init(isLost: Bool = false) {
        self.isLost = isLost
    }

    func write(_ bytes: [UInt8]) async throws(ConnectionLost) {
        guard !isLost else { throw ConnectionLost() }
        parts.withLock { $0.append(bytes) }
    }

    func flush() async throws(ConnectionLost) {
        guard !isLost else { throw ConnectionLost() }
    }

    var bytes: [UInt8] { parts.withLock { Array($0.joined()) } }
    var partCount: Int { parts.withLock { $0.count } }
}

/// A body that comes in parts, and perhaps ends badly.
final class PartsSource: RequestBodySource {
    private let parts: Lock<[[UInt8]]>
    private let failure: Problem?

    init(_ parts: [[UInt8]], failure: Problem? = nil) {
        self.parts = Lock(parts)
        self.failure = failure
    }

    func next() async throws(Problem) -> [UInt8]? {
        let part = parts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if let part { return part }
        if let failure { throw failure }
        return nil
    }

    var leftCount: Int { parts.withLock { $0.count } }
}
