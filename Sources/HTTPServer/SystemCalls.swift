internal import CLinux
internal import Glibc

/// The calls whose failures must be survived, as a table, so that tests can make them fail.
///
/// Each returns what the kernel would: a count or descriptor, or the negative error number.
package struct SystemCalls: Sendable {
    package var accept: @Sendable (_ listener: CInt) -> Int
    package var receive: @Sendable (_ socket: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int
    /// Sends one piece, and then another, which may be empty.
    package var send: @Sendable (_ socket: CInt, _ bytes: UnsafeRawBufferPointer, _ rest: UnsafeRawBufferPointer) -> Int

    package static let linux = SystemCalls(
        accept: { listener in Int(clinux_accept(listener)) },
        receive: { socket, buffer in
            let count = recv(socket, buffer.baseAddress, buffer.count, 0)
            return count >= 0 ? count : -Int(errno)
        },
        send: { socket, bytes, rest in
            // MSG_NOSIGNAL: a client that has gone is an outcome, not a SIGPIPE that ends the process.
            if rest.isEmpty {
                let count = Glibc.send(socket, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
                return count >= 0 ? count : -Int(errno)
            }
            return clinux_send_both(socket, bytes.baseAddress, bytes.count, rest.baseAddress, rest.count)
        })
}

/// What came of reading from a socket.
enum ReadOutcome: Equatable {
    /// At least one byte.
    case bytes(Int)
    case wouldBlock
    /// The peer sends no more; it may still read.
    case endOfStream
    /// The connection is gone, in whatever way: there is nobody to tell.
    case lost
}

/// What came of writing to a socket.
enum WriteOutcome: Equatable {
    case bytes(Int)
    case wouldBlock
    case lost
}

/// What came of accepting from a listener.
enum AcceptOutcome: ~Copyable {
    case connection(FileDescriptor)
    case wouldBlock
    /// That one connection went wrong before it was accepted; the next may be sound.
    case passing
    /// The process or the kernel has no descriptor left.
    case noDescriptor
    /// Want of memory, or anything else that is not about one connection.
    case exhausted

    var isWouldBlock: Bool {
        switch self {
        case .wouldBlock: true
        default: false
        }
    }
}

extension SystemCalls {
    func receive(_ socket: CInt, into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
        while true {
            let result = receive(socket, buffer)
            if result > 0 { return .bytes(result) }
            if result == 0 { return .endOfStream }
            switch CInt(-result) {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            default: return .lost
            }
        }
    }

    func send(
        _ socket: CInt, from bytes: UnsafeRawBufferPointer, then rest: UnsafeRawBufferPointer = .init(start: nil, count: 0)
    ) -> WriteOutcome {
        while true {
            let result = send(socket, bytes, rest)
            if result >= 0 { return .bytes(result) }
            switch CInt(-result) {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            default: return .lost
            }
        }
    }

    /// accept(2): Linux passes errors of the new connection's network on; they say nothing of the listener.
    func accept(from listener: CInt) -> AcceptOutcome {
        while true {
            let result = accept(listener)
            if result >= 0 { return .connection(FileDescriptor(owning: CInt(result))) }
            switch CInt(-result) {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            case ECONNABORTED, EPROTO, EPERM, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH:
                return .passing
            case EMFILE, ENFILE: return .noDescriptor
            default: return .exhausted
            }
        }
    }
}
