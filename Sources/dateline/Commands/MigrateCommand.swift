internal import ArgumentParser

/// `dateline migrate`: brings the database to this version's tables, and makes it if it does not exist.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Create the database, or bring it to this version; what 'serve' does first anyway.")

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    func run() throws {
        let settings = try flags.settings()
        let store = try OpenedStore(settings)
        waiting { await store.close() }
        try StandardStream.output.line("\(settings.text(.storageDatabase)) is up to date")
    }
}
