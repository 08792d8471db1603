internal import ArgumentParser

/// `dateline serve`: the server, until SIGTERM or SIGINT.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Open the database and serve the API until SIGTERM.",
        discussion: """
            SIGTERM and SIGINT drain: /readyz turns 503, no new connections are taken, requests in flight and queued writes finish, the \
            database is closed, and the status is 0. Another signal, a second later or more, ends at once. SIGHUP reads the settings \
            again: all of them that can change do, or none; the log says which, and what needs a restart.
            """)

    @OptionGroup var flags: SettingFlags<EverySetting>

    func run() throws {
        let settings = try flags.settings()
        var serving = try Serving(settings) { () throws(SettingsError) in try flags.settings() }
        try serving.run()
    }
}
