internal import JSON
internal import Logging

/// Every setting of the program, once: the raw value is its key.
///
/// All other names follow from the key. `http.head_bytes_max` is the flag `--http-head-bytes-max`, the environment variable
/// `DATELINE_HTTP_HEAD_BYTES_MAX`, and the member `head_bytes_max` of the object `http` in the settings file.
package enum Setting: String, CaseIterable, Sendable {
    case httpHost = "http.host"
    case httpPort = "http.port"
    case httpLoops = "http.loops"
    case httpHeadBytesMax = "http.head_bytes_max"
    case httpTargetBytesMax = "http.target_bytes_max"
    case httpFieldsMax = "http.fields_max"
    case httpHeadMs = "http.head_ms"
    case httpBodyBytesMax = "http.body_bytes_max"
    case httpBodyGraceMs = "http.body_grace_ms"
    case httpBodyBytesPerSecondMin = "http.body_bytes_per_second_min"
    case httpPageBytesMax = "http.page_bytes_max"
    case httpFacetsMs = "http.facets_ms"
    case httpStreamsMax = "http.streams_max"
    case httpKeptBytesMax = "http.kept_bytes_max"
    case httpGzipBytesMin = "http.gzip_bytes_min"
    case httpCorsOrigins = "http.cors_origins"
    case httpServerTiming = "http.server_timing"
    case httpAnswerStallMs = "http.answer_stall_ms"
    case httpAnswerBytesPerSecondMin = "http.answer_bytes_per_second_min"
    case httpCoalescedBytesMax = "http.coalesced_bytes_max"
    case httpUnsentBytesMax = "http.unsent_bytes_max"
    case httpIdleMs = "http.idle_ms"
    case httpConnectionsMax = "http.connections_max"
    case httpRefusalsMax = "http.refusals_max"
    case httpLingerMs = "http.linger_ms"
    case httpLingerBytesMax = "http.linger_bytes_max"
    case httpBacklogMax = "http.backlog_max"
    case httpAcceptPauseMs = "http.accept_pause_ms"
    case httpDrainDelayMs = "http.drain_delay_ms"
    case httpDrainIdleMs = "http.drain_idle_ms"
    case httpDrainMs = "http.drain_ms"

    case jsonDepthMax = "json.depth_max"
    case importBytesMax = "import.bytes_max"
    case importLineBytesMax = "import.line_bytes_max"
    case importBatchMax = "import.batch_max"

    case storageDatabase = "storage.database"
    case storageReaders = "storage.readers"
    case storageLongQueries = "storage.long_queries"
    case storageQueryMs = "storage.query_ms"
    case storageBusyMs = "storage.busy_ms"
    case storageWriteQueueMax = "storage.write_queue_max"
    case storageBatchMax = "storage.batch_max"
    case storageKeysMax = "storage.keys_max"
    case storageSynchronous = "storage.synchronous"

    case backupFolder = "backup.folder"

    case logLevel = "log.level"
    case logRequests = "log.requests"
    case logClients = "log.clients"
    case logBufferBytesMax = "log.buffer_bytes_max"

    case feedListenersMax = "feed.listeners_max"
    case feedLagBytesMax = "feed.lag_bytes_max"

    case accessAnonymous = "access.anonymous"
    case accessFailuresPerMinute = "access.failures_per_minute"
    case accessTrustedProxies = "access.trusted_proxies"

    case adminToken = "admin.token"

    case webhooksAllowedAddresses = "webhooks.allowed_addresses"
    case webhooksConcurrentMax = "webhooks.concurrent_max"
    case webhooksFailingDaysMax = "webhooks.failing_days_max"
}

extension Setting {
    /// What is to be known of each setting.
    package var facts: SettingFacts {
        switch self {
        case .httpHost:
            .init(.text, "127.0.0.1", "address to listen on; 0.0.0.0 and :: are all of the machine's", short: "host", needsRestart: true)
        case .httpPort:
            .init(
                .integer(0...65_535), "8080", "port to listen on; 0 takes a free one, which the log names", short: "port",
                needsRestart: true)
        case .httpLoops:
            .init(.integerOrAuto(1...256), "auto", "event loops, a thread each; auto is one a core", needsRestart: true)
        case .httpHeadBytesMax:
            .init(.integer(1_024...1_048_576), "16384", "longest request head", unit: .bytes, status: 431)
        case .httpTargetBytesMax:
            .init(.integer(256...1_048_576), "8192", "longest request target", unit: .bytes, status: 414)
        case .httpFieldsMax:
            .init(.integer(8...10_000), "100", "most header fields in a request", status: 431)
        case .httpHeadMs:
            .init(.integer(100...600_000), "10000", "time for a request head, from its first byte", unit: .milliseconds, status: 408)
        case .httpBodyBytesMax:
            .init(.integer(1_024...1_073_741_824), "1048576", "longest request body, imports excepted", unit: .bytes, status: 413)
        case .httpBodyGraceMs:
            .init(
                .integer(100...600_000), "10000",
                "time in which a client may send no byte of its body, or fewer than the next setting asks for",
                unit: .milliseconds, status: 408)
        case .httpBodyBytesPerSecondMin:
            .init(.integer(1...1_073_741_824), "1024", "slowest body, over each stretch of that time", unit: .bytesPerSecond, status: 408)
        case .httpFacetsMs:
            .init(
                .integer(1...600_000), "500",
                "time in which facets are counted, of lists and of searches; what is counted by then is told, as not complete",
                unit: .milliseconds)
        case .httpStreamsMax:
            .init(.integer(1...100_000), "64", "lists that are streamed at a time; each holds about 1 MiB for a slow reader", status: 503)
        case .httpPageBytesMax:
            .init(
                .integer(65_536...1_073_741_824), "4194304",
                "bytes at which a page of a list ends before its limit; it has one item at least",
                unit: .bytes)
        case .httpKeptBytesMax:
            .init(
                .integer(0...1_073_741_824), "134217728", "answers kept in memory to be given again while nothing changes", unit: .bytes)
        case .httpGzipBytesMin:
            .init(.integer(128...1_073_741_824), "1024", "smallest body that is compressed, for clients that take gzip", unit: .bytes)
        case .httpCorsOrigins:
            .init(
                .origins, nil,
                "origins whose scripts may read answers (CORS), by comma: scheme://host:port; * alone is all of them")
        case .httpServerTiming:
            .init(.truth, "false", "whether answers tell how long they took, in all and in the store (Server-Timing)")
        case .httpAnswerStallMs:
            .init(
                .integer(100...3_600_000), "30000",
                "time in which a client may take no byte of its answer, or fewer than the next setting asks for; then it is cut off",
                unit: .milliseconds)
        case .httpAnswerBytesPerSecondMin:
            .init(.integer(1...1_073_741_824), "256", "slowest taking of an answer, over each stretch of that time", unit: .bytesPerSecond)
        case .httpCoalescedBytesMax:
            .init(.integer(1_024...16_777_216), "65536", "answers to pipelined requests that are sent in one go", unit: .bytes)
        case .httpUnsentBytesMax:
            .init(
                .integer(1_048_576...1_099_511_627_776), "268435456",
                "answers that wait for slow readers, in all; beyond it answers of more than 64 KiB are refused", unit: .bytes, status: 503,
                needsRestart: true)
        case .httpIdleMs:
            .init(
                .integer(100...3_600_000), "75000", "time a connection may wait for its next request; then it is closed",
                unit: .milliseconds)
        case .httpConnectionsMax:
            .init(.integer(1...1_000_000), "10000", "connections served at a time", status: 503, needsRestart: true)
        case .httpRefusalsMax:
            .init(.integer(1...10_000), "64", "refused connections seen off at a time; with more, accepting pauses", needsRestart: true)
        case .httpLingerMs:
            .init(
                .integer(1...60_000), "2000", "time a closing connection is read on, so that its client gets the answer",
                unit: .milliseconds)
        case .httpLingerBytesMax:
            .init(.integer(1_024...16_777_216), "65536", "most that is read and dropped for that", unit: .bytes)
        case .httpBacklogMax:
            .init(.integer(1...65_535), "4096", "connections the kernel holds ready for accepting", needsRestart: true)
        case .httpAcceptPauseMs:
            .init(.integer(1...500), "100", "first pause of accepting when descriptors run out", unit: .milliseconds)
        case .httpDrainDelayMs:
            .init(.integer(0...600_000), "0", "time between readiness 503 and the closing of the listeners", unit: .milliseconds)
        case .httpDrainIdleMs:
            .init(
                .integer(1...60_000), "100",
                "time the listeners and idle connections stay open in a drain, since a request may be on its way",
                unit: .milliseconds)
        case .httpDrainMs:
            .init(
                .integer(1...600_000), "10000",
                "time for requests in flight in a drain; then those still coming get 503, and the others are cut off",
                unit: .milliseconds)
        case .jsonDepthMax:
            .init(.integer(8...JSONLimits.depths.upperBound), "64", "deepest nesting of a JSON body", status: 400)
        case .importBytesMax:
            .init(.integer(1_024...1_099_511_627_776), "268435456", "longest body of POST /v1/import", unit: .bytes, status: 413)
        case .importLineBytesMax:
            .init(
                .integer(1_024...1_073_741_824), "8388608",
                "longest line of an import; a longer one is refused alone. Whatever can be stored fits the default", unit: .bytes)
        case .importBatchMax:
            .init(.integer(1...10_000), "500", "import records in one transaction")
        case .storageDatabase:
            .init(.path, "dateline.db", "database file; made when it does not exist", short: "database", needsRestart: true)
        case .storageReaders:
            .init(.integer(1...256), "8", "quick reads at a time, a database connection each", needsRestart: true)
        case .storageLongQueries:
            .init(.integer(1...256), "2", "long queries at a time, a thread and a database connection each", needsRestart: true)
        case .storageQueryMs:
            .init(.integer(10...600_000), "2000", "time for one query", unit: .milliseconds, status: 503, needsRestart: true)
        case .storageBusyMs:
            .init(
                .integer(10...600_000), "5000", "time a write waits for another process's lock", unit: .milliseconds, status: 503,
                needsRestart: true)
        case .storageWriteQueueMax:
            .init(.integer(1...1_000_000), "10000", "writes that wait for the writer", status: 503, needsRestart: true)
        case .storageBatchMax:
            .init(.integer(1...100_000), "1000", "writes in one commit", needsRestart: true)
        case .storageKeysMax:
            .init(
                .integer(100...100_000_000), "1000000",
                "idempotency keys whose answers are kept; beyond it the oldest go, but none of the last hour: then there is no room",
                status: 503, needsRestart: true)
        case .storageSynchronous:
            .init(
                .word(["full", "normal"]), "full", "full: an answered write survives a power cut; normal: it survives the program's end",
                needsRestart: true)
        case .backupFolder:
            .init(.path, nil, "folder that POST /v1/admin/backup writes to; without one it is refused")
        case .logLevel:
            .init(.word(Logger.Level.allCases.map(\.rawValue)), "info", "least level that is logged")
        case .logRequests:
            .init(.truth, "true", "whether each request is logged, at level info")
        case .logClients:
            .init(.truth, "true", "whether the line of a request tells its client's address")
        case .logBufferBytesMax:
            .init(
                .integer(4_096...1_073_741_824), "1048576", "log lines that wait for standard error; more are dropped and counted",
                unit: .bytes, needsRestart: true)
        case .feedListenersMax:
            .init(
                .integer(1...1_000_000), "5000", "clients that listen to the change feed, or wait for a page of it, at a time", status: 503,
                needsRestart: true)
        case .feedLagBytesMax:
            .init(
                .integer(65_536...1_073_741_824), "1048576",
                "events that a listener may be behind before it is told to come back; held twice in all, not for each", unit: .bytes,
                needsRestart: true)
        case .accessAnonymous:
            .init(.truth, "true", "whether what is public is shown to clients without a token; else they get 401")
        case .accessFailuresPerMinute:
            .init(.integer(1...1_000_000), "30", "wrong tokens that an address may show in a minute", status: 429)
        case .accessTrustedProxies:
            .init(
                .addresses, nil,
                "addresses of proxies, by comma (10.0.0.0/8, ::1): what they say of where a request comes from is believed "
                    + "(Forwarded, X-Forwarded-For)")
        case .adminToken:
            .init(
                .token, nil,
                "an admin's token beside those that 'dateline token create' makes. Not for the command line of a shared machine")
        case .webhooksAllowedAddresses:
            .init(
                .addresses, nil,
                "addresses that webhooks may lead to though they are not of the whole internet, by comma: 10.1.0.0/16, ::1",
                needsRestart: true)
        case .webhooksConcurrentMax:
            .init(.integer(1...256), "8", "deliveries to webhooks that are on their way at a time; the others wait", needsRestart: true)
        case .webhooksFailingDaysMax:
            .init(.integer(1...365), "5", "days for which nothing may be taken before a webhook is disabled", needsRestart: true)
        }
    }
}
