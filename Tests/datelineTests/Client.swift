import Glibc
import JSON

/// One connection to a server on the loopback, over a blocking socket: bytes out, answers in.
final class Client {
    private let socket: CInt
    private var buffer: [UInt8] = []

    /// - Parameter receiveByteCount: the size of the receive buffer, for clients that are to be slow readers.
    init(port: Int, receiveByteCount: CInt? = nil) throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failed("socket: errno \(errno)") }
        // Only what hangs takes as long, under a sanitizer on a busy machine too.
        var bound = timeval(tv_sec: 600, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        if var receiveByteCount {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveByteCount, socklen_t(MemoryLayout<CInt>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        // `deinit` closes the socket, also when this throws: closed here too, it would be another's by then.
        guard result == 0 else { throw Failed("connect: errno \(errno)") }
    }

    deinit { close(socket) }

    /// Makes its end a reset, of which the kernel keeps no trace: thousands that it has to remember for a minute would slow others down.
    func resetAtEnd() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// One request on a connection of its own.
    static func send(
        _ method: String, _ target: String, port: Int, token: String? = nil, fields: [String] = [], body: String? = nil
    ) throws -> Answer {
        let client = try Client(port: port)
        try client.send(request(method, target, token: token, fields: fields + ["Connection: close"], body: body))
        return try client.answer(isHead: method == "HEAD")
    }

    static func request(_ method: String, _ target: String, token: String? = nil, fields: [String] = [], body: String? = nil) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"] + fields
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }

    func send(_ text: String) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Failed("send: errno \(errno)") }
            bytes = bytes.dropFirst(count)
        }
    }

    struct Answer {
        var status: Int
        var fields: [String: String]
        var bytes: [UInt8]

        var body: String { String(decoding: bytes, as: UTF8.self) }

        /// A member of the body, which is one JSON object.
        subscript(name: String) -> JSONValue? {
            guard case .object(let object)? = try? JSONReader.read(Array(body.utf8)) else { return nil }
            return object[name]
        }

        func text(_ name: String) -> String? {
            if case .string(let text)? = self[name] { text } else { nil }
        }
    }

    /// The next answer (RFC 9112 §6.3): by Content-Length, by chunks, or to the end.
    func answer(isHead: Bool = false) throws -> Answer {
        var answer = try head()
        answer.bytes = try body(answer.fields, isEmpty: isHead || answer.status == 204 || answer.status == 304)
        return answer
    }

    /// The head of the next answer, whose body is read by `chunk`.
    func head() throws -> Answer {
        while !buffer.contains(Array("\r\n\r\n".utf8)) { try receive() }
        let lines = try take(until: "\r\n\r\n").split(separator: "\r\n")
        let status = Int(lines[0].split(separator: " ")[1]) ?? 0
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            let (name, value) = (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
            fields[name] = fields[name].map { "\($0), \(value)" } ?? value
        }
        return Answer(status: status, fields: fields, bytes: [])
    }

    /// The next chunk of an answer that comes in chunks; nil behind the last.
    func chunk() throws -> [UInt8]? {
        while !buffer.contains(Array("\r\n".utf8)) { try receive() }
        let size = Int(try take(until: "\r\n"), radix: 16) ?? 0
        while buffer.count < size + 2 { try receive() }
        defer { buffer.removeFirst(size + 2) }
        return size == 0 ? nil : Array(buffer[..<size])
    }

    private func body(_ fields: [String: String], isEmpty: Bool) throws -> [UInt8] {
        if isEmpty { return [] }
        if fields["transfer-encoding"] == "chunked" {
            var bytes: [UInt8] = []
            while let chunk = try chunk() { bytes += chunk }
            return bytes
        }
        let count = fields["content-length"].flatMap { Int($0) } ?? 0
        while buffer.count < count { try receive() }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    /// The bytes up to a mark, as text; the mark is taken too.
    private func take(until mark: String) throws -> String {
        let wanted = Array(mark.utf8)
        guard let range = buffer.firstRange(of: wanted) else { throw Failed("no \(mark.debugDescription) in the answer") }
        defer { buffer.removeFirst(range.upperBound) }
        return String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
    }

    private func receive() throws {
        var part = [UInt8](repeating: 0, count: 65_536)
        let count = part.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw Failed(count == 0 ? "the connection ended in the middle of an answer" : "recv: errno \(errno)") }
        buffer += part[..<count]
    }

    /// Whether the server has closed the connection and nothing is left to read.
    func isAtEnd() -> Bool {
        var part = [UInt8](repeating: 0, count: 1)
        return buffer.isEmpty && part.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) } <= 0
    }
}
