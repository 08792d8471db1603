internal import ArgumentParser
internal import Documents
internal import HTTPServer
internal import Newsroom
internal import Storage

/// `dateline export [FILE]`: everything as NDJSON that `dateline import` takes.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Export everything as NDJSON records that an import takes.",
        discussion: "A file appears under its name only when it is whole; a new one may be read by its owner alone.")

    @Argument(help: "The file; standard output without it, or as -.", completion: .file())
    var file: String?

    @Flag(help: "Put the notes on unnamed sources in, which say who they are. Without it they stay behind.")
    var withSourceNotes = false

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    func run() throws {
        let settings = try flags.settings()
        // Our own output under another name is our own output.
        let file = file.flatMap { $0 == "-" || OutputFile.leads($0, to: "/proc/self/fd/1") ? nil : $0 }
        if let file { try Self.refuse(file, theFilesOf: settings.text(.storageDatabase)) }
        let count = try waiting { () async throws(Failure) in
            let store = try OpenedStore(settings, mustExist: true)
            let result: Result<Int, Failure>
            do throws(Failure) {
                result = .success(try await Self.export(store, to: file, withSourceNotes: withSourceNotes))
            } catch {
                result = .failure(error)
            }
            await store.close()
            return try result.get()
        }
        if let file { try StandardStream.output.line("\(file): \(count.counted("record"))") }
    }

    /// An export that took the place of the database would be the last.
    private static func refuse(_ file: String, theFilesOf database: String) throws(Failure) {
        guard ["", "-wal", "-shm", "-journal"].contains(where: { OutputFile.leads(file, to: database + $0) }) else { return }
        throw Failure("\(file) is the database itself, or SQLite's own file beside it; it was left alone", status: .usage)
    }

    private static func export(_ store: OpenedStore, to file: String?, withSourceNotes: Bool) async throws(Failure) -> Int {
        let result: Result<Int, ExportError<SystemError>>
        do throws(StoreError) {
            result = try await store.store.snapshot { snapshot throws(ExportError<SystemError>) in
                let exporter = Exporter(snapshot, withSourceNotes: withSourceNotes)
                guard let file else {
                    return try exporter.run { bytes throws(SystemError) in try StandardStream.output.write(bytes) }
                }
                return try write(exporter, to: file)
            }
        } catch {
            throw Failure(error)
        }
        switch result {
        case .success(let count): return count
        case .failure(.store(let error)): throw Failure(error)
        case .failure(.sink(let error)):
            throw Failure("\(file ?? "standard output") cannot be written: \(error)", status: .cannotWrite)
        }
    }

    private static func write(_ exporter: Exporter, to file: String) throws(ExportError<SystemError>) -> Int {
        let output = try sink { () throws(SystemError) in try OutputFile(path: file) }
        let count = try exporter.run { bytes throws(SystemError) in try output.write(bytes) }
        try sink { () throws(SystemError) in try output.finish() }
        return count
    }

    /// What the file system refuses is the sink's error.
    private static func sink<Result>(_ body: () throws(SystemError) -> Result) throws(ExportError<SystemError>) -> Result {
        do throws(SystemError) {
            return try body()
        } catch {
            throw .sink(error)
        }
    }
}
