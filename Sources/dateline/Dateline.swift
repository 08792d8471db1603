internal import ArgumentParser
internal import Glibc

/// The program.
@main
struct Dateline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dateline",
        abstract: "A newsroom data server: articles, people, organizations and events as JSON over HTTP, kept in SQLite.",
        discussion: """
            Settings are flags, environment variables (DATELINE_…) or members of a settings file, in this order of strength; 'dateline \
            config' shows each with its source.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, ImportCommand.self, ExportCommand.self, CheckCommand.self, HealthcheckCommand.self,
            RoutesCommand.self, ConfigCommand.self, VersionCommand.self,
        ])

    /// Every command ends here: with status 0 only when it did all of its work.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as Failure {
            for line in failure.lines { StandardStream.error.line("dateline: \(line)") }
            Glibc.exit(failure.status.rawValue)
        } catch let error as SettingsError {
            for line in error.lines { StandardStream.error.line("dateline: \(line)") }
            Glibc.exit(Failure.Status.settings.rawValue)
        } catch {
            let status = exitCode(for: error)
            guard status == .validationFailure else { exit(withError: error) }
            StandardStream.error.line("dateline: \(message(for: error)) ('dateline --help' lists what there is)")
            Glibc.exit(status.rawValue)
        }
    }
}
