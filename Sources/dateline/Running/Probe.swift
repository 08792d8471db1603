internal import Glibc
internal import HTTPServer

/// One request to a server, over a blocking socket, for its status alone.
enum Probe {
    enum Refusal: Error, CustomStringConvertible {
        case malformedAnswer
        /// Nothing, or not enough, within the time.
        case late
        /// Names are not looked up here.
        case namedHost

        var description: String {
            switch self {
            case .malformedAnswer: "the answer is not HTTP"
            case .late: "it takes too long"
            case .namedHost: "the host must be given by its number, or as localhost"
            }
        }
    }

    /// The status that `GET path` is answered with.
    ///
    /// - Parameters:
    ///   - host: a numeric address or `localhost`; one that means all addresses means the loopback here.
    ///   - time: for each of connecting and sending, and for the answer.
    static func status(of path: String, host: String, port: Int, within time: Duration) throws -> Int {
        let socket = try connected(to: host, port: port, within: time)
        try StandardStream.write(Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8), to: socket.rawValue)
        let deadline = ContinuousClock.now + time
        var head: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 512)
        while head.count < 12 {
            let count = buffer.withUnsafeMutableBytes { recv(socket.rawValue, $0.baseAddress, $0.count, 0) }
            let isLate = count < 0 && errno == EAGAIN
            guard count >= 0 || isLate else { throw SystemError("recv", errno) }
            guard !isLate, ContinuousClock.now < deadline else { throw Refusal.late }
            guard count > 0 else { throw Refusal.malformedAnswer }
            head += buffer[..<count]
        }
        // RFC 9112 §4: `HTTP/1.1 200 …`.
        guard head.starts(with: Array("HTTP/1.".utf8)), let status = Int(String(decoding: head[9..<12], as: UTF8.self)) else {
            throw Refusal.malformedAnswer
        }
        return status
    }

    private static func connected(to host: String, port: Int, within time: Duration) throws -> FileDescriptor {
        let isVersion6 = host.contains(":")
        let rawValue = socket(isVersion6 ? AF_INET6 : AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard rawValue >= 0 else { throw SystemError("socket", errno) }
        let descriptor = FileDescriptor(owning: rawValue)
        // SO_SNDTIMEO bounds connecting too (socket(7)).
        var bound = timeval(
            tv_sec: Int(time.components.seconds), tv_usec: Int(time.components.attoseconds / 1_000_000_000_000))
        let size = socklen_t(MemoryLayout<timeval>.size)
        guard setsockopt(rawValue, SOL_SOCKET, SO_RCVTIMEO, &bound, size) == 0,
            setsockopt(rawValue, SOL_SOCKET, SO_SNDTIMEO, &bound, size) == 0
        else { throw SystemError("setsockopt", errno) }
        let result = isVersion6 ? try connect6(rawValue, host, port) : try connect4(rawValue, host, port)
        // EINPROGRESS: that time is over.
        if result != 0, errno == EINPROGRESS { throw Refusal.late }
        guard result == 0 else { throw SystemError("connect", errno) }
        return descriptor
    }

    private static func connect4(_ socket: CInt, _ host: String, _ port: Int) throws(Refusal) -> CInt {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        let numeric = host == "0.0.0.0" || host == "localhost" ? "127.0.0.1" : host
        guard inet_pton(AF_INET, numeric, &address.sin_addr) == 1 else { throw .namedHost }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    private static func connect6(_ socket: CInt, _ host: String, _ port: Int) throws(Refusal) -> CInt {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = in_port_t(port).bigEndian
        guard inet_pton(AF_INET6, host == "::" ? "::1" : host, &address.sin6_addr) == 1 else { throw .namedHost }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) }
        }
    }
}
