internal import Glibc

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
            throw SystemError("getaddrinfo \(host)", code == EAI_SYSTEM ? errno : EADDRNOTAVAIL)
        }
        length = first.ai_addrlen
        let bytes = UnsafeRawBufferPointer(start: address, count: min(Int(length), MemoryLayout<sockaddr_storage>.size))
        withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
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

    /// Room for an address of any family.
    init() {}

    mutating func withUnsafeMutableBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
        Swift.withUnsafeMutableBytes(of: &storage, body)
    }

    var family: CInt { CInt(storage.ss_family) }

    var port: UInt16 {
        var storage = storage
        return withUnsafeBytes(of: &storage) { bytes in
            // The port stands at the same place in both families, in network order.
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }

    /// The number without the port: `127.0.0.1`, `2001:db8::1`. An IPv4 client of an IPv6 listener is shown as what it is. Nil for
    /// other families.
    var hostText: String? {
        var storage = storage
        return withUnsafeBytes(of: &storage) { bytes in
            switch family {
            case AF_INET: Self.dotted(bytes[4..<8])
            case AF_INET6 where bytes[8..<18].allSatisfy { $0 == 0 } && bytes[18] == 0xFF && bytes[19] == 0xFF: Self.dotted(bytes[20..<24])
            case AF_INET6: Self.text(of: bytes)
            default: nil
            }
        }
    }

    /// At most 15 bytes, which a `String` holds within itself.
    private static func dotted(_ numbers: Slice<UnsafeRawBufferPointer>) -> String {
        numbers.map { String($0) }.joined(separator: ".")
    }

    private static func text(of address: UnsafeRawBufferPointer) -> String? {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard let number = address.baseAddress?.advanced(by: 8), inet_ntop(AF_INET6, number, &text, socklen_t(text.count)) != nil else {
            return nil
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
