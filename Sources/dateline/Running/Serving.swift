internal import CLinux
internal import Glibc
internal import HTTP
internal import HTTPServer
internal import Logging
internal import Newsroom
internal import NewsroomAPI

/// One run of the server.
struct Serving {
    private var settings: Settings
    private let readSettings: () throws(SettingsError) -> Settings
    private let signals: SignalWatch
    private let logWriter: LogWriter
    private let threshold: LogThreshold
    private let log: Logger
    private let state = ProgramState(version: Version.text, startedAt: Instant.now())

    /// - Parameter readSettings: reads them again, as they stand by then.
    init(_ settings: Settings, readSettings: @escaping () throws(SettingsError) -> Settings) throws(Failure) {
        self.settings = settings
        self.readSettings = readSettings
        do { signals = try SignalWatch() } catch { throw Failure("signals: \(error)") }
        let logWriter = LogWriter(byteCountMax: settings.integer(.logBufferBytesMax))
        let threshold = LogThreshold(settings.logLevel)
        self.logWriter = logWriter
        self.threshold = threshold
        log = Logger(label: "dateline") { _ in JSONLogHandler(threshold: threshold, writer: logWriter) }
    }

    mutating func run() throws(Failure) {
        defer { logWriter.flush() }
        let starting = NewsroomAPI.starting(
            access: Access(settings), program: state, limits: APILimits(settings), origins: settings.origins)
        // It listens before the database is opened: probes are answered meanwhile, and a port in use is noticed before that is touched.
        let server = try listen(starting)
        state.observeServer { [weak server] in server.map { ServerFigures($0.statistics) } }
        server.start()
        state.phase = .migrating
        let store = try OpenedStore(settings)
        var api = api(over: store)
        let terms = terms(of: api, counts: api.counts)
        waiting { await server.handOver(to: terms) }
        let postman = Postman(store.store, settings, settings.destinations, log)
        signals.arm()
        state.phase = .serving
        tellOfStart(server)
        var (crowd, spareMemory, secondCount) = (Crowd(), SpareMemory(), 0)
        while true {
            switch signals.wait(milliseconds: 1_000) {
            case .drain: return drain(server, store, api, postman)
            case .settings: changeSettings(of: server, over: store, &api)
            case nil: secondCount += 1
            }
            if secondCount.isMultiple(of: 60) { noteTokenUses(api) }
            if crowd.hasGone(leaving: server.statistics.openConnectionCount) || spareMemory.isMuch() { clinux_return_memory() }
            guard store.isSound else {
                log.critical("a commit failed; only a new start can tell what the database holds")
                drain(server, store, api, postman)
                throw Failure("a commit failed; the log says why", status: .cannotWrite)
            }
        }
    }

    /// Takes over what has changed of the settings and can change at run time; nothing of settings that cannot be.
    private mutating func changeSettings(of server: Server, over store: OpenedStore, _ api: inout NewsroomAPI) {
        let change: SettingsChange
        do throws(SettingsError) {
            change = try SettingsChange(from: settings, to: readSettings())
        } catch {
            log.error("the settings cannot be: all stay as they were", metadata: ["reason": "\(error.lines.joined(separator: "; "))"])
            return
        }
        settings = change.settings
        threshold.level = settings.logLevel
        let next = self.api(over: store, inPlaceOf: api)
        let terms = terms(of: next, counts: next.counts)
        waiting { await server.handOver(to: terms) }
        noteTokenUses(api)
        api = next
        let changed = change.changed.map { ($0.rawValue, Logger.MetadataValue.string(settings.shownValue(of: $0) ?? "")) }
        log.notice("the settings were read again", metadata: ["changed": .dictionary(Dictionary(uniqueKeysWithValues: changed))])
        guard !change.awaitingRestart.isEmpty else { return }
        let names = change.awaitingRestart.map { Logger.MetadataValue.string($0.rawValue) }
        log.warning("some of the changed settings need a restart", metadata: ["settings": .array(names)])
    }

    private func api(over store: OpenedStore, inPlaceOf former: NewsroomAPI? = nil) -> NewsroomAPI {
        NewsroomAPI(
            store.store, access: Access(settings), program: state, limits: APILimits(settings), origins: settings.origins,
            backupFolder: settings.optionalText(.backupFolder), destinations: settings.destinations,
            tellsTiming: settings.truth(.httpServerTiming), inPlaceOf: former
        ) { [log] failure in
            log.error("the store failed", metadata: ["request_id": "\(failure.requestID)", "reason": "\(failure.reason)"])
        }
    }

    /// - Parameter counts: nil while the database is opened: requests are in the log alone.
    private func terms(of api: NewsroomAPI, counts: RequestCounts?) -> ServiceTerms {
        let isLogged = settings.truth(.logRequests) && threshold.level <= .info
        let accessLog = AccessLog(writer: logWriter, patterns: api.patterns, tellsClients: settings.truth(.logClients))
        return ServiceTerms(
            responder: api, observer: RequestObserver(counts: counts, accessLog: isLogged ? accessLog : nil),
            limits: ServerLimits(settings), proxies: settings.trustedProxies)
    }

    private func listen(_ api: NewsroomAPI) throws(Failure) -> Server {
        let (host, port) = (settings.text(.httpHost), settings.integer(.httpPort))
        do throws(SystemError) {
            return try Server(
                host: host, port: port, loopCount: settings.optionalInteger(.httpLoops) ?? Server.processorCount,
                terms: terms(of: api, counts: nil))
        } catch  where error.number == EMFILE {
            throw Failure("\(error)", status: .unavailable)
        } catch {
            let reason = error.number == EADDRINUSE ? "it is in use" : "\(error)"
            throw Failure("cannot listen on \(host) port \(port): \(reason)", status: .unavailable)
        }
    }

    private func tellOfStart(_ server: Server) {
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
    }

    /// When tokens were shown last: nothing that a full queue or disk should stop the server for.
    private func noteTokenUses(_ api: NewsroomAPI) {
        waiting { try? await api.noteTokenUses() }
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
            inFlightRequestCount: statistics.inFlightRequestCount,
            loops: statistics.loops.map { LoopFigures(openConnectionCount: $0.openConnectionCount, stallCount: $0.stallCount) })
    }
}
