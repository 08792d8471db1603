internal import ArgumentParser
internal import CLinux
internal import Newsroom
internal import Storage

/// `dateline restore --from FILE`: a backup in the place of the database.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Check a backup, and put it in the place of the database.",
        discussion: """
            A backup with findings is not restored; they are told on standard output, and the status is 2. A database that a server has \
            open is left alone, as is any other unless --force is given; it stays as it was until the backup is in its place.
            """)

    @Option(help: "The backup.", completion: .file())
    var from: String

    @Flag(help: "Replace a database that is there.")
    var force = false

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    func run() throws {
        let database = try flags.settings().text(.storageDatabase)
        try OpenedStore.requireFile(from)
        let restore = StoreRestore(from: from, to: database, isForced: force)
        let partial = StoreBackup.partialPath(for: database)
        clinux_unlink_at_signal(partial)
        defer { clinux_unlink_at_signal(nil) }
        let summary: BackupSummary
        do throws(StoreOpeningError) {
            try restore.look()
            let findings = try restore.findings()
            for finding in findings { try? StandardStream.output.line(finding) }
            guard findings.isEmpty else { throw StoreOpeningError("") }
            summary = try restore.run(partial: partial)
        } catch {
            guard !error.message.isEmpty else { throw Failure("\(from) is damaged; \(database) was left alone", status: .findings) }
            throw Failure(error.message, status: .noInput)
        }
        try StandardStream.output.line("\(database): \(summary.byteCount.counted("byte")), up to change \(summary.sequence)")
    }
}
