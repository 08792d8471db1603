internal import ArgumentParser
internal import CLinux
internal import Glibc
internal import HTTP
internal import HTTPServer
internal import Logging
internal import Newsroom
internal import NewsroomAPI
internal import Webhooks

/// `dateline serve`: the server, until SIGTERM or SIGINT.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Open the database and serve the API until SIGTERM.",
        discussion: """
            SIGTERM and SIGINT drain: /readyz turns 503, no new connections are taken, requests in flight and queued writes finish, the \
            database is closed, and the status is 0. Another signal, a second later or more, ends at once.
            """)

    @OptionGroup var flags: SettingFlags<EverySetting>

    func run() throws {
        let settings = try flags.settings()
        try Serving(settings).run()
    }
}

/// One run of the server.
private struct Serving {
    private let settings: Settings
    private let signals: SignalWatch
    private let logWriter: LogWriter
    private let log: Logger
    private let state = ProgramState(version: Version.text, startedAt: Instant.now())

    init(_ settings: Settings) throws(Failure) {
        self.settings = settings
        do { signals = try SignalWatch() } catch { throw Failure("signals: \(error)") }
        let logWriter = LogWriter(byteCountMax: settings.integer(.logBufferBytesMax))
        let level = Logger.Level(rawValue: settings.text(.logLevel)) ?? .info
        self.logWriter = logWriter
        log = Logger(label: "dateline") { _ in JSONLogHandler(level: level, writer: logWriter) }
    }

    func run() throws(Failure) {
        defer { logWriter.flush() }
        let logsRequests = settings.truth(.logRequests) && log.logLevel <= .info
        let starting = NewsroomAPI.starting(access: access, program: state, limits: APILimits(settings), origins: origins)
        let accessLog = logsRequests ? AccessLog(writer: logWriter, patterns: starting.patterns) : nil
        // It listens before the database is opened: probes are answered meanwhile, and a port in use is noticed before that is touched.
        let server = try listen(starting, RequestObserver(counts: nil, accessLog: accessLog))
        state.observeServer { [weak server] in server.map { ServerFigures($0.statistics) } }
        server.start()
        state.phase = .migrating
        let store = try OpenedStore(settings)
        let api = NewsroomAPI(
            store.store, access: access, program: state, limits: APILimits(settings), origins: origins,
            backupFolder: settings.optionalText(.backupFolder), destinations: destinations
        ) { [log] failure in
            log.error("the store failed", metadata: ["request_id": "\(failure.requestID)", "reason": "\(failure.reason)"])
        }
        waiting { await server.handOver(to: api, RequestObserver(counts: api.counts, accessLog: accessLog)) }
        let postman = Postman(store.store, settings, destinations, log)
        signals.arm()
        state.phase = .serving
        log.notice(
            "listening",
            metadata: [
                "host": "\(settings.text(.httpHost))", "port": .stringConvertible(server.port),
                "database": "\(settings.text(.storageDatabase))", "version": "\(Version.text)",
                "process": .stringConvertible(Int(getpid())),
            ])
        if server.connectionCountMax < settings.integer(.httpConnectionsMax) {
            log.warning(
                "the limit on open files leaves fewer connections than http.connections_max",
                metadata: ["connections_max": .stringConvertible(server.connectionCountMax)])
        }
        if settings.optionalText(.adminToken) == nil { log.notice("no admin token is set: tokens of the database alone may write") }
        var (crowd, spareMemory, secondCount) = (Crowd(), SpareMemory(), 0)
        while !signals.wait(milliseconds: 1_000) {
            secondCount += 1
            if secondCount.isMultiple(of: 60) { noteTokenUses(api) }
            if crowd.hasGone(leaving: server.statistics.openConnectionCount) || spareMemory.isMuch() { clinux_return_memory() }
            guard store.isSound else {
                log.critical("a commit failed; only a new start can tell what the database holds")
                drain(server, store, api, postman)
                throw Failure("a commit failed; the log says why", status: .cannotWrite)
            }
        }
        drain(server, store, api, postman)
    }

    private var access: Access {
        Access(
            adminToken: settings.optionalText(.adminToken), allowsAnonymous: settings.truth(.accessAnonymous),
            failuresPerMinute: settings.integer(.accessFailuresPerMinute))
    }

    /// When tokens were shown last: nothing that a full queue or disk should stop the server for.
    private func noteTokenUses(_ api: NewsroomAPI) {
        waiting { try? await api.noteTokenUses() }
    }

    private var destinations: DestinationRule {
        settings.optionalText(.webhooksAllowedAddresses).flatMap { DestinationRule($0) } ?? DestinationRule()
    }

    private var origins: AllowedOrigins? { settings.optionalText(.httpCorsOrigins).flatMap { AllowedOrigins($0) } }

    private func listen(_ responder: NewsroomAPI, _ observer: RequestObserver) throws(Failure) -> Server {
        let (host, port) = (settings.text(.httpHost), settings.integer(.httpPort))
        do throws(SystemError) {
            return try Server(
                host: host, port: port, loopCount: settings.optionalInteger(.httpLoops) ?? Server.processorCount,
                limits: ServerLimits(settings), responder: responder, observer: observer)
        } catch  where error.number == EMFILE {
            throw Failure("\(error)", status: .unavailable)
        } catch {
            let reason = error.number == EADDRINUSE ? "it is in use" : "\(error)"
            throw Failure("cannot listen on \(host) port \(port): \(reason)", status: .unavailable)
        }
    }

    /// What came in is answered, what was queued is on disk, and nothing is left open.
    private func drain(_ server: Server, _ store: OpenedStore, _ api: NewsroomAPI, _ postman: Postman) {
        state.phase = .draining
        log.notice("draining", metadata: ["connections": .stringConvertible(server.statistics.openConnectionCount)])
        let delay = settings.integer(.httpDrainDelayMs)
        if delay > 0 { usleep(UInt32(delay) * 1_000) }
        waiting { await server.drain() }
        noteTokenUses(api)
        waiting { await postman.stop() }
        waiting { await store.close() }
        log.notice("stopped")
    }
}

extension ServerFigures {
    init(_ statistics: ServerStatistics) {
        self.init(
            openConnectionCount: statistics.openConnectionCount, acceptedConnectionCount: statistics.acceptedConnectionCount,
            refusedConnectionCount: statistics.refusedConnectionCount, acceptErrorCount: statistics.acceptErrorCount,
            inFlightRequestCount: statistics.inFlightRequestCount)
    }
}
