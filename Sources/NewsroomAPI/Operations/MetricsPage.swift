internal import Newsroom

/// All figures as one text for Prometheus. Names have one prefix, base units, and labels that are bounded: a route's pattern, never a path.
struct MetricsPage {
    let metrics: Metrics
    let store: StoreStatistics
    /// Of the newest change, whoever made it.
    let sequence: Int64
    /// Of the change feed.
    let listenerCount: Int
    /// Nil where the store does not say.
    let webhooks: WebhookFigures?
    let program: ProgramState
    let process: ProcessFigures

    func bytes() -> [UInt8] {
        var writer = ExpositionWriter(reserving: 32_768)
        writeRequests(to: &writer)
        writeDurations(to: &writer)
        writeResponseBytes(to: &writer)
        writeServer(to: &writer)
        writeStalls(to: &writer)
        writeStore(to: &writer)
        writeWriting(to: &writer)
        writeWebhooks(to: &writer)
        writeProcess(to: &writer)
        writer.family("dateline_build_info", .gauge, help: "The version that runs; the value is always 1.")
        writer.sample("1", labels: [(name: "version", value: program.version)])
        return writer.bytes
    }

    private func writeRequests(to writer: inout ExpositionWriter) {
        writer.family("dateline_requests_total", .counter, help: "Requests answered.")
        for entry in metrics.entries {
            for (method, status, count) in entry.figures.requestCounts(alwaysShowing: entry.usual) {
                writer.sample(
                    String(count),
                    labels: [
                        (name: "route", value: entry.pattern), (name: "method", value: method), (name: "status", value: status),
                    ])
            }
        }
    }

    private func writeDurations(to writer: inout ExpositionWriter) {
        writer.family(
            "dateline_request_duration_seconds", .histogram,
            help: "From the last byte of a request's head to the last byte of its answer.")
        for entry in metrics.entries {
            let label = (name: "route", value: entry.pattern)
            let (counts, nanoseconds) = entry.figures.durations
            var sum: UInt64 = 0
            for (slot, count) in counts.enumerated() {
                sum += count
                let bounds = RouteFigures.bucketBounds
                let bound = slot < bounds.count ? ExpositionWriter.seconds(nanoseconds: bounds[slot]) : "+Inf"
                writer.sample(String(sum), suffix: "_bucket", labels: [label, (name: "le", value: bound)])
            }
            writer.sample(ExpositionWriter.seconds(nanoseconds: nanoseconds), suffix: "_sum", labels: [label])
            writer.sample(String(sum), suffix: "_count", labels: [label])
        }
    }

    private func writeResponseBytes(to writer: inout ExpositionWriter) {
        writer.family("dateline_response_bytes_total", .counter, help: "Bytes of answers, heads included.")
        for entry in metrics.entries {
            writer.sample(String(entry.figures.responseByteCount), labels: [(name: "route", value: entry.pattern)])
        }
    }

    private func writeServer(to writer: inout ExpositionWriter) {
        guard let server = program.server else { return }
        writer.single("dateline_connections", .gauge, help: "Connections that are open.", server.openConnectionCount)
        writer.single(
            "dateline_connections_accepted_total", .counter, help: "Connections accepted.", server.acceptedConnectionCount)
        writer.single(
            "dateline_connections_refused_total", .counter, help: "Connections turned away.", server.refusedConnectionCount)
        writer.single("dateline_accept_errors_total", .counter, help: "Failures to accept.", server.acceptErrorCount)
        writer.single("dateline_requests_in_flight", .gauge, help: "Requests being answered.", server.inFlightRequestCount)
        writer.family("dateline_loop_connections", .gauge, help: "Connections of each event loop, those that are turned away included.")
        for (number, loop) in server.loops.enumerated() {
            writer.sample(String(loop.openConnectionCount), labels: [(name: "loop", value: String(number))])
        }
    }

    /// Only routes that have stalled a loop: the others are many, and have no news.
    private func writeStalls(to writer: inout ExpositionWriter) {
        let others = UInt64((program.server?.loops ?? []).reduce(0) { $0 + $1.stallCount })
        writer.family(
            "dateline_loop_stalls_total", .counter, help: "Times that a request of the route held up its event loop for more than 10 ms.")
        for (index, entry) in metrics.entries.enumerated() {
            let isLast = index == metrics.entries.count - 1
            let count = entry.figures.stallCount + (isLast ? others : 0)
            if count > 0 || isLast { writer.sample(String(count), labels: [(name: "route", value: entry.pattern)]) }
        }
    }

    private func writeStore(to writer: inout ExpositionWriter) {
        writer.single("dateline_write_queue_depth", .gauge, help: "Writes that wait for the writer.", store.writeQueueDepth)
        writer.single("dateline_database_bytes", .gauge, help: "Size of the database file.", store.databaseByteCount)
        writer.single("dateline_wal_bytes", .gauge, help: "Size of the write-ahead log.", store.walByteCount)
        writer.single(
            "dateline_wal_pages", .gauge, help: "Pages of the write-ahead log that are in use, as of the newest commit.",
            store.writing.walPageCount)
        writer.single(
            "dateline_page_cache_hits_total", .counter,
            help: "Pages that a database connection found in its own cache; the file's memory map is not asked through it.",
            store.pageCache.hitCount)
        writer.single(
            "dateline_page_cache_misses_total", .counter, help: "Pages that a database connection had to read.", store.pageCache.missCount)
        writer.single("dateline_log_sequence", .gauge, help: "Number of the newest change.", sequence)
        writer.single("dateline_change_listeners", .gauge, help: "Clients that listen to the change feed, or wait for it.", listenerCount)
        writer.single(
            "dateline_search_sequence", .gauge, help: "Number of the newest change that the search index holds.", store.indexedSequence)
        writer.single(
            "dateline_accepts_writes", .gauge, help: "1 while writes are taken; 0 after a failed commit, or on a full disk.",
            store.acceptsWrites ? 1 : 0)
    }

    private func writeWriting(to writer: inout ExpositionWriter) {
        let figures = store.writing
        writer.single(
            "dateline_busy_total", .counter, help: "Batches of writes that found the file locked by another process all their time.",
            figures.busyCount)
        writer.histogram("dateline_commit_batch_writes", help: "Writes in one commit.", figures.batchSizes) { String($0) }
        writer.histogram(
            "dateline_commit_duration_seconds", help: "Time of a commit, its sync included.", figures.commits,
            ExpositionWriter.seconds)
        writer.histogram(
            "dateline_checkpoint_duration_seconds", help: "Time of a checkpoint, in which no write is taken up.", figures.checkpoints,
            ExpositionWriter.seconds)
        writer.family(
            "dateline_checkpoints_total", .counter,
            help: "Checkpoints: emptied the write-ahead log, moved all but somebody reads from it, or left something.")
        for result in WritingFigures.CheckpointResult.allCases {
            writer.sample(String(figures.checkpointCounts[result, default: 0]), labels: [(name: "result", value: result.rawValue)])
        }
    }

    private func writeWebhooks(to writer: inout ExpositionWriter) {
        guard let webhooks else { return }
        writer.family("dateline_webhooks", .gauge, help: "Webhooks that are delivered to, that fail at present, and that are disabled.")
        let counts = [("delivering", webhooks.deliveringCount), ("failing", webhooks.failingCount), ("disabled", webhooks.disabledCount)]
        for (state, count) in counts { writer.sample(String(count), labels: [(name: "state", value: state)]) }
        writer.single(
            "dateline_webhook_failing_seconds", .gauge,
            help: "For how long the webhook has failed that fails the longest; 0 where none does.", webhooks.longestFailing / 1_000)
    }

    private func writeProcess(to writer: inout ExpositionWriter) {
        if let nanoseconds = process.cpuNanoseconds {
            writer.family("process_cpu_seconds_total", .counter, help: "CPU time of the process.")
            writer.sample(ExpositionWriter.seconds(nanoseconds: nanoseconds))
        }
        if let byteCount = process.residentByteCount {
            writer.single("process_resident_memory_bytes", .gauge, help: "Memory of the process in RAM.", byteCount)
        }
        if let count = process.openDescriptorCount {
            writer.single("process_open_fds", .gauge, help: "Open descriptors.", count)
        }
        if let count = process.descriptorCountMax {
            writer.single("process_max_fds", .gauge, help: "Descriptors that may be open.", count)
        }
        writer.family("process_start_time_seconds", .gauge, help: "When the process started, since 1970.")
        writer.sample(String(Double(program.startedAt.milliseconds) / 1_000))
    }
}
