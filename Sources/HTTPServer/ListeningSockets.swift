internal import CLinux
internal import Glibc

/// The listening sockets of one server: one for each loop on the same port, among which the kernel spreads the connections (SO_REUSEPORT).
///
/// Two programs that both ask for SO_REUSEPORT would share a port without noticing. So the first socket is bound without it, which fails
/// when anybody has the port, and joins the group only then, without ever letting go of the port.
struct ListeningSockets: ~Copyable {
    let port: Int
    private var first: FileDescriptor? = nil
    private let address: SocketAddress
    private let isShared: Bool
    private let backlog: CInt

    init(host: String, port: Int, count: Int, backlogCountMax: Int) throws(SystemError) {
        guard let number = UInt16(exactly: port) else { throw SystemError("bind", EINVAL) }
        let wanted = try SocketAddress(host: host, port: number)
        let socket = try Self.bound(to: wanted, isShared: false)
        let bound = try SocketAddress(of: socket.rawValue)
        if count > 1 { try Self.set(SO_REUSEPORT, SOL_SOCKET, on: socket.rawValue) }
        try Self.listen(socket.rawValue, CInt(clamping: backlogCountMax))
        self.init(first: socket, address: bound, isShared: count > 1, backlog: CInt(clamping: backlogCountMax))
    }

    private init(first: consuming FileDescriptor, address: SocketAddress, isShared: Bool, backlog: CInt) {
        self.first = consume first
        self.address = address
        self.isShared = isShared
        self.backlog = backlog
        port = Int(address.port)
    }

    /// The next listening socket, for one more loop.
    mutating func next() throws(SystemError) -> FileDescriptor {
        if let socket = first.take() { return socket }
        let socket = try Self.bound(to: address, isShared: isShared)
        try Self.listen(socket.rawValue, backlog)
        return socket
    }

    private static func bound(to address: SocketAddress, isShared: Bool) throws(SystemError) -> FileDescriptor {
        let socket = try FileDescriptor("socket", clinux_stream_socket(address.family))
        // Else the port could not be had again while connections of an earlier run linger in TIME_WAIT.
        try set(SO_REUSEADDR, SOL_SOCKET, on: socket.rawValue)
        if isShared { try set(SO_REUSEPORT, SOL_SOCKET, on: socket.rawValue) }
        // Accepted sockets inherit it: an answer is written whole, and must not wait for an acknowledgement.
        try set(TCP_NODELAY, CInt(IPPROTO_TCP), on: socket.rawValue)
        // Else the kernel would take four megabytes for a client that reads none of them. What a fast one has on its way does not count.
        try set(TCP_NOTSENT_LOWAT, CInt(IPPROTO_TCP), on: socket.rawValue, to: unsentByteCountMax)
        let number = socket.rawValue
        try SystemError.check("bind") { address.withSockaddr { bind(number, $0, $1) } }
        return socket
    }

    /// How much of an answer the kernel holds that it cannot send yet.
    private static let unsentByteCountMax: CInt = 262_144

    private static func set(_ option: CInt, _ level: CInt, on socket: CInt, to value: CInt = 1) throws(SystemError) {
        var value = value
        try SystemError.check("setsockopt") { setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<CInt>.size)) }
    }

    private static func listen(_ socket: CInt, _ backlog: CInt) throws(SystemError) {
        try SystemError.check("listen") { Glibc.listen(socket, backlog) }
    }
}
