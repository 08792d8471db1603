internal import ArgumentParser
internal import Documents
internal import HTTPServer
internal import Newsroom
internal import Storage

/// `dateline import FILE`: NDJSON, one resource a line; again and again without harm.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import NDJSON records; those that are there already are updated, or left alone when nothing differs.",
        discussion: "Problems are told on standard error, a line each. The status is 2 when records were refused.")

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file: String

    @Option(help: "At a record that is refused: skip it, or abort and write nothing after it. (skip|abort; default: skip)")
    var onError = ImportSession.OnError.skip

    @OptionGroup var flags: SettingFlags<ImportSettings>

    func run() throws {
        let settings = try flags.settings()
        let (file, onError) = (file, onError)
        let (summary, failure) = try waiting { () async throws(Failure) in
            try await Importing(file: file, onError: onError, settings: settings).run()
        }
        try StandardStream.output.line(
            "\(file == "-" ? "standard input" : file): \(summary.rows.counted("record")): \(summary.created.grouped) created, "
                + "\(summary.updated.grouped) updated, \(summary.unchanged.grouped) unchanged, \(summary.invalid.grouped) refused")
        if let failure { throw failure }
        if summary.isAborted {
            throw Failure("aborted at the first refused record; what was written before is kept, and nothing came after", status: .findings)
        }
        if summary.invalid > 0 {
            let verb = summary.invalid == 1 ? "was" : "were"
            throw Failure("\(summary.invalid.counted("record")) \(verb) refused", status: .findings)
        }
    }
}

extension ImportSession.OnError: ExpressibleByArgument {}

/// One run of the command.
private struct Importing {
    let file: String
    let onError: ImportSession.OnError
    let settings: Settings

    /// How far it came, and what kept it from its end, if something did.
    func run() async throws(Failure) -> (ImportSummary, Failure?) {
        let input = try open()
        let store = try OpenedStore(settings)
        let progress = ProgressBar(totalByteCount: input.byteCount)
        let before = store.store.statistics
        let ending = await feed(input, into: store, progress)
        progress.finish()
        // An index that lay behind before is the next server's work. What was imported is kept, whatever becomes of its index.
        if before.indexedSequence >= before.sequence { try? await store.store.completeSearch() }
        await store.close()
        return ending
    }

    private func open() throws(Failure) -> InputFile {
        do throws(SystemError) {
            return file == "-" ? try InputFile.standardInput() : try InputFile(path: file)
        } catch {
            throw Failure("\(file) cannot be read: \(error)", status: .noInput)
        }
    }

    private func feed(
        _ input: borrowing InputFile, into store: OpenedStore, _ progress: ProgressBar
    ) async -> (ImportSummary, Failure?) {
        var session = ImportSession(
            into: store.store, by: Actor(name: "import"), limits: ImportLimits(settings), onError: onError
        ) { results in
            for result in results where result.outcome == .invalid { progress.print(Self.line(result)) }
            progress.advance(rows: results.count)
        }
        var buffer = [UInt8](repeating: 0, count: 262_144)
        do {
            while !session.isStopped, case let count = try input.read(into: &buffer), count > 0 {
                try await session.feed(count == buffer.count ? buffer : Array(buffer[..<count]))
                progress.advance(bytes: count)
            }
            return (try await session.finish(), nil)
        } catch let error as SystemError {
            return (await session.leave(), Failure("\(file) cannot be read: \(error)", status: .noInput))
        } catch let error as StoreError {
            return (session.summary, Failure(error))
        } catch {
            return (session.summary, Failure("\(error)"))
        }
    }

    /// `line 12: article demo:a1: validation_failed: 1 member fails: /people/0: unknown_reference: …`
    private static func line(_ result: ImportRowResult) -> String {
        var parts = ["line \(result.line)"]
        let name = [result.type?.rawValue, result.externalID ?? result.id].compactMap { $0 }.joined(separator: " ")
        if !name.isEmpty { parts.append(name) }
        if let problem = result.problem {
            let failures = problem.failures.prefix(10).map { "\($0.path) \($0.message)" }.joined(separator: "; ")
            parts.append(problem.code)
            parts.append(failures.isEmpty ? problem.message : failures)
        }
        return parts.joined(separator: ": ").clipped(to: 2_000)
    }
}
