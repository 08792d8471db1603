import Glibc

/// A client that speaks bytes over a blocking socket. Every wait is bounded, so that a test fails where it would hang.
final class TestClient: Sendable {
    private let socket: CInt

    struct Failure: Error, CustomStringConvertible {
        let description: String
        var number: CInt = 0

        static func call(_ name: String) -> Failure {
            let number = errno
            return Failure(description: "\(name): \(number)", number: number)
        }
    }

    /// - Parameter receiveByteCount: the size of the receive buffer, for clients that are to be slow readers.
    init(port: Int, receiveByteCount: CInt? = nil) throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        precondition(socket >= 0, "no socket for a test")
        if var receiveByteCount {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveByteCount, socklen_t(MemoryLayout<CInt>.size))
        }
        // Only what hangs takes as long, under a sanitizer on a busy machine too.
        var patience = timeval(tv_sec: 600, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var noDelay: CInt = 1
        setsockopt(socket, CInt(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<CInt>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // `deinit` closes the socket, also when this throws.
        guard result == 0 else { throw Failure.call("connect") }
    }

    deinit { close(socket) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.send(socket, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure.call("send") }
            sent += count
        }
    }

    /// Says that nothing more comes; answers can still be read.
    func endSending() { shutdown(socket, CInt(SHUT_WR)) }

    /// Ends with a reset at once, whatever is on its way.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        // The number stays taken until `deinit`, so that no other test gets it in between; the reset is sent by the disconnect.
        var nowhere = sockaddr()
        nowhere.sa_family = sa_family_t(AF_UNSPEC)
        connect(socket, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }

    /// What is there, at least one byte; empty at the end of the stream.
    func receive(atMost byteCount: Int = 65_536) throws -> [UInt8] {
        let bytes = try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let result = recv(socket, buffer.baseAddress, byteCount, 0)
            guard result >= 0 else { throw Failure.call("recv") }
            count = result
        }
        return bytes
    }

    /// Everything up to the end of the stream.
    func receiveAll() throws -> String {
        var all: [UInt8] = []
        while case let part = try receive(), !part.isEmpty { all += part }
        return String(decoding: all, as: UTF8.self)
    }

    /// Whether the server has closed the connection without a byte before that, in order or by a reset.
    func isAtEnd() throws -> Bool {
        do {
            return try receive().isEmpty
        } catch let failure as Failure where failure.number == ECONNRESET {
            return true
        }
    }

    /// Exactly so many bytes.
    func receive(exactly byteCount: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < byteCount {
            let part = try receive(atMost: byteCount - all.count)
            guard !part.isEmpty else { throw Failure(description: "ended after \(all.count) of \(byteCount) bytes") }
            all += part
        }
        return all
    }

    /// One answer; bytes of the next are left in the socket.
    func answer(isHead: Bool = false) throws -> Answer {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head += try receive(exactly: 1) }
        var answer = Answer(head: String(decoding: head, as: UTF8.self))
        if isHead || answer.status == 204 || answer.status == 304 || answer.status < 200 { return answer }
        if let length = answer["Content-Length"] {
            answer.body = try receive(exactly: Int(length) ?? 0)
        } else if answer["Transfer-Encoding"] == "chunked" {
            answer.body = try chunks()
        } else {
            answer.body = Array(try receiveAll().utf8)
        }
        return answer
    }

    private func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            var line: [UInt8] = []
            while !line.suffix(2).elementsEqual("\r\n".utf8) { line += try receive(exactly: 1) }
            guard let size = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16) else {
                throw Failure(description: "no chunk size: \(line)")
            }
            body += try receive(exactly: size)
            _ = try receive(exactly: 2)
            if size == 0 { return body }
        }
    }

    struct Answer {
        let head: String
        var body: [UInt8] = []

        init(head: String) { self.head = head }

        var status: Int { Int(head.split(separator: " ")[1]) ?? 0 }
        var text: String { String(decoding: body, as: UTF8.self) }

        subscript(name: String) -> String? {
            for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix(name.lowercased() + ": ") {
                return String(line.dropFirst(name.utf8.count + 2))
            }
            return nil
        }
    }
}
