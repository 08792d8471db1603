internal import ArgumentParser
internal import CLinux
internal import Newsroom
internal import Storage

/// `dateline backup --to FILE`: a copy of the database, while a server goes on with it.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database into a new file, also while a server writes to it.",
        discussion: """
            The file holds every write that was answered before, needs no other file, and may be read by its owner alone. It appears under \
            its name only when it is whole and on disk; a file of that name is left alone.
            """)

    @Option(help: "The new file.", completion: .file())
    var to: String

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    func run() throws {
        let settings = try flags.settings()
        let database = settings.text(.storageDatabase)
        try OpenedStore.requireFile(database)
        guard !to.isEmpty else { throw Failure("--to names no file", status: .usage) }
        let partial = StoreBackup.partialPath(for: to)
        clinux_unlink_at_signal(partial)
        defer { clinux_unlink_at_signal(nil) }
        let summary: BackupSummary
        do throws(BackupError) {
            summary = try StoreBackup(source: database, busyWithin: settings.duration(.storageBusyMs)).run(to: to, partial: partial)
        } catch {
            let status: Failure.Status = if case .unreadable = error { .noInput } else { .cannotWrite }
            throw Failure("\(to): \(error.words)", status: status)
        }
        try StandardStream.output.line("\(to): \(summary.byteCount.counted("byte")), up to change \(summary.sequence)")
    }
}
