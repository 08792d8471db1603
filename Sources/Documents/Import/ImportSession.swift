import JSON
package import Newsroom

/// How much an import may hold at a time.
package struct ImportLimits: Sendable, Equatable {
    /// Longer lines are invalid rows. Default 8 MiB, so that whatever can be stored can be imported from its export: a body of 1,048,576
    /// characters is up to 4 MiB long, and all else that an article may have is shorter than that.
    package var lineByteCountMax = 8_388_608
    /// How deeply a record may be nested.
    package var depthMax = 64
    /// Rows in one transaction.
    package var batchRowCountMax = 500
    /// Bytes of input in one transaction.
    package var batchByteCountMax = 4_194_304
    /// Rows that wait for what they refer to; what does not fit is invalid at once.
    package var waitingRowCountMax = 20_000
    package var waitingByteCountMax = 33_554_432

    package init() {}
}

/// An import under way: bytes of NDJSON in, rows written in batches, a result for each row out.
///
/// A row that fails only because something it refers to is not there yet waits until the rest is in, and is tried again, in the order of
/// the input, as long as that gets on; so do later rows of the same resource, or the older text would win. One batch is written while the
/// next is read; more is never held.
package struct ImportSession: ~Copyable {
    /// What a bad row means for the rest.
    package enum OnError: String, Sendable, CaseIterable {
        case skip
        /// The import ends at the first bad row: what stands before it stays, and nothing behind it is written. A row that only lacks what
        /// it refers to is no bad one before the end.
        case abort
    }

    private let store: any NewsroomStore
    private let actor: Actor
    private let limits: ImportLimits
    private let onError: OnError
    private let report: @Sendable ([ImportRowResult]) async -> Void

    package private(set) var summary = ImportSummary()
    private var lines: LineSplitter
    private var batch = ImportBatch()
    private var inFlight: (batch: ImportBatch, task: Task<Result<[ImportOutcome], StoreError>, Never>)?
    private var waiting = WaitingRoom()
    /// Whether rows may still wait for others.
    private var mayWait = true
    private var isOver = false

    /// - Parameter report: gets the results of each batch, in the order of the input but for rows that had to wait.
    package init(
        into store: any NewsroomStore, by actor: Actor, limits: ImportLimits = ImportLimits(), onError: OnError = .skip,
        report: @escaping @Sendable ([ImportRowResult]) async -> Void
    ) {
        self.store = store
        self.actor = actor
        self.limits = limits
        self.onError = onError
        self.report = report
        lines = LineSplitter(lineByteCountMax: limits.lineByteCountMax)
    }

    /// Whether it has ended before the input did; what is fed after that is not looked at.
    package var isStopped: Bool { summary.isAborted }

    /// Takes the next bytes, cut anywhere.
    ///
    /// - Throws: what kept the store from writing a whole batch; the batches before it stay, and the session is over.
    package mutating func feed(_ bytes: [UInt8]) async throws(StoreError) {
        guard !isOver else { return }
        isOver = true
        var position = 0
        while !isStopped, let line = lines.next(in: bytes, from: &position) {
            try await take(line)
        }
        isOver = false
    }

    /// Ends the input: writes what is left, and what waited. Nothing is fed after it.
    ///
    /// - Throws: as `feed`.
    package mutating func finish() async throws(StoreError) -> ImportSummary {
        guard !isOver else { return summary }
        isOver = true
        if !isStopped, let line = lines.last() { try await take(line) }
        try await send()
        try await settleInFlight()
        try await retry()
        return summary
    }

    /// Ends it where it is, because nobody feeds it any more: waits for the batch that is being written, and forgets the rest.
    package mutating func leave() async -> ImportSummary {
        isOver = true
        try? await settleInFlight()
        return summary
    }

    private mutating func take(_ line: LineSplitter.Line) async throws(StoreError) {
        guard let row = PendingRow(line, limits: limits) else { return }
        batch.append(row)
        let isBad = row.problem != nil && onError == .abort
        if isBad || isFull(batch) {
            try await send()
            if isBad { try await settleInFlight() }
        }
    }

    private func isFull(_ batch: ImportBatch) -> Bool {
        batch.rows.count >= limits.batchRowCountMax || batch.byteCount >= limits.batchByteCountMax
    }

    /// Waits for the batch that is being written, and has the next one written.
    private mutating func send() async throws(StoreError) {
        try await settleInFlight()
        guard !isStopped, !batch.rows.isEmpty else { return }
        let sent = batch
        batch = ImportBatch()
        inFlight = (
            sent, Task { [store, actor, rules] in await ImportSession.write(sent, to: store, by: actor, rules) }
        )
    }

    private var rules: ImportRules {
        ImportRules(stopsAtRefusal: onError == .abort, waiting: mayWait ? waiting.names : nil)
    }

    private mutating func settleInFlight() async throws(StoreError) {
        guard let (batch, task) = inFlight else { return }
        inFlight = nil
        await settle(batch, try await task.value.get())
    }

    /// The outcomes of a batch's rows; where the import ends in it, those up to the bad row.
    private static func write(
        _ batch: ImportBatch, to store: any NewsroomStore, by actor: Actor, _ rules: ImportRules
    ) async -> Result<[ImportOutcome], StoreError> {
        let rows = batch.rows.compactMap(\.row)
        guard !rows.isEmpty else { return .success([]) }
        do throws(StoreError) {
            let outcomes = try await store.importRows(rows, by: actor, rules)
            let isWhole = outcomes.count == rows.count || rules.stopsAtRefusal && outcomes.last?.endsImport == true
            guard isWhole else { return .failure(.unavailable("an import's rows and outcomes do not pair")) }
            return .success(outcomes)
        } catch {
            return .failure(error)
        }
    }

    /// Counts and reports what became of a batch. Behind the row that ends the import there are no outcomes, and what has not waited
    /// before is as if it had not been read.
    private mutating func settle(_ batch: ImportBatch, _ outcomes: [ImportOutcome]) async {
        var results: [ImportRowResult] = []
        results.reserveCapacity(batch.rows.count)
        var next = 0
        for row in batch.rows {
            if row.row == nil {
                if next < outcomes.count || !endsAtLast(outcomes) { results.append(row.result()) }
            } else if next == outcomes.count {
                if row.problem != nil { waiting.append(row) }
            } else {
                if case .waits(let failure, let names) = outcomes[next], hasRoom(for: row) {
                    waiting.append(row.waiting(failure, names))
                } else {
                    results.append(row.result(outcomes[next]))
                }
                next += 1
            }
        }
        await finish(results)
    }

    private func endsAtLast(_ outcomes: [ImportOutcome]) -> Bool {
        onError == .abort && outcomes.last?.endsImport == true
    }

    private mutating func finish(_ results: [ImportRowResult]) async {
        guard !results.isEmpty else { return }
        for result in results { summary.count(result.outcome) }
        if onError == .abort && results.contains(where: { $0.outcome == .invalid }) { summary.isAborted = true }
        await report(results)
    }

    private func hasRoom(for row: PendingRow) -> Bool {
        waiting.rows.count < limits.waitingRowCountMax && waiting.byteCount + row.byteCount <= limits.waitingByteCountMax
    }

    /// Tries the rows that wait, again and again, until none waits. When none of them gets on, what lacks something lacks it for good.
    private mutating func retry() async throws(StoreError) {
        var roundCount = 0
        while !waiting.rows.isEmpty, !isStopped, roundCount < Self.roundCountMax {
            let count = waiting.rows.count
            try await tryAgain()
            roundCount += 1
            guard waiting.rows.count == count else { continue }
            // What lacks something for good is where an import ends that ends at a bad row: nothing is written after it.
            guard onError == .skip else { return await finish(waiting.takeAll().filter { $0.problem != nil }.map { $0.result() }) }
            await finish(waiting.takeHopeless().map { $0.result() })
        }
        guard !isStopped else { return await finish(waiting.takeAll().filter { $0.problem != nil }.map { $0.result() }) }
        mayWait = false
        try await tryAgain()
    }

    /// References reach over a few hundred links at the most; only rows of one resource, each of which lacks something else, ask for more.
    private static let roundCountMax = 400

    /// Writes the rows that wait, in the order of the input; those that lack something still wait again, if they may.
    private mutating func tryAgain() async throws(StoreError) {
        var part = ImportBatch()
        for row in waiting.takeAll() {
            part.append(row)
            guard isFull(part) else { continue }
            try await write(part)
            part = ImportBatch()
        }
        try await write(part)
    }

    private mutating func write(_ part: ImportBatch) async throws(StoreError) {
        guard !isStopped else {
            for row in part.rows { waiting.append(row) }
            return
        }
        await settle(part, try await ImportSession.write(part, to: store, by: actor, rules).get())
    }
}
