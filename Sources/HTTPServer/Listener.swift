internal import CLinux
internal import Glibc
internal import HTTP
internal import HTTPTypes

/// Accepts the connections of one loop, and survives every way in which that can fail.
///
/// - Invariant: but for `channel.number`, touched on the loop's thread alone. That is what makes `@unchecked Sendable` sound.
final class Listener: @unchecked Sendable {
    let loop: EventLoop
    let channel: Channel
    private let service: Service
    /// Given up for a moment when no other descriptor is left, to take a connection and turn it away.
    private var spare: FileDescriptor?
    private var pause: Nanoseconds
    /// When accepting ends; nil while it goes on.
    private var stopsAt: Moment?

    init(_ socket: consuming FileDescriptor, on loop: EventLoop, service: Service) {
        self.loop = loop
        self.service = service
        channel = Channel(socket, on: loop)
        pause = service.clocks.acceptPause
        reserve()
    }

    /// Accepts until it is stopped, and what has arrived until then; closes the socket.
    nonisolated(nonsending) func run() async {
        guard channel.isOpen else { return }
        loop.adopt(channel)
        while channel.isOpen, !channel.isCut, await acceptSome() {}
        channel.close()
        spare = nil
    }

    /// Serves on other terms from now on. On the loop's thread.
    func take(_ terms: ServiceTerms) {
        service.take(terms)
    }

    /// Ends `run` at that moment, once what waits to be accepted has been.
    func stop(at moment: Moment) {
        stopsAt = moment
        if channel.token == nil { channel.close() } else { channel.hasten(to: loop.now) }
    }

    /// Makes the kernel ignore new clients, who find the port closed when they try again, while connections that are being made are
    /// completed. From any thread, but only before `stop`.
    func ignoreNewConnections() { _ = clinux_ignore_new_connections(channel.number) }

    /// Accepts as many as a turn may, and waits for more. Returns false when it is over.
    nonisolated(nonsending) private func acceptSome() async -> Bool {
        for _ in 0..<Self.turnCountMax {
            guard !service.refusals.areAllTaken else { return await rest() }
            switch channel.accept() {
            case .connection(let socket):
                pause = service.clocks.acceptPause
                // The want is over: the next one must find the spare again.
                reserve()
                serve(socket)
            case .wouldBlock:
                if let stopsAt, loop.now >= stopsAt { return false }
                // Without memory for its registration it cannot wait, but pause.
                if await channel.readable(until: stopsAt ?? .never) == .cut { return await rest() }
                return true
            case .passing:
                loop.counters.acceptErrors.add(1)
            case .noDescriptor:
                loop.counters.acceptErrors.add(1)
                shed()
                return await rest()
            case .exhausted:
                loop.counters.acceptErrors.add(1)
                return await rest()
            }
        }
        // The connections that were accepted get their turn.
        await Task.yield()
        return true
    }

    private func serve(_ socket: consuming FileDescriptor) {
        loop.counters.accepted.add(1)
        if service.connections.take() {
            let connection = connection(socket)
            loop.counters.open.add(1)
            connection.channel.task = Task(executorPreference: loop) { [service, loop] in
                await connection.serve()
                service.connections.giveBack()
                loop.counters.open.add(-1)
            }
            return
        }
        loop.counters.refused.add(1)
        // Another loop may have taken the last place since this one looked.
        guard service.refusals.take() else { return sayOverloaded(to: socket) }
        let connection = connection(socket)
        loop.counters.open.add(1)
        connection.channel.task = Task(executorPreference: loop) { [service, loop] in
            await connection.turnAway()
            service.refusals.giveBack()
            loop.counters.open.add(-1)
        }
    }

    private func connection(_ socket: consuming FileDescriptor) -> Connection {
        let channel = Channel(socket, on: loop)
        loop.adopt(channel)
        return Connection(channel, service: service)
    }

    /// Waits for descriptors or memory to come free, longer each time: reported at once again and again, the want would take a whole core.
    /// Returns false when a stopping listener should give up.
    nonisolated(nonsending) private func rest() async -> Bool {
        if stopsAt != nil { return false }
        _ = await channel.rest(until: loop.now + pause)
        pause = min(pause * 2, max(Self.pauseMax, service.clocks.acceptPause))
        return true
    }

    /// Turns clients away that could only wait, through the spare descriptor: as many as are there, up to a bound.
    private func shed() {
        for _ in 0..<Self.turnCountMax where spare != nil {
            spare = nil
            let outcome = channel.accept()
            guard case .connection(let socket) = consume outcome else { break }
            loop.counters.accepted.add(1)
            loop.counters.refused.add(1)
            sayOverloaded(to: socket)
            reserve()
        }
        reserve()
    }

    /// The answer without waiting for anything, and the end: a new socket's buffer takes it at once. It has a body, unless a HEAD is there
    /// already (RFC 9110 §9.3.2).
    private func sayOverloaded(to socket: consuming FileDescriptor) {
        let number = socket.rawValue
        var isHead = false
        if case .bytes(let count) = loop.receive(from: number) {
            let bytes = UnsafeBufferPointer(rebasing: loop.input[..<count])
            isHead = RequestParser.methodOfRefused(bytes.span) == .head
        }
        var bytes: [UInt8] = []
        let id = loop.identifiers.next()
        let response = Problem.overloaded().response(instance: nil, requestID: id)
        let context = ResponseContext(isHead: isHead, closes: true, requestID: id, opening: loop.opening)
        ResponseSerializer.append(headOf: response, to: &bytes, for: context)
        bytes += ResponseSerializer.body(of: response, for: context)
        _ = bytes.withUnsafeBytes { loop.calls.send(number, from: $0) }
        _ = shutdown(number, CInt(SHUT_WR))
    }

    private func reserve() {
        guard spare == nil else { return }
        let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if number >= 0 { spare = FileDescriptor(owning: number) }
    }

    private static let turnCountMax = 64
    private static let pauseMax: Nanoseconds = 500_000_000
}
