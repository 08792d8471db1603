import Glibc
import Testing

/// A folder of one test's own, removed with all that is in it when the test lets it go.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/dateline-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failed("mkdtemp: errno \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.removeAll(path) }

    private static func removeAll(_ path: String) {
        if let stream = opendir(path) {
            for name in names(in: stream) { removeAll("\(path)/\(name)") }
            closedir(stream)
        }
        remove(path)
    }

    private static func names(in stream: OpaquePointer) -> [String] {
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    func path(of name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = try #require(fopen(path(of: name), "w"))
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        return path(of: name)
    }

    func makeFolder(_ name: String) throws {
        try #require(mkdir(path(of: name), 0o755) == 0, "mkdir: errno \(errno)")
    }

    func read(_ name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

    func bytes(of name: String) throws -> [UInt8] {
        let file = try #require(fopen(path(of: name), "r"), "\(name) is missing")
        defer { fclose(file) }
        var whole: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { whole += buffer[..<count] }
        return whole
    }

    func exists(_ name: String) -> Bool { access(path(of: name), F_OK) == 0 }

    var names: [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        return Self.names(in: stream)
    }
}
