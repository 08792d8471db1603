internal import Addresses
internal import Glibc
internal import HTTP

/// An address of IPv4 or IPv6, with its port.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// The address of a host, by its number (`127.0.0.1`, `::`) or its name, of which the first address is taken.
    init(host: String, port: UInt16) throws(SystemError) {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard code == 0, let first = found?.pointee, let address = first.ai_addr else {
            if code == EAI_SYSTEM { throw SystemError("getaddrinfo \(host)", errno) }
            throw SystemError("getaddrinfo \(host)", code, reason: gai_strerror(code).map { String(cString: $0) } ?? "no reason given")
        }
        length = first.ai_addrlen
        let bytes = UnsafeRawBufferPointer(start: address, count: min(Int(length), MemoryLayout<sockaddr_storage>.size))
        withUnsafeMutableBytes(of: &storage) { $0.copyMemory(from: bytes) }
    }

    /// The address that a socket is bound to.
    init(of socket: CInt) throws(SystemError) {
        var length = length
        let code = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        self.length = length
        guard code == 0 else { throw SystemError("getsockname", errno) }
    }

    /// The address of the other end of a connection; nil where the connection has gone.
    init?(ofPeerOf socket: CInt) {
        var length = length
        let code = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(socket, $0, &length) }
        }
        self.length = length
        guard code == 0 else { return nil }
    }

    /// The address without its port; nil for other families.
    var client: NetworkAddress? {
        withUnsafeBytes(of: storage) { bytes in
            switch family {
            // sockaddr_in and sockaddr_in6 (ip(7), ipv6(7)): the address stands at byte 4, and at byte 8.
            case AF_INET: NetworkAddress(version4: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
            case AF_INET6:
                NetworkAddress(
                    high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                    low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)))
            default: nil
            }
        }
    }

    var family: CInt { CInt(storage.ss_family) }

    var port: UInt16 {
        var storage = storage
        return withUnsafeBytes(of: &storage) { bytes in
            // The port stands at the same place in both families, in network order.
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }

    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
